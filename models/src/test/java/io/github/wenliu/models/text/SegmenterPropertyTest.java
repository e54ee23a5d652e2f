package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SegmenterPropertyTest {
  private static final Segmenter SEGMENTER = Segmenter.base();
  private static final Lexicon EXTRA =
      Lexicon.of(Map.of("村BA", 9L, "𠮷野家", 9L, "株式会社", 9L, "国村", 9L, "ab", 3L));

  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts();
  }

  @Property(tries = 3000)
  void tokensCoverAllButBlanksInOrder(@ForAll("texts") String text) {
    List<Token> tokens = SEGMENTER.segment(text, EXTRA);
    int at = 0;
    for (Token token : tokens) {
      assertThat(token.startUtf16()).isGreaterThanOrEqualTo(at);
      assertBlank(text.substring(at, token.startUtf16()));
      assertThat(token.start()).isEqualTo(text.codePointCount(0, token.startUtf16()));
      assertThat(token.end()).isEqualTo(text.codePointCount(0, token.endUtf16()));
      at = token.endUtf16();
    }
    assertBlank(text.substring(at));
  }

  private static void assertBlank(String gap) {
    assertThat(gap.codePoints())
        .allMatch(
            c ->
                Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.isISOControl(c)
                    || CodePointClasses.isIgnorable(c));
  }

  @Property(tries = 1000)
  void anExtraTokenIsAnExtraWord(@ForAll("texts") String text) {
    for (Token token : SEGMENTER.segment(text, EXTRA)) {
      if (token.extra()) {
        assertThat(EXTRA.contains(token.text(text))).isTrue();
      }
    }
  }

  @Property(tries = 1000)
  void aBreakMakesItsSidesIndependent(@ForAll("texts") String left, @ForAll("texts") String right) {
    String text = left + "\n" + right;
    int cut = left.length() + 1;
    List<String> whole =
        SEGMENTER.segment(text).stream()
            .filter(t -> t.startUtf16() >= cut)
            .map(t -> t.text(text))
            .toList();
    List<String> alone = SEGMENTER.segment(right).stream().map(t -> t.text(right)).toList();
    assertThat(whole).isEqualTo(alone);
  }
}
