package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.List;

/**
 * What the manifest of a linking model says.
 *
 * @param features names of the features of a pair, in order
 * @param tokens of a context or a description
 * @param vector dimensions of the vector of a description
 * @param thresholds from which on a link is believed
 * @param scorer file of the graph that scores pairs
 * @param describer file of the graph that reads descriptions
 * @param statistics what was learned of names
 */
record LinkerManifest(
    List<String> features,
    int tokens,
    int vector,
    LinkThresholds thresholds,
    String scorer,
    String describer,
    LinkStatistics statistics) {

  /** Numbers that are added up at once. */
  private static final int REGISTER = 8;

  private static final String FEATURES = "features";
  private static final String VOCABULARY = "vocabulary";
  private static final String THRESHOLDS = "thresholds";
  private static final String STATISTICS = "statistics";

  /**
   * Reads the section of a package.
   *
   * @param expected names of the features that the caller makes, in order
   */
  static LinkerManifest read(ModelPackage from, List<String> expected) {
    var fields = section(from);
    requireFeatures(fields, expected);
    if (fields.has(VOCABULARY) && fields.positive(VOCABULARY) != LinkTokens.VOCABULARY) {
      throw from.wrong(fields.at(VOCABULARY), LinkTokens.VOCABULARY, fields.positive(VOCABULARY));
    }
    return new LinkerManifest(
        List.copyOf(expected),
        fields.positive("tokens"),
        vector(fields),
        thresholds(fields),
        fields.text("scorer"),
        fields.text("describer"),
        statistics(fields));
  }

  /** The names of the features that a package says it needs. */
  static List<String> features(ModelPackage from) {
    return section(from).texts(FEATURES);
  }

  private static ManifestFields section(ModelPackage from) {
    if (!from.kind().equals(ModelPackage.LINKER)) {
      throw from.wrong("kind", ModelPackage.LINKER, from.kind());
    }
    return ManifestFields.of(from).object(ModelPackage.LINKER);
  }

  private static void requireFeatures(ManifestFields fields, List<String> expected) {
    var found = fields.texts(FEATURES);
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      var wanted = i < expected.size() ? expected.get(i) : "no more";
      var there = i < found.size() ? found.get(i) : "no more";
      if (!wanted.equals(there)) {
        throw fields.from().wrong("%s[%d]".formatted(fields.at(FEATURES), i), wanted, there);
      }
    }
  }

  /**
   * Runtimes add up whole registers, and what is left over otherwise: with other sizes a sum over a
   * vector would depend on where the vector stands among others, and so would a pair's answer.
   */
  private static int vector(ManifestFields fields) {
    int vector = fields.positive("vector");
    if (vector % REGISTER != 0) {
      throw fields.from().wrong(fields.at("vector"), "a multiple of " + REGISTER, vector);
    }
    return vector;
  }

  private static LinkThresholds thresholds(ManifestFields fields) {
    var thresholds = fields.object(THRESHOLDS);
    double found = thresholds.number("found");
    double given = thresholds.number("given");
    double extracted = thresholds.number("extracted");
    try {
      return new LinkThresholds(found, given, extracted);
    } catch (IllegalArgumentException e) {
      throw fields
          .from()
          .wrong(fields.at(THRESHOLDS), "probabilities", found + ", " + given + ", " + extracted);
    }
  }

  private static LinkStatistics statistics(ManifestFields fields) {
    byte[] file = fields.bytes(STATISTICS);
    try {
      return LinkStatistics.read(file);
    } catch (RuntimeException e) {
      throw fields
          .from()
          .wrong(
              fields.text(STATISTICS),
              "lines of kind, key, seen and linked",
              "others: " + e.getMessage());
    }
  }
}
