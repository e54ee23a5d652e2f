package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that a model is told about a text: blocks of floats side by side at each position, and for a
 * model that keeps vectors itself the rows to look up there. Read once for each package; safe for
 * many threads.
 */
final class FeatureSet {
  private static final String CHARACTERS = "characters";
  private static final String BIGRAMS = "bigrams";

  /**
   * Rows that the model itself looks up.
   *
   * @param name of the model's input
   * @param vocabulary the rows
   */
  record Ids(String name, RowVocabulary vocabulary) {}

  private final List<Feature> features;
  private final List<Ids> ids;
  private final int width;

  FeatureSet(List<Feature> features, List<Ids> ids) {
    this.features = List.copyOf(features);
    this.ids = List.copyOf(ids);
    this.width = features.stream().mapToInt(Feature::width).sum();
  }

  /** Reads the features of a package with their tables. */
  static FeatureSet read(ModelPackage from) {
    var features = new ArrayList<Feature>();
    var ids = new ArrayList<Ids>();
    for (var fields : ManifestFields.of(from).objects("features")) {
      if (fields.has("as")) {
        ids.add(readIds(fields));
      } else {
        features.add(read(fields));
      }
    }
    return new FeatureSet(features, ids);
  }

  private static Ids readIds(ManifestFields fields) {
    if (!fields.text("as").equals("ids")) {
      throw fields.from().wrong(fields.at("as"), "ids", fields.text("as"));
    }
    return new Ids(fields.text("kind"), vocabulary(fields));
  }

  private static Feature read(ManifestFields fields) {
    return switch (fields.text("kind")) {
      case CHARACTERS, BIGRAMS ->
          new RowFeature(fields.text("vocabulary"), vocabulary(fields), table(fields));
      case "words" ->
          new WordFeature(fields.text("vocabulary"), fields.lines("vocabulary"), table(fields));
      case "lexicon" ->
          new LexiconFeature(fields.text("file"), fields.lines("file"), fields.texts("categories"));
      default ->
          throw fields
              .from()
              .wrong(
                  fields.at("kind"), "characters, bigrams, words or lexicon", fields.text("kind"));
    };
  }

  private static RowVocabulary vocabulary(ManifestFields fields) {
    var lines = fields.lines("vocabulary");
    return switch (fields.text("kind")) {
      case CHARACTERS -> RowVocabulary.ofCharacters(fields.text("vocabulary"), lines);
      case BIGRAMS -> RowVocabulary.ofBigrams(fields.text("vocabulary"), lines);
      default ->
          throw fields
              .from()
              .wrong(fields.at("kind"), "characters or bigrams", fields.text("kind"));
    };
  }

  private static QuantizedTable table(ManifestFields fields) {
    var table = QuantizedTable.read(fields.text("table"), fields.bytes("table"));
    if (table.dimensions() != fields.positive("dimensions")) {
      throw fields
          .from()
          .wrong(
              fields.at("dimensions"),
              table.dimensions() + " as in " + fields.text("table"),
              fields.positive("dimensions"));
    }
    return table;
  }

  /** Floats of a position. */
  int width() {
    return width;
  }

  /** Names of the inputs that are rows to look up. */
  List<String> idNames() {
    return ids.stream().map(Ids::name).toList();
  }

  /** Looks up all there is to know about a window. */
  EncodedWindow encode(KeyWindow window, List<WindowHint> hints) {
    var found = new int[features.size() + ids.size()][];
    for (int i = 0; i < features.size(); i++) {
      found[i] = features.get(i).find(window, hints);
    }
    for (int i = 0; i < ids.size(); i++) {
      found[features.size() + i] = ids.get(i).vocabulary().rows(window);
    }
    return new EncodedWindow(window.length(), found);
  }

  /** Writes the {@code width} floats of a position from {@code out[0]} on. */
  void write(EncodedWindow window, int position, float[] out) {
    Arrays.fill(out, 0, width, 0f);
    int at = 0;
    for (int i = 0; i < features.size(); i++) {
      var feature = features.get(i);
      feature.write(window.found()[i], position, out, at);
      at += feature.width();
    }
  }

  /** The rows of an encoded window for one of {@link #idNames()}. */
  int[] rows(EncodedWindow window, int name) {
    return window.found()[features.size() + name];
  }
}
