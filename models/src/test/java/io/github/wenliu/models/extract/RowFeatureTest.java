package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowFeatureTest {

  @Test
  void findsCharactersByTheirKeys() {
    var vocabulary = RowVocabulary.ofCharacters("chars.txt", List.of("<unk>", "中", "a", " ", "km"));
    assertThat(vocabulary.rows(Fixtures.whole("中Ａ\n国㎞\u200B"))).containsExactly(1, 2, 3, 0, 4);
  }

  @Test
  void findsPairsByWhatTheyAreTogether() {
    var vocabulary =
        RowVocabulary.ofBigrams("bigrams.txt", List.of("<unk>", "中国", "国𠮷", "5km", "𠮷5"));
    assertThat(vocabulary.rows(Fixtures.whole("中国𠮷５㎞"))).containsExactly(1, 2, 4, 3, 0);
  }

  @Test
  void aPairOfTwoKeysIsNotThatOfThreeCodePoints() {
    // k and m are two characters, ㎞ is one: "5k" + "m" has no row, "5" + "km" has
    var vocabulary = RowVocabulary.ofBigrams("bigrams.txt", List.of("<unk>", "5km"));
    assertThat(vocabulary.rows(Fixtures.whole("5km"))).containsExactly(0, 0, 0);
    assertThat(vocabulary.rows(Fixtures.whole("5㎞"))).containsExactly(1, 0);
  }

  @Test
  void seesNoFurtherThanItsWindow() {
    var vocabulary = RowVocabulary.ofBigrams("bigrams.txt", List.of("<unk>", "甲乙", "乙丙"));
    var positions = KeySequence.of("甲乙丙");
    assertThat(vocabulary.rows(new KeyWindow(positions, 1, 3))).containsExactly(2, 0);
    assertThat(vocabulary.rows(new KeyWindow(positions, 0, 2))).containsExactly(1, 0);
  }

  @Test
  void writesRowsSideBySide() {
    var table = Fixtures.table(3, 4, 1);
    var vocabulary = RowVocabulary.ofCharacters("chars.txt", List.of("<unk>", "甲", "乙"));
    var feature = new RowFeature("chars.txt", vocabulary, table);
    var window = Fixtures.whole("乙丙甲");
    var out = Fixtures.written(feature, window, List.of());
    for (int i = 0; i < 3; i++) {
      var written = Arrays.copyOfRange(out, 4 * i, 4 * i + 4);
      assertThat(written).containsExactly(Fixtures.row(table, new int[] {2, 0, 1}[i]));
    }
  }

  @Test
  void refusesAVocabularyThatDoesNotFit() {
    var vocabulary = RowVocabulary.ofCharacters("chars.txt", List.of("<unk>", "甲"));
    assertThatThrownBy(() -> new RowFeature("chars.txt", vocabulary, Fixtures.table(3, 4, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessage("chars.txt has 2 lines, expected one for each of the 3 rows of its table");
    assertThatThrownBy(() -> RowVocabulary.ofCharacters("chars.txt", List.of("甲")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("<unk>");
  }
}
