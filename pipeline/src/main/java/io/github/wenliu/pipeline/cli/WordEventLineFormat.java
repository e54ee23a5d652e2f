package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.newword.WordEvent;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event of a word for people: time, what happened, the word, its statistics or the reason. */
final class WordEventLineFormat implements RecordFormat {

  /** What is worth a line between the documents of a stream. */
  private static final Set<String> NEWS =
      Set.of(
          WordEvent.Type.ANNOUNCED.label(),
          WordEvent.Type.RETRACTED.label(),
          WordEvent.Type.PINNED.label(),
          WordEvent.Type.BANNED.label());

  /** Whether the event makes a word or takes one back. */
  boolean isNews(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .filter(event -> NEWS.contains(event.path("type").asText()))
        .isPresent();
  }

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .map(WordEventLineFormat::line)
        .orElseGet(() -> RecordText.shown(record.value()));
  }

  private static String line(JsonNode event) {
    var type = event.path("type").asText();
    var what = type.equals(WordEvent.Type.ANNOUNCED.label()) ? "new word" : type;
    return RecordText.shown(
        event.path("time").asText()
            + "  "
            + what
            + " 「"
            + event.path("word").asText()
            + "」  "
            + details(event, type));
  }

  private static String details(JsonNode event, String type) {
    if (!type.equals(WordEvent.Type.ANNOUNCED.label()) || !event.has("score")) {
      return event.path("reason").asText();
    }
    return String.format(
        Locale.ROOT,
        "score %.2f, %d times",
        event.path("score").doubleValue(),
        event.path("count").longValue());
  }
}
