package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A group of unlinked mentions for people: when it was seen last, its id, how often it was
 * mentioned, and what stands around it.
 */
final class CandidateLineFormat implements RecordFormat {

  private static final int SHOWN_CONTEXT = 6;

  private final Set<String> told = new HashSet<>();

  /** Whether the group is told for the first time; it is written anew whenever it is mentioned. */
  boolean isNews(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .filter(
            group -> told.add(group.path("channel").asText() + "/" + group.path("group").asText()))
        .isPresent();
  }

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    return RecordJson.object(record)
        .map(CandidateLineFormat::line)
        .orElseGet(() -> RecordText.shown(record.value()));
  }

  private static String line(JsonNode group) {
    var context = new ArrayList<String>();
    for (JsonNode tally : group.path("context")) {
      if (context.size() < SHOWN_CONTEXT) {
        context.add(tally.path("text").asText());
      }
    }
    return RecordText.shown(
        group.path("lastSeen").asText()
            + "  candidate "
            + group.path("group").asText()
            + " ("
            + group.path("mentions").asText()
            + " mentions): "
            + String.join("、", context));
  }
}
