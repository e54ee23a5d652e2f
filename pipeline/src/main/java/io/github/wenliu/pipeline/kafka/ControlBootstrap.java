package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.pipeline.codec.ControlDecoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What stood in the topic {@code control} when the job was submitted. A compacted topic keeps no
 * history, so all of it holds for all time.
 *
 * @param records the newest record of each key, but for what was taken back
 * @param ends by partition: the offset from which later changes come
 */
public record ControlBootstrap(List<ControlRecord> records, Map<TopicPartition, Long> ends) {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String TIMEOUT_MILLIS = Long.toString(TIMEOUT.toMillis());

  /** An empty topic, read from its beginning. */
  public static final ControlBootstrap EMPTY = new ControlBootstrap(List.of(), Map.of());

  public ControlBootstrap {
    records = List.copyOf(records);
    ends = Map.copyOf(ends);
  }

  /**
   * Reads the topic to its end, which must exist.
   *
   * @throws KafkaFailureException if Kafka does not answer
   */
  public static ControlBootstrap read(PipelineConfig config) {
    var properties = KafkaClients.consumerProperties(config);
    properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topic.CONTROL.name(config.topicPrefix())).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      var ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var newest = newestByKey(consumer, ends);
      var decoder = new ControlDecoder(config.decoder().zone());
      var records =
          newest.values().stream()
              .map(record -> decoder.decode(DocumentDeserializer.raw(record)))
              .filter(record -> record.change() == null || record.change().action() != null)
              .toList();
      return new ControlBootstrap(records, ends);
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  /**
   * Compaction and the marks of transactions leave offsets without a record, so the position says
   * when the end is reached, not the last record.
   */
  private static Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newestByKey(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    var newest = new LinkedHashMap<ByteBuffer, ConsumerRecord<byte[], byte[]>>();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      var records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + TIMEOUT.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new org.apache.kafka.common.errors.TimeoutException("no record of the topic control");
      }
      for (var record : records) {
        var end = ends.get(new TopicPartition(record.topic(), record.partition()));
        if (record.offset() < end) {
          var key = ByteBuffer.wrap(record.key() == null ? new byte[0] : record.key());
          newest.remove(key);
          newest.put(key, record);
        }
      }
    }
    return newest;
  }
}
