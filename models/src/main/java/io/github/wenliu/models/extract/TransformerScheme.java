package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.List;

/**
 * A label set of a transformer that somebody else trained. Its tags are {@code O} and, for each
 * label X, {@code B-X} and {@code I-X}, or with {@code E-X} and {@code S-X} for the end of a span
 * and for one of a single word; {@code M}, {@code L} and {@code U} are other names of I, E and S.
 * Only sequences that such tags can form are considered.
 *
 * @param model file of the graph
 * @param tokenizer file of the tokenizer
 * @param output name of the graph's output
 * @param tags how many there are
 * @param labels types of entities, in the order in which the tags name them
 * @param firstOfWord whether the first token speaks for its whole word, as in most training; else
 *     each speaks for itself
 * @param decoder how spans are read from the output
 */
record TransformerScheme(
    String model,
    String tokenizer,
    String output,
    int tags,
    List<String> labels,
    boolean firstOfWord,
    TagDecoder decoder) {

  /** A tag taken apart: what it says of the span, O, B, I, E or S, and the label. */
  private record Tag(char place, String label) {

    static Tag of(String name) {
      if (name.equals("O")) {
        return new Tag('O', "");
      }
      if (name.length() < 3 || name.charAt(1) != '-') {
        return null;
      }
      String label = name.substring(2);
      return switch (name.charAt(0)) {
        case 'B' -> new Tag('B', label);
        case 'I', 'M' -> new Tag('I', label);
        case 'E', 'L' -> new Tag('E', label);
        case 'S', 'U' -> new Tag('S', label);
        default -> null;
      };
    }

    boolean begins() {
      return place != 'I' && place != 'E';
    }

    /** Whether a span may be over behind this tag, where the tags mark ends. */
    boolean ends() {
      return place != 'B' && place != 'I';
    }

    boolean mayFollow(Tag before, boolean marksEnds) {
      boolean goesOn =
          (before.place == 'B' || before.place == 'I') && before.label.equals(label) && !begins();
      return goesOn || begins() && (before.ends() || !marksEnds);
    }
  }

  static TransformerScheme read(ModelPackage from, String name) {
    var schemes = ManifestFields.of(from).object("schemes");
    if (!schemes.has(name)) {
      throw from.wrong("schemes", name, new SchemeReader(from).names());
    }
    var fields = schemes.object(name);
    var task = fields.text("task");
    if (!task.equals("entities")) {
      throw from.wrong(fields.at("task"), "entities", task);
    }
    var words = fields.text("words");
    if (!words.equals("first") && !words.equals("each")) {
      throw from.wrong(fields.at("words"), "first or each", words);
    }
    var tags = new ArrayList<Tag>();
    for (String tag : fields.texts("tags")) {
      var read = Tag.of(tag);
      if (read == null) {
        throw from.wrong(fields.at("tags"), "O and B-, I-, E-, S- with a label", tag);
      }
      tags.add(read);
    }
    var labels = tags.stream().filter(tag -> tag.place != 'O').map(Tag::label).distinct().toList();
    if (labels.isEmpty()) {
      throw from.wrong(fields.at("tags"), "at least one label", fields.texts("tags"));
    }
    return new TransformerScheme(
        fields.text("model"),
        fields.text("tokenizer"),
        fields.text("output"),
        tags.size(),
        labels,
        words.equals("first"),
        decoder(tags, labels));
  }

  private static TagDecoder decoder(List<Tag> tags, List<String> labels) {
    boolean marksEnds = tags.stream().anyMatch(tag -> tag.place == 'E');
    int n = tags.size();
    double[][] transitions = new double[n][n];
    double[] starts = new double[n];
    double[] ends = new double[n];
    for (int b = 0; b < n; b++) {
      for (int a = 0; a < n; a++) {
        transitions[a][b] = worth(tags.get(b).mayFollow(tags.get(a), marksEnds));
      }
      starts[b] = worth(tags.get(b).begins());
      ends[b] = worth(tags.get(b).ends() || !marksEnds);
    }
    var plain =
        tags.stream()
            .map(tag -> tag.place == 'O' ? "O" : (tag.begins() ? "B-" : "I-") + tag.label)
            .toList();
    return new TagDecoder(labels, plain, transitions, starts, ends);
  }

  private static double worth(boolean allowed) {
    return allowed ? 0 : Double.NEGATIVE_INFINITY;
  }
}
