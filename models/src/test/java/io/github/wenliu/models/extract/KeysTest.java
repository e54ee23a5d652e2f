package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeysTest {

  @ParameterizedTest
  @CsvSource({
    "中, 中",
    "Ａ, a",
    "Ｂ, b",
    "７, 7",
    "㎞, km",
    "℃, °c",
    "①, 1",
    "ﬁ, fi",
    "İ, i\u0307",
    "Σ, σ",
    "㍿, 株式会社",
    "𠮷, 𠮷",
    "😀, 😀",
    "\uF900, 豈",
    "\uD87E\uDC00, 丽",
    "…, ..."
  })
  void foldsToKeys(String character, String key) {
    assertThat(Keys.text(Keys.of(character.codePointAt(0)))).isEqualTo(key);
    assertThat(Keys.parse(key)).isEqualTo(Keys.of(character.codePointAt(0)));
  }

  @Test
  void foldsWhiteSpaceOfAnyKindToOneBlank() {
    for (int c : new int[] {' ', '\t', '\n', 0x1C, 0x1F, 0x85, 0xA0, 0x2003, 0x2028, 0x3000}) {
      assertThat(Keys.of(c)).as("U+%04X", c).isEqualTo(Keys.BLANK);
    }
  }

  @Test
  void knowsWhatBelongsToThePositionBefore() {
    for (int c : new int[] {0x301, 0x20E3, 0x200B, 0x200D, 0xFE0F, 0xFEFF, 0xAD, 0x3164, 0xE0101}) {
      assertThat(Keys.of(c)).as("U+%04X", c).isEqualTo(Keys.NONE);
    }
  }

  @Test
  void replacesHalvesOfPairs() {
    assertThat(Keys.of(0xD83D)).isEqualTo(0xFFFD);
    assertThat(Keys.of(0xDE00)).isEqualTo(0xFFFD);
  }

  @Test
  void givesEveryOtherCodePointItsFoldedForm() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int key = Keys.of(c);
      assertThat(key).isLessThan(1 << Keys.BITS);
      if (key != Keys.NONE && key != Keys.BLANK && key != 0xFFFD) {
        var folded =
            Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
        assertThat(Keys.text(key)).isEqualTo(folded);
      }
    }
  }

  @Test
  void knowsNoNumberOfWhatNoCodePointFoldsTo() {
    assertThat(Keys.parse("中国")).isEqualTo(Keys.NONE);
    assertThat(Keys.parse("")).isEqualTo(Keys.NONE);
  }
}
