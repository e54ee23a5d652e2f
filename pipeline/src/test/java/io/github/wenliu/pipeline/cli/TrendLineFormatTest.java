package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.trends.Burst;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.pipeline.codec.TrendEventEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TrendLineFormatTest {

  private final TrendLineFormat format = new TrendLineFormat();

  @Test
  void anEventComesWithItsScoreAndRates() {
    assertThat(format.line(record(TrendEvent.Type.HOT, null, "墨鲷")))
        .isEqualTo(
            "2026-03-01T00:00:09.999Z  hot 「墨鲷」  score 12.35, in 3.0% of recent documents, 0.20%"
                + " of all");
    assertThat(format.line(record(TrendEvent.Type.COOLED, null, "墨鲷")))
        .startsWith("2026-03-01T00:00:09.999Z  cooled 「墨鲷」");
    assertThat(format.line(record(TrendEvent.Type.TOP, 2, "墨鲷")))
        .startsWith("2026-03-01T00:00:09.999Z  top 2 「墨鲷」");
  }

  @Test
  void noWordSteersTheTerminal() {
    assertThat(format.line(record(TrendEvent.Type.HOT, null, "x\u001b[2J")))
        .contains("hot 「x\uFFFD[2J」");
  }

  @Test
  void whatIsNoEventIsShownAsItIs() {
    assertThat(format.line(consumed("x\ny".getBytes(StandardCharsets.UTF_8)))).isEqualTo("x y");
    assertThat(format.line(consumed(null))).isEqualTo("null");
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TrendEvent.Type type, Integer rank, String word) {
    var event =
        new TrendEvent(
            "main", 1, 0, word, type, new Burst(12.346, 7, 0.03, 0.002), rank, 1_772_323_209_999L);
    return consumed(new TrendEventEncoder().encode(event).value());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(byte[] value) {
    return new ConsumerRecord<>("wenliu.trends", 0, 0, null, value);
  }
}
