package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class LexiconFeaturePropertyTest {

  /** More than eight, so that a position needs two integers. */
  private static final List<String> CATEGORIES =
      List.of("word", "A", "B", "C", "D", "E", "F", "G", "H", "I");

  private static final int WIDTH = 4 * CATEGORIES.size();

  @Provide
  Arbitrary<String> texts() {
    return Fixtures.crowdedTexts();
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Fixtures.crowdedWords();
  }

  @Property
  void flagsTheLeftmostLongestEntriesOfEachCategory(
      @ForAll("texts") String text,
      @ForAll("words") List<String> first,
      @ForAll("words") List<String> last) {
    var lines = new ArrayList<String>();
    first.forEach(word -> lines.add(word + "\tword"));
    last.forEach(word -> lines.add(word + "\tI"));
    var feature = new LexiconFeature("lexicon.tsv", lines, CATEGORIES);
    var window = Fixtures.whole(text);

    var expected = new float[window.length() * WIDTH];
    flag(expected, window, 0, Set.copyOf(first));
    flag(expected, window, 9, Set.copyOf(last));
    assertThat(Fixtures.written(feature, window, List.of())).containsExactly(expected);
  }

  /** By the definition: at each free place the longest entry that starts there. */
  private static void flag(float[] out, KeyWindow window, int category, Set<String> entries) {
    int i = 0;
    while (i < window.length()) {
      int last = window.length() - 1;
      while (last >= i && !entries.contains(Fixtures.keys(window, i, last))) {
        last--;
      }
      mark(out, category, i, last);
      i = Math.max(i, last) + 1;
    }
  }

  private static void mark(float[] out, int category, int first, int last) {
    for (int i = first; i <= last; i++) {
      int flag = first == last ? 3 : i == first ? 0 : i == last ? 2 : 1;
      out[i * WIDTH + 4 * category + flag] = 1;
    }
  }

  @Example
  void hintsSetTheFlagsOfTheirCategory() {
    var feature = new LexiconFeature("lexicon.tsv", List.of("甲乙\tA"), CATEGORIES);
    var window = Fixtures.whole("甲乙丙丁");
    var expected = new float[window.length() * WIDTH];
    mark(expected, 1, 0, 1);
    mark(expected, 1, 1, 3);
    mark(expected, 8, 2, 2);
    var hints =
        List.of(new WindowHint(1, 3, "A"), new WindowHint(2, 2, "H"), new WindowHint(0, 1, "new"));
    assertThat(Fixtures.written(feature, window, hints)).containsExactly(expected);
  }

  @Example
  void entriesAreFoundHoweverTheyAreWritten() {
    var feature = new LexiconFeature("lexicon.tsv", List.of("Ｋ歌\tA", "5℃\tB"), CATEGORIES);
    var window = Fixtures.whole("k歌５℃");
    var expected = new float[window.length() * WIDTH];
    mark(expected, 1, 0, 1);
    mark(expected, 2, 2, 3);
    assertThat(Fixtures.written(feature, window, List.of())).containsExactly(expected);
  }

  @Example
  void refusesAnUnknownCategory() {
    assertThatThrownBy(() -> new LexiconFeature("lexicon.tsv", List.of("甲\tX"), List.of("A")))
        .isInstanceOf(ModelException.class)
        .hasMessage("lexicon.tsv line 1: expected word TAB one of [A]");
  }
}
