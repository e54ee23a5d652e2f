package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An enriched document for people: time, id, and its words with the new ones in corner brackets;
 * behind them its entities with their types and the entries that they mean, and its relations.
 */
final class EnrichedLineFormat implements RecordFormat {

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    JsonNode document;
    try {
      document = mapper.readTree(record.value());
    } catch (IOException | IllegalArgumentException e) {
      return RecordText.shown(record.value());
    }
    var words = new ArrayList<String>();
    for (JsonNode word : document.path("words")) {
      var text = word.path("text").asText();
      words.add(word.path("new").asBoolean() ? "「" + text + "」" : text);
    }
    var time = document.path("time").asText(document.path("effectiveTime").asText());
    var content = words.isEmpty() ? document.path("text").asText() : String.join(" / ", words);
    return RecordText.shown(
        time + "  " + document.path("id").asText() + "  " + content + extracted(document));
  }

  private static String extracted(JsonNode document) {
    var text = new StringBuilder();
    var entities = document.path("entities");
    for (JsonNode entity : entities) {
      text.append(text.isEmpty() ? "  " : ", ");
      text.append(entity.path("text").asText()).append(' ').append(entity.path("type").asText());
      text.append(link(entity.path("link")));
    }
    for (JsonNode relation : document.path("relations")) {
      text.append("; ")
          .append(entities.path(relation.path("subject").asInt()).path("text").asText())
          .append(" ")
          .append(relation.path("predicate").asText())
          .append(" ")
          .append(entities.path(relation.path("object").asInt()).path("text").asText());
    }
    return text.toString();
  }

  /** What means no entry has none. */
  private static String link(JsonNode link) {
    return link.path("id").isTextual()
        ? String.format(
            Locale.ROOT, " → %s %.2f", link.path("id").asText(), link.path("score").doubleValue())
        : "";
  }
}
