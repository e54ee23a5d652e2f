package io.github.wenliu.models.extract;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Small things that several tests build from. */
final class Fixtures {

  private Fixtures() {}

  /** Texts of few characters, so that words recur and overlap; some without a key of one. */
  static Arbitrary<String> crowdedTexts() {
    return Arbitraries.of(
            "甲", "乙", "丙", "𠮷", "℃", "Ａ", "a", "👍🏽", "é", "e\u0301", "甲\u200B", " ")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  /** Words over the characters of {@link #crowdedTexts()}. */
  static Arbitrary<List<String>> crowdedWords() {
    return Arbitraries.of("甲", "乙", "丙", "𠮷", "a")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .list()
        .uniqueElements()
        .ofMaxSize(12);
  }

  static KeyWindow whole(String text) {
    var positions = KeySequence.of(text);
    return new KeyWindow(positions, 0, positions.length());
  }

  /** Keys of the positions from one to another, itself included, written out. */
  static String keys(KeyWindow window, int first, int last) {
    var keys = new StringBuilder();
    for (int i = first; i <= last; i++) {
      keys.append(Keys.text(window.key(i)));
    }
    return keys.toString();
  }

  /** What a feature writes for the positions of a window, one after the other. */
  static float[] written(Feature feature, KeyWindow window, List<WindowHint> hints) {
    int[] found = feature.find(window, hints);
    var out = new float[window.length() * feature.width()];
    for (int i = 0; i < window.length(); i++) {
      feature.write(found, i, out, i * feature.width());
    }
    return out;
  }

  static QuantizedTable table(int rows, int dimensions, long seed) {
    var random = new Random(seed);
    var scales = new float[rows];
    for (int i = 0; i < rows; i++) {
      scales[i] = random.nextFloat();
    }
    var numbers = new byte[rows * dimensions];
    random.nextBytes(numbers);
    return new QuantizedTable(dimensions, scales, numbers);
  }

  static float[] row(QuantizedTable table, int row) {
    var out = new float[table.dimensions()];
    table.write(row, out, 0);
    return out;
  }

  /** Logits of which many lie near a threshold of one half. */
  static float[] logits(int length, long seed) {
    var random = new Random(seed);
    var logits = new float[length];
    for (int i = 0; i < length; i++) {
      logits[i] = (float) (random.nextGaussian() * 2 - 1);
    }
    return logits;
  }
}
