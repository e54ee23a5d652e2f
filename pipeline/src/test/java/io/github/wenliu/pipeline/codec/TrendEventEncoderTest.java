package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.trends.Burst;
import io.github.wenliu.operators.trends.TrendEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrendEventEncoderTest {

  private final TrendEventEncoder encoder = new TrendEventEncoder();

  private static TrendEvent event(TrendEvent.Type type, Integer rank) {
    return new TrendEvent(
        "main", 177, 3, "墨鲷", type, new Burst(12.5, 7.25, 0.03, 0.002), rank, 1_772_323_209_999L);
  }

  @Test
  void anEventIsWrittenUnderItsWord() {
    var record = encoder.encode(event(TrendEvent.Type.HOT, null));

    assertThat(record.key()).isEqualTo("main/墨鲷".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":3,"
                + "\"time\":\"2026-03-01T00:00:09.999Z\",\"word\":\"墨鲷\",\"type\":\"hot\","
                + "\"score\":12.5,\"documents\":7.25,\"rate\":0.03,\"lifetimeRate\":0.002}");
    assertThat(record.headers())
        .filteredOn(header -> header.key().equals(Headers.EVENT_ID))
        .singleElement()
        .satisfies(
            header ->
                assertThat(new String(header.value(), StandardCharsets.UTF_8))
                    .isEqualTo(EnrichedEncoder.eventId("trends", "main/177/3")));
  }

  @Test
  void aWordAtTheTopHasItsRank() {
    assertThat(encoder.encode(event(TrendEvent.Type.TOP, 2)).value())
        .asString(StandardCharsets.UTF_8)
        .contains("\"type\":\"top\",\"rank\":2,");
  }
}
