package io.github.wenliu.pipeline.local;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads committed results from the beginning of some topics, as they appear. Not thread-safe. */
public final class ResultReader implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Topic, List<TopicPartition>> partitions = new EnumMap<>(Topic.class);
  private final List<TopicPartition> all = new ArrayList<>();

  public ResultReader(PipelineConfig config, List<Topic> topics) {
    consumer = KafkaClients.consumer(config);
    for (Topic topic : topics) {
      var found =
          consumer.partitionsFor(topic.name(config.topicPrefix())).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      partitions.put(topic, found);
      all.addAll(found);
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * The records of each topic that were committed since the last call, as far as the broker's clock
   * tells in the order in which they were written; waits for some at most this long.
   */
  public Map<Topic, List<ConsumerRecord<byte[], byte[]>>> poll(Duration timeout) {
    var records = consumer.poll(timeout);
    var byTopic = new EnumMap<Topic, List<ConsumerRecord<byte[], byte[]>>>(Topic.class);
    partitions.forEach(
        (topic, found) -> {
          var ofTopic = new ArrayList<ConsumerRecord<byte[], byte[]>>();
          found.forEach(partition -> ofTopic.addAll(records.records(partition)));
          ofTopic.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
          byTopic.put(topic, ofTopic);
        });
    return byTopic;
  }

  /** Whether everything that is committed by now has been read. */
  public boolean isAtEnd() {
    var ends = consumer.endOffsets(all);
    return all.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
