package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Remembers which dead letters were sent again: one record for each in the topic of
 * acknowledgements, written in the same transaction as the letter itself. A mark is younger than
 * its letter, so under equal retention it outlives it.
 */
final class RedriveMarks {

  private static final String KIND = "redrive";
  private static final String KEY_PREFIX = KIND + "/main/";

  private final String topic;
  private final Set<String> origins = new HashSet<>();
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * @param topic full name of the topic of acknowledgements
   */
  RedriveMarks(String topic) {
    this.topic = topic;
  }

  /** Reads what earlier runs left. */
  void load(TopicReader reader) {
    reader.read(
        topic,
        From.BEGINNING,
        Until.END,
        record -> {
          if (record.key() != null) {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(KEY_PREFIX)) {
              origins.add(key.substring(KEY_PREFIX.length()));
            }
          }
          return true;
        });
  }

  boolean contains(StoredLetter letter) {
    return origins.contains(letter.origin());
  }

  /** Remembers a letter. */
  void add(StoredLetter letter) {
    origins.add(letter.origin());
  }

  /** The record that tells later runs. */
  ProducerRecord<byte[], byte[]> record(StoredLetter letter) {
    var value =
        mapper
            .createObjectNode()
            .put("schemaVersion", EnrichedEncoder.SCHEMA_VERSION)
            .put("kind", KIND)
            .put("channel", "main")
            .put("target", letter.origin())
            .put("attempt", letter.attempts() + 1);
    try {
      return new ProducerRecord<>(
          topic,
          (KEY_PREFIX + letter.origin()).getBytes(StandardCharsets.UTF_8),
          mapper.writeValueAsBytes(value));
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }
}
