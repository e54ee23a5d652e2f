package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far a topic goes now. */
public final class TopicEnds {

  private static final String TIMEOUT_MILLIS = Long.toString(Duration.ofSeconds(20).toMillis());

  private TopicEnds() {}

  /**
   * The offset behind the last committed record of each partition of a topic, which must exist.
   *
   * @throws KafkaFailureException if Kafka does not answer
   */
  public static Map<TopicPartition, Long> read(PipelineConfig config, Topic topic) {
    var properties = KafkaClients.consumerProperties(config);
    properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic.name(config.topicPrefix())).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      return Map.copyOf(consumer.endOffsets(partitions));
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }
}
