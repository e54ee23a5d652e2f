package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnigramSegmenterTest {
  private static List<String> segment(Map<String, Long> words, String text) {
    return new UnigramSegmenter(Lexicon.of(words))
        .segment(text).stream().map(token -> token.text(text)).toList();
  }

  @Test
  void theMoreProbablePathWins() {
    // 研究 生命: 40·10 / 100² is more than 研究生 命: 10·1 / 100²
    assertThat(segment(Map.of("研究", 40L, "研究生", 10L, "生命", 10L, "其他", 40L), "研究生命"))
        .containsExactly("研究", "生命");
    // 研究 生命 now has 1·1 / 102², 研究生 命 100·1 / 102²
    assertThat(segment(Map.of("研究", 1L, "研究生", 100L, "生命", 1L), "研究生命"))
        .containsExactly("研究生", "命");
  }

  @Test
  void ofEqualPathsTheOneWithTheLongerFirstWordWins() {
    assertThat(segment(Map.of("甲乙", 5L, "乙丙", 5L), "甲乙丙")).containsExactly("甲乙", "丙");
  }

  @Test
  void whatNoWordKnowsIsASymbolEach() {
    assertThat(segment(Map.of(), "看NBA，𠮷野家 2024"))
        .containsExactly("看", "NBA", "，", "𠮷", "野", "家", "2024");
  }

  @Test
  void wordsMayHoldRunsButNoPartsOfThem() {
    assertThat(segment(Map.of("村BA", 9L, "a队", 9L), "村ＢＡ队")).containsExactly("村ＢＡ", "队");
    assertThat(segment(Map.of("a队", 9L), "BA队")).containsExactly("BA", "队");
  }

  @Test
  void noWordCrossesPunctuation() {
    assertThat(segment(Map.of("中国", 9L), "中，国")).containsExactly("中", "，", "国");
  }
}
