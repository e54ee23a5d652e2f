package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WordHistoryLineTest {

  @Test
  void tellsWhenWhatWithWhichStatisticsAndWhy() throws IOException {
    assertThat(
            line(
                """
                {"time": "2026-03-01T00:00:09.999Z", "epoch": 177, "type": "upgraded", "word": "墨鲷",
                 "reason": "gave way", "by": "墨鲷村", "score": 2.345, "count": 17, "cohesion": 1,
                 "leftEntropy": 2, "rightEntropy": 3.25}
                """))
        .isEqualTo(
            "2026-03-01T00:00:09.999Z         177  upgraded       2.35       17     1.00   2.00"
                + "   3.25  墨鲷: gave way: 墨鲷村");
  }

  @Test
  void whatWasNeverScoredHasNoStatistics() throws IOException {
    assertThat(
            line(
                """
                {"time": "2026-03-01T00:00:09.999Z", "epoch": 0, "type": "pinned", "word": "墨鲷",
                 "reason": "pinned by control"}
                """))
        .isEqualTo(
            "2026-03-01T00:00:09.999Z           0  pinned            -        -        -      -"
                + "      -  墨鲷: pinned by control");
    assertThat(WordHistoryLine.heading()).startsWith("TIME  ").endsWith("  WORD, REASON");
  }

  @Test
  void noRecordSteersTheTerminal() throws IOException {
    assertThat(line("{\"word\": \"x\\u001b[2J\", \"count\": \"\\u001b\"}"))
        .doesNotContain("\u001b")
        .contains("x\uFFFD[2J");
  }

  private static String line(String event) throws IOException {
    JsonNode read = new ObjectMapper().readTree(event);
    return WordHistoryLine.of(read);
  }
}
