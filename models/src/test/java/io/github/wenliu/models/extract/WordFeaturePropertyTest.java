package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.wenliu.models.inference.ModelException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class WordFeaturePropertyTest {
  private static final int DIMENSIONS = 3;
  private static final int WIDTH = 4 * DIMENSIONS;

  @Provide
  Arbitrary<String> texts() {
    return Fixtures.crowdedTexts();
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Fixtures.crowdedWords();
  }

  @Property
  void isTheWeightedMeanOfTheWordsOfEachSet(
      @ForAll("texts") String text, @ForAll("words") List<String> words) {
    var table = Fixtures.table(words.size() + 1, DIMENSIONS, words.size());
    var lines = new ArrayList<>(List.of("<unk>\t0"));
    words.forEach(word -> lines.add(word + "\t" + weight(lines.size())));
    var feature = new WordFeature("words.txt", lines, table);
    var window = Fixtures.whole(text);

    var out = Fixtures.written(feature, window, List.of());

    for (int i = 0; i < window.length(); i++) {
      for (int set = 0; set < 4; set++) {
        var expected = mean(window, i, set, words, table);
        for (int k = 0; k < DIMENSIONS; k++) {
          assertThat((double) out[i * WIDTH + set * DIMENSIONS + k])
              .as("position %d set %d", i, set)
              .isCloseTo(expected[k], offset(1e-4));
        }
      }
    }
  }

  private static int weight(int row) {
    return row * row;
  }

  /** By the definition: every span of positions is compared with every word. */
  private static double[] mean(
      KeyWindow window, int at, int set, List<String> words, QuantizedTable table) {
    var mean = new double[DIMENSIONS];
    double total = 0;
    for (int first = 0; first <= at; first++) {
      for (int last = at; last < window.length(); last++) {
        int inSet = first == last ? 3 : at == first ? 0 : at == last ? 2 : 1;
        int word = words.indexOf(Fixtures.keys(window, first, last));
        if (inSet == set && word >= 0) {
          var row = Fixtures.row(table, word + 1);
          total += weight(word + 1);
          for (int k = 0; k < DIMENSIONS; k++) {
            mean[k] += (double) weight(word + 1) * row[k];
          }
        }
      }
    }
    for (int k = 0; k < DIMENSIONS && total > 0; k++) {
      mean[k] /= total;
    }
    return mean;
  }

  @Example
  void refusesAVocabularyThatDoesNotFit() {
    var table = Fixtures.table(2, DIMENSIONS, 1);
    assertThatThrownBy(() -> new WordFeature("words.txt", List.of("<unk>\t0"), table))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("words.txt has 1 lines");
    assertThatThrownBy(() -> new WordFeature("words.txt", List.of("<unk>\t0", "甲\tx"), table))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("words.txt line 2");
  }
}
