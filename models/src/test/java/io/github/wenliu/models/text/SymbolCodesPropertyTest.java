package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SymbolCodesPropertyTest {

  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts();
  }

  @Property(tries = 2000)
  void twoRunsNeverStandSideBySide(@ForAll("texts") String text) {
    var codes = read(text);
    for (int i = 1; i < codes.length(); i++) {
      assertThat(Math.min(codes.code(i - 1), codes.code(i)))
          .as("%s at %d", SymbolCodesTest.shown(codes), i)
          .isLessThan(SymbolCodes.FIRST_RUN);
    }
  }

  /**
   * Otherwise one spelling would stand for several n-grams, and a word could not be found again.
   */
  @Property(tries = 3000)
  void aWordReadAgainHasTheSymbolsThatWereCounted(@ForAll("texts") String text) {
    var codes = read(text);
    var shown = SymbolCodesTest.shown(codes);
    for (int from = 0; from < codes.length(); from++) {
      var word = new StringBuilder();
      for (int to = from; to < codes.length() && codes.code(to) != SymbolCodes.BREAK; to++) {
        int code = codes.code(to);
        word.append(code < SymbolCodes.FIRST_RUN ? Character.toString(code) : codes.run(code));
        assertThat(SymbolCodesTest.shown(read(word.toString())))
            .isEqualTo(shown.subList(from, to + 1));
        assertThat(NormalizedText.of(word.toString()).symbols()).isEqualTo(to + 1 - from);
      }
    }
  }

  @Property(tries = 1000)
  void symbolsAreTheCodesThatAreNoBreaks(@ForAll("texts") String text) {
    var codes = read(text);
    assertThat(codes.symbols())
        .isEqualTo(
            (int)
                SymbolCodesTest.shown(codes).stream().filter(shown -> !shown.equals("|")).count());
  }

  private static SymbolCodes read(String text) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    return codes;
  }
}
