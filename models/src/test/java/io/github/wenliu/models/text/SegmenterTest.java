package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
  private static final Lexicon SMALL =
      Lexicon.of(Map.of("研究", 50L, "研究生", 10L, "生命", 40L, "命", 10L, "生", 10L, "起源", 20L));

  private static List<String> words(Segmenter segmenter, String text, Lexicon extra) {
    return segmenter.segment(text, extra).stream().map(token -> token.text(text)).toList();
  }

  private static List<String> words(String text) {
    return words(new Segmenter(SMALL), text, Lexicon.empty());
  }

  @Test
  void takesTheCheapestPath() {
    assertThat(words("研究生命起源")).containsExactly("研究", "生命", "起源");
  }

  @Test
  void ofEqualPathsTheLongerLastWordWins() {
    var segmenter = new Segmenter(Lexicon.of(Map.of("甲", 1L, "甲乙", 1L, "乙丙", 1L, "丙", 1L)));
    assertThat(words(segmenter, "甲乙丙", Lexicon.empty())).containsExactly("甲", "乙丙");
  }

  @Test
  void everythingThatBreaksIsATokenAndBlanksAreNot() {
    assertThat(words("研究 http://a.cn/b，@小明 👨‍👩‍👧\t……——生命!\u0000"))
        .containsExactly("研究", "http://a.cn/b", "，", "@小明", "👨‍👩‍👧", "……", "——", "生命", "!");
  }

  @Test
  void numbersAreOneToken() {
    assertThat(words("3.5亿和50%和15:06:48,1,000"))
        .containsExactly("3.5亿", "和", "50%", "和", "15:06:48", ",", "1,000");
    assertThat(words("2024年5月")).containsExactly("2024", "年", "5", "月");
  }

  @Test
  void aWordIsFoundThroughWidthCaseAndInvisibleCharacters() {
    var extra = Lexicon.of(Map.of("村BA", 20L, "株式会社", 20L));
    var segmenter = new Segmenter(SMALL);
    assertThat(words(segmenter, "看村\u200BｂＡ研究", extra)).containsExactly("看", "村\u200BｂＡ", "研究");
    assertThat(words(segmenter, "研究㍿起源", extra)).containsExactly("研究", "㍿", "起源");
  }

  @Test
  void anExtraWordBeatsItsPartsAndIsMarked() {
    var extra = Lexicon.of(Map.of("研究生命", 1L));
    List<Token> tokens = new Segmenter(SMALL).segment("研究生命起源", extra);
    assertThat(tokens).containsExactly(new Token(0, 4, 0, 4, true), new Token(4, 6, 4, 6, false));
  }

  @Test
  void offsetsCountCodePointsAndUnits() {
    var extra = Lexicon.of(Map.of("𠮷野家", 5L));
    assertThat(new Segmenter(SMALL).segment("😀𠮷野家研究", extra))
        .containsExactly(
            new Token(0, 1, 0, 2, false),
            new Token(1, 4, 2, 6, true),
            new Token(4, 6, 6, 8, false));
  }

  @Test
  void emptyAndBlankTextHasNoTokens() {
    assertThat(words("")).isEmpty();
    assertThat(words(" \n\u3000\u0007")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"研", "研究", "啊", "a", "1.", "。", "𠮷", "\u0301", "👍", "—"})
  void aMillionRepetitionsAreJustLong(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    List<Token> tokens = Segmenter.base().segment(text);
    assertThat(tokens.get(tokens.size() - 1).endUtf16()).isEqualTo(text.length());
  }
}
