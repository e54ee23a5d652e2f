package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.trends.TrendEvent;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The heat of a word for people: time, what happened, the word, its score and rates. */
final class TrendLineFormat implements RecordFormat {

  private static final double PERCENT = 100;

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .map(TrendLineFormat::line)
        .orElseGet(() -> RecordText.shown(record.value()));
  }

  /**
   * The line of an event.
   *
   * @param event as the topic has it
   */
  static String line(JsonNode event) {
    var type = event.path("type").asText();
    var what =
        type.equals(TrendEvent.Type.TOP.label()) ? type + " " + event.path("rank").asInt() : type;
    return RecordText.shown(
        String.format(
            Locale.ROOT,
            "%s  %s 「%s」  score %.2f, in %.2g%% of recent documents, %.2g%% of all",
            event.path("time").asText(),
            what,
            event.path("word").asText(),
            event.path("score").asDouble(),
            PERCENT * event.path("rate").asDouble(),
            PERCENT * event.path("lifetimeRate").asDouble()));
  }
}
