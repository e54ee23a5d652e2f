package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A compacted topic as it stands now. */
final class CompactedTopic {

  private CompactedTopic() {}

  /** The newest value of each key, by key; a key that was taken back has none. */
  static Map<String, JsonNode> live(PipelineConfig config, Topic topic) {
    var byKey = new TreeMap<String, JsonNode>();
    new TopicReader(config)
        .read(
            new TopicNames(config).resolve(topic),
            From.BEGINNING,
            Until.END,
            record -> {
              take(record, byKey);
              return true;
            });
    return byKey;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, JsonNode> byKey) {
    if (record.key() == null) {
      return;
    }
    var key = new String(record.key(), StandardCharsets.UTF_8);
    RecordJson.object(record)
        .ifPresentOrElse(state -> byKey.put(key, state), () -> byKey.remove(key));
  }
}
