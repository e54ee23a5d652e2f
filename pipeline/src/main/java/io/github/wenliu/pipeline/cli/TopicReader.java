package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of a topic, without a group: each partition in its order, the
 * partitions as they come.
 */
final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final String TIMEOUT_MILLIS = "20000";
  private static final String FETCH_WAIT_MILLIS = "100";

  /** Where reading begins. */
  enum From {
    BEGINNING,
    END
  }

  /** When reading ends, unless the reader has had enough before. */
  enum Until {
    /** At the offsets that are the last ones at the start. */
    END,
    NEVER
  }

  private final PipelineConfig config;

  TopicReader(PipelineConfig config) {
    this.config = config;
  }

  /**
   * Hands every record to the visitor until that wants no more.
   *
   * @param topic a topic that exists
   * @param visitor returns whether it wants another record
   */
  void read(
      String topic, From from, Until until, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    var properties = KafkaClients.consumerProperties(config);
    properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      if (from == From.BEGINNING) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      var ends = until == Until.END ? consumer.endOffsets(partitions) : null;
      visit(consumer, ends, visitor);
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  private static void visit(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    while (ends == null || !reached(consumer, ends)) {
      for (var record : consumer.poll(POLL)) {
        if (isBefore(ends, record) && !visitor.test(record)) {
          return;
        }
      }
    }
  }

  /** Records that come while a bounded reading goes on are not part of it. */
  private static boolean isBefore(
      Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> record) {
    return ends == null
        || record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()));
  }

  /** The position moves past the marks of transactions too, the last record need not be a text. */
  private static boolean reached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return List.copyOf(consumer.assignment()).stream()
        .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
  }
}
