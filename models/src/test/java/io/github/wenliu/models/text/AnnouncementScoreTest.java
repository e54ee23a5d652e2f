package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wenliu.models.text.AnnouncementScore.Found;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnnouncementScoreTest {

  @Test
  void tellsAtWhichOccurrenceAPlantedWordWasFirstAnnounced() {
    var score = new AnnouncementScore(Map.of("谷墨", 12, "屿安", 19, "椒潽", 50, "稀见", 3));
    read(score, 9, "谷墨", "屿安");
    score.announce("谷墨");
    read(score, 2, "谷墨", "屿安", "椒潽");
    score.retract("谷墨");
    score.announce("屿安");
    score.announce("谷墨");

    assertThat(score.planted())
        .containsExactly(
            new Found("1-9", 1, 0, 0, OptionalDouble.empty()),
            new Found("10-19", 2, 1, 0.5, OptionalDouble.of(9)),
            new Found("50+", 1, 0, 0, OptionalDouble.empty()),
            new Found("all", 4, 0.5, 0.25, OptionalDouble.of(9)));
    assertThat(score.retractions()).isEqualTo(1);
  }

  @Test
  void aFalseAlarmIsAWordThatNobodyWrote() {
    var score = new AnnouncementScore(Map.of());
    read(score, 20, "中国", "人", "BA");
    read(score, 19, "北京");
    for (String word : List.of("国人", "中国", "国人", "中国人", "北京", "村BA", "人")) {
      score.announce(word);
    }
    score.retract("中国人");
    score.retract("村BA");

    assertThat(score.hanCharacters()).isEqualTo(20 * 3 + 19 * 2);
    assertThat(score.announced()).isEqualTo(4);
    assertThat(score.falseAlarms()).isEqualTo(2 * 100_000 / 98.0, within(1e-9));
    assertThat(score.livePrecision()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(score.recall()).as("北京 is too rare to be asked for").isEqualTo(1);
    assertThat(score.retractions()).isEqualTo(1);
  }

  @Test
  void nothingScoresNothing() {
    var score = new AnnouncementScore(Map.of());
    assertThat(score.planted()).containsExactly(new Found("all", 0, 0, 0, OptionalDouble.empty()));
    assertThat(score.falseAlarms()).isZero();
    assertThat(score.livePrecision()).isZero();
    assertThat(score.recall()).isZero();
  }

  private static void read(AnnouncementScore score, int times, String... words) {
    for (int i = 0; i < times; i++) {
      score.read(List.of(words));
    }
  }
}
