package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordListScoreTest {
  /** Frequent gold: 中国 and 北京. */
  private static final Map<String, Integer> GOLD =
      Map.of("中国", 5, "北京", 7, "上海", 2, "我", 9, "BA", 9, "村BA", 9);

  @Test
  void scoresAListByHand() {
    // looked at: 北京 (frequent), 上海 (gold, skipped but for precisionAt), 京上 (wrong), 中国 (frequent)
    var score = WordListScore.of(GOLD, List.of("我", "北京", "上海", "村BA", "京上", "中国", "北京", "BA"), 3);
    assertThat(score.words()).isEqualTo(4);
    assertThat(score.averagePrecision()).isEqualTo((1 + 2 / 3.0) / 2, within(1e-12));
    assertThat(score.precisionAt(2)).hasValue(1);
    assertThat(score.precisionAt(4)).hasValue(0.75);
    assertThat(score.precisionAt(5)).isEmpty();
    assertThat(score.recall()).isEqualTo(1);
    // all four: precision 2/3, recall 1
    assertThat(score.bestF1()).isEqualTo(0.8, within(1e-12));
    // 北京 and 上海: precision 1, recall 1/2
    assertThat(score.ownF1()).isEqualTo(2 / 3.0, within(1e-12));
  }

  @Test
  void wordsThatAreMissingCountAgainstAList() {
    var score = WordListScore.of(GOLD, List.of("京上", "中国"), 0);
    assertThat(score.averagePrecision()).isEqualTo(0.25, within(1e-12));
    assertThat(score.recall()).isEqualTo(0.5);
    assertThat(score.ownF1()).isZero();
  }

  @Test
  void nothingScoresNothing() {
    var score = WordListScore.of(Map.of(), List.of(), 0);
    assertThat(score.averagePrecision()).isZero();
    assertThat(score.recall()).isZero();
    assertThat(score.bestF1()).isZero();
    assertThat(score.ownF1()).isZero();
  }
}
