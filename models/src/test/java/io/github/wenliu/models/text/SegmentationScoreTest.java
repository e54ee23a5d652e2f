package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentationScoreTest {
  @Test
  void countsTokensWithBothEndsRight() {
    var segmenter = new Segmenter(Lexicon.of(Map.of("天气", 9L, "真", 9L, "好", 9L, "今", 1L, "天", 1L)));
    var score =
        SegmentationScore.of(
            List.of("今天 天气 真 好", "", "天气 好"), segmenter::segment, segmenter.lexicon()::contains);
    // 今 天 天气 真 好 | 天气 好 against 今天 天气 真 好 | 天气 好
    assertThat(score).isEqualTo(new SegmentationScore(2, 9, 6, 7, 5, 1, 0));
    assertThat(score.precision()).isEqualTo(5 / 7.0, within(1e-12));
    assertThat(score.recall()).isEqualTo(5 / 6.0, within(1e-12));
    assertThat(score.f1()).isEqualTo(10 / 13.0, within(1e-12));
    assertThat(score.unknownRecall()).isZero();
  }
}
