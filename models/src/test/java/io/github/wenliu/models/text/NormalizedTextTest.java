package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedTextTest {
  private static List<String> slices(String text) {
    var normalized = NormalizedText.of(text);
    var result = new ArrayList<String>();
    for (int i = 0; i < normalized.symbols(); i++) {
      result.add(normalized.slice(i, i + 1));
    }
    return result;
  }

  private static List<SymbolKind> kinds(String text) {
    var normalized = NormalizedText.of(text);
    var result = new ArrayList<SymbolKind>();
    for (int i = 0; i < normalized.symbols(); i++) {
      result.add(normalized.kind(i));
    }
    return result;
  }

  @Test
  void latinAndDigitsStandTogether() {
    assertThat(slices("用5G看村ＢＡ")).containsExactly("用", "5G", "看", "村", "ＢＡ");
    assertThat(NormalizedText.normalize("用5G看村ＢＡ")).isEqualTo("用5g看村ba");
  }

  @Test
  void rareHanIsOneSymbolOfTwoUnits() {
    var text = NormalizedText.of("𠮷野");
    assertThat(text.symbols()).isEqualTo(2);
    assertThat(text.end(0)).isEqualTo(1);
    assertThat(text.endUtf16(0)).isEqualTo(2);
    assertThat(text.start(1)).isEqualTo(1);
  }

  @Test
  void compatibilityLettersOfHangulComposeLikeOthers() {
    assertThat(slices("ㄱ\u1161")).hasSize(1);
    assertThat(NormalizedText.normalize("ㄱ\u1161")).isEqualTo("가");
    assertThat(NormalizedText.normalize("\u1100\u314F\u11A8")).isEqualTo("각");
    assertThat(NormalizedText.normalize("ㄱㄴ")).isEqualTo("\u1100\u1102");
  }

  @Test
  void aSpreadCharacterIsNeverCut() {
    assertThat(slices("在㍿上")).containsExactly("在", "㍿", "上");
    assertThat(NormalizedText.normalize("㍿")).isEqualTo("株式会社");
    assertThat(slices("\uFDFA")).hasSize(1);
    assertThat(slices("½")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"👨‍👩‍👧", "👍🏽", "🇨🇳", "1️⃣", "❤️", "🏳️‍🌈", "😀", "☀️", "🧑🏿‍🚀"})
  void anEmojiIsOneSymbol(String emoji) {
    assertThat(slices("好" + emoji + "好")).containsExactly("好", emoji, "好");
    assertThat(kinds(emoji)).containsExactly(SymbolKind.EMOJI);
  }

  @Test
  void flagsPairFromTheLeft() {
    assertThat(slices("🇨🇳🇯🇵🇨")).containsExactly("🇨🇳", "🇯🇵", "🇨");
  }

  @Test
  void addressesEndBeforeTheirPunctuation() {
    assertThat(slices("看http://a.cn/b?c=1。好")).containsExactly("看", "http://a.cn/b?c=1", "。", "好");
    assertThat(slices("WWW.A.cn,")).containsExactly("WWW.A.cn", ",");
    assertThat(kinds("https://a.cn")).containsExactly(SymbolKind.URL);
    assertThat(kinds("https://")).doesNotContain(SymbolKind.URL);
  }

  @Test
  void namesEndAtABlankAndMailIsNoName() {
    assertThat(slices("@小明_9 你好")).containsExactly("@小明_9", " ", "你", "好");
    assertThat(kinds("@小明")).containsExactly(SymbolKind.MENTION);
    assertThat(kinds("ab@cd")).doesNotContain(SymbolKind.MENTION);
    assertThat(slices("@" + "名".repeat(31))).containsExactly("@" + "名".repeat(30), "名");
  }

  @Test
  void ignorablesBelongToTheSymbolBefore() {
    assertThat(slices("中\u200B国")).containsExactly("中\u200B", "国");
    assertThat(slices("a\u00ADb")).containsExactly("a\u00ADb");
    assertThat(slices("\uFEFF中")).containsExactly("\uFEFF中");
    assertThat(slices("葛\uDB40\uDD00城")).containsExactly("葛\uDB40\uDD00", "城");
    assertThat(kinds(" \u200B ")).containsExactly(SymbolKind.SPACE);
    assertThat(kinds("\u200B")).containsExactly(SymbolKind.CONTROL);
  }

  @Test
  void marksComposeWithTheirBase() {
    assertThat(NormalizedText.normalize("e\u0301")).isEqualTo("é");
    assertThat(NormalizedText.normalize("ｶﾞ")).isEqualTo("ガ");
    assertThat(slices("ｶﾞｰ")).containsExactly("ｶﾞ", "ｰ");
    assertThat(NormalizedText.normalize("\u1112\u1161\u11AB")).isEqualTo("한");
    assertThat(kinds(" \u0301")).containsExactly(SymbolKind.SPACE, SymbolKind.PUNCTUATION);
  }

  @Test
  void halfAPairIsPunctuationWithoutACompanion() {
    assertThat(slices("\uDE00中\uD83D")).containsExactly("\uDE00", "中", "\uD83D");
    assertThat(NormalizedText.normalize("\uD83D\u200B\uDE00")).isEqualTo("\uFFFD\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "中",
        "\u0301",
        "\u200B",
        "\u200D",
        "👍\u200D",
        "🇨",
        "@",
        "www.",
        "http://",
        "𠮷",
        "\uD83D",
        "\uFDFA",
        " ",
        "ｶﾞ",
        "1.",
        "\u0301\u0323"
      })
  void aMillionRepetitionsAreJustLong(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    var normalized = NormalizedText.of(text);
    assertThat(normalized.startUtf16(normalized.symbols())).isEqualTo(text.length());
    assertThat(normalized.start(normalized.symbols()))
        .isEqualTo(text.codePointCount(0, text.length()));
  }
}
