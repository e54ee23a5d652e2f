package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolCodesTest {

  private final SymbolCodes codes = new SymbolCodes();

  /** The codes of a text: characters as they are, runs in brackets, a bar for a break. */
  private List<String> read(String text) {
    codes.read(NormalizedText.of(text));
    return shown(codes);
  }

  static List<String> shown(SymbolCodes codes) {
    var shown = new ArrayList<String>();
    for (int i = 0; i < codes.length(); i++) {
      int code = codes.code(i);
      shown.add(
          code == SymbolCodes.BREAK
              ? "|"
              : code < SymbolCodes.FIRST_RUN
                  ? Character.toString(code)
                  : "[" + codes.run(code) + "]");
    }
    return shown;
  }

  @Test
  void aHanCharacterIsItsCodePoint() {
    codes.read(NormalizedText.of("内卷"));
    assertThat(codes.length()).isEqualTo(2);
    assertThat(codes.symbols()).isEqualTo(2);
    assertThat(codes.code(0)).isEqualTo(0x5185);
    assertThat(codes.code(1)).isEqualTo(0x5377);
  }

  @Test
  void rareHanBeyondTheFirstPlaneIsOneCode() {
    codes.read(NormalizedText.of("𠮷野家"));
    assertThat(codes.symbols()).isEqualTo(3);
    assertThat(codes.code(0)).isEqualTo(0x20BB7);
    assertThat(read("𪚥𠮷")).containsExactly("𪚥", "𠮷");
  }

  /** A vowel joins what is before it, so neither is found again when the word is read. */
  @Test
  void aJamoThatJoinsOthersIsABreak() {
    assertThat(read("中ﾣᅡ国")).containsExactly("中", "|", "|", "国");
    assertThat(read("각")).containsExactly("각");
  }

  @Test
  void aRunIsOneCodeAndKeepsItsLetters() {
    assertThat(read("村BA")).containsExactly("村", "[BA]");
    assertThat(read("村ba")).containsExactly("村", "[ba]");
    assertThat(read("5G基站")).containsExactly("[5G]", "基", "站");
    assertThat(codes.symbols()).isEqualTo(3);
  }

  @Test
  void fullWidthAndHalfWidthCountAsOne() {
    assertThat(read("村ＢＡ")).containsExactly("村", "[BA]");
    assertThat(read("ｶﾗｵｹ店")).isEqualTo(read("カラオケ店"));
    assertThat(read("ｶﾞ")).containsExactly("ガ");
    assertThat(read("２０２６年")).containsExactly("[2026]", "年");
  }

  @Test
  void theSameRunHasTheSameCodeAndOthersHaveOthers() {
    codes.read(NormalizedText.of("村BA和BA和ba"));
    assertThat(codes.code(1)).isEqualTo(codes.code(3)).isNotEqualTo(codes.code(5));
    assertThat(codes.run(codes.code(5))).isEqualTo("ba");
  }

  @Test
  void aRunThatIsTooLongIsABreak() {
    String longest = "a".repeat(SymbolCodes.MAX_RUN);
    assertThat(read("前" + longest + "后")).containsExactly("前", "[" + longest + "]", "后");
    assertThat(read("前" + longest + "a后")).containsExactly("前", "|", "后");
    assertThat(codes.symbols()).isEqualTo(2);
  }

  @Test
  void ignorablesAndMarksDoNotCutARunInTwo() {
    assertThat(read("村B\u200BA")).containsExactly("村", "[BA]");
    assertThat(read("村Be\u0301A")).containsExactly("村", "[BéA]");
    assertThat(read("村B\u00ADA\u2060")).containsExactly("村", "[BA]");
  }

  @Test
  void aCharacterThatIsSpreadOutIsItsTextAndBreaksWhereItIsNoText() {
    assertThat(read("在㍿上")).containsExactly("在", "株", "式", "会", "社", "上");
    assertThat(codes.symbols()).isEqualTo(6);
    assertThat(read("甲㈱乙")).containsExactly("甲", "|", "株", "|", "乙");
    assertThat(read("升℃以")).containsExactly("升", "|", "|", "以");
    assertThat(codes.symbols()).isEqualTo(2);
    assertThat(read("中\u0301国")).containsExactly("中", "|", "国");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"，", "。", " ", "\n", "😀", "👨‍👩‍👧", "❤️", "www.x.cn", "\uD83D", "\u0000", "……"})
  void whatNoWordMayCrossIsOneBreak(String between) {
    assertThat(read("前" + between + "。后")).containsExactly("前", "|", "后");
    assertThat(codes.symbols()).isEqualTo(2);
  }

  @Test
  void addressesAndNamesBreakAndTheirCharactersDoNotCount() {
    assertThat(read("看http://a.cn/b?c=1。好")).containsExactly("看", "|", "好");
    assertThat(read("问@小明_9 你")).containsExactly("问", "|", "你");
  }

  @Test
  void thereIsNoBreakBeforeTheFirstSymbol() {
    assertThat(read("。。前")).containsExactly("前");
    assertThat(read("，😀")).isEmpty();
    assertThat(read("")).isEmpty();
    assertThat(codes.symbols()).isZero();
  }

  @Test
  void nothingIsLeftOfTheTextBefore() {
    read("很长的一句话ABC和DEF，" + "字".repeat(600));
    assertThat(read("村XY")).containsExactly("村", "[XY]");
    assertThat(codes.symbols()).isEqualTo(2);
    assertThat(codes.code(1)).isEqualTo(SymbolCodes.FIRST_RUN);
    assertThat(read("")).isEmpty();
    assertThat(codes.symbols()).isZero();
  }

  @Test
  void manyRunsInOneText() {
    var text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append("字A").append(i);
    }
    assertThat(read(text.toString())).hasSize(200).contains("[A0]", "[A99]");
  }

  @ParameterizedTest
  @CsvSource({
    "BA, BA",
    "ＢＡ, BA",
    "ba, ba",
    "ｂＡ９, bA9",
    "Ⅳ, IV",
    "ﬁ, fi",
    "É, É",
    "E\u0301, É",
    "B\u200BA, BA",
    "\u212A, K",
    "\u212B, Å",
    "ſ, s"
  })
  void writtenIsTheNormalisedFormWithItsLettersAsTheyWere(String text, String written) {
    var normalized = NormalizedText.of(text);
    assertThat(normalized.symbols()).isEqualTo(1);
    assertThat(normalized.written(0)).isEqualTo(written);
  }
}
