package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.cluster.CommunityEvent;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event of a community for people: time, id, what happened and with which others, how many words
 * it has, its label, and the pairs of words that have much to do with it.
 */
final class CommunityEventLineFormat implements RecordFormat {

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .map(CommunityEventLineFormat::line)
        .orElseGet(() -> RecordText.shown(record.value()));
  }

  /**
   * The line of an event.
   *
   * @param event as the topic has it
   */
  static String line(JsonNode event) {
    return RecordText.shown(
        event.path("time").asText()
            + "  community "
            + event.path("community").asText()
            + " "
            + whatHappened(event)
            + " ("
            + words(event.path("sizeBefore").asInt(), event.path("size").asInt())
            + " words): "
            + event.path("label").asText()
            + because(event));
  }

  /** The pairs that have much to do with it. */
  private static String because(JsonNode event) {
    var pairs = new ArrayList<String>();
    for (JsonNode edge : event.path("because")) {
      pairs.add(edge.path("words").path(0).asText() + "–" + edge.path("words").path(1).asText());
    }
    return pairs.isEmpty() ? "" : "; because of " + String.join(", ", pairs);
  }

  private static String whatHappened(JsonNode event) {
    var type = event.path("type").asText();
    if (type.equals(CommunityEvent.Type.SPLIT.label())) {
      return "split off " + parents(event);
    }
    if (type.equals(CommunityEvent.Type.MERGED.label())) {
      return "merged with " + parents(event);
    }
    return event.has("into") ? type + ", went into " + event.path("into").asText() : type;
  }

  private static String parents(JsonNode event) {
    var parents = new ArrayList<String>();
    event.path("parents").forEach(parent -> parents.add(parent.asText()));
    return String.join(", ", parents);
  }

  /** A new one had none before, a dead one has none now. */
  private static String words(int before, int now) {
    return before == 0 || now == 0 || before == now
        ? Integer.toString(Math.max(before, now))
        : before + " to " + now;
  }
}
