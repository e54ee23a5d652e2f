package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes control records and listens for the answers to them. */
final class ControlExchange implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final String TIMEOUT_MILLIS = "20000";
  private static final String FETCH_WAIT_MILLIS = "100";

  /**
   * What the job said.
   *
   * @param epoch the first epoch that shows the change, if it was accepted
   * @param reason why it was refused, if it was
   */
  record Answer(boolean accepted, long epoch, String reason) {}

  private final PipelineConfig config;
  private final String control;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ObjectMapper mapper = new ObjectMapper();

  private ControlExchange(
      PipelineConfig config,
      String control,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer) {
    this.config = config;
    this.control = control;
    this.consumer = consumer;
    this.producer = producer;
  }

  /**
   * Begins to listen.
   *
   * @param control full name of the topic that is written
   * @param acks full name of the topic of answers
   */
  static ControlExchange open(PipelineConfig config, String control, String acks) {
    var properties = KafkaClients.consumerProperties(config);
    properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    var producing = KafkaClients.producerProperties(config);
    producing.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    try {
      var consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      try {
        listenFromNow(consumer, acks);
        var producer =
            new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        return new ControlExchange(config, control, consumer, producer);
      } catch (KafkaException e) {
        consumer.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  private static void listenFromNow(KafkaConsumer<byte[], byte[]> consumer, String acks) {
    var partitions =
        consumer.partitionsFor(acks).stream()
            .map(info -> new TopicPartition(acks, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: only this finds out where the end is, before anything is asked.
    partitions.forEach(consumer::position);
  }

  /** Writes a record and returns its origin, {@code topic-partition-offset}. */
  String send(OutgoingRecord record) {
    return sendAll(List.of(record)).get(0);
  }

  /** Writes records and returns their origins in the same order. */
  List<String> sendAll(List<OutgoingRecord> records) {
    try {
      var answers = new ArrayList<Future<RecordMetadata>>();
      for (var record : records) {
        var outgoing = new ProducerRecord<>(control, record.key(), record.value());
        record.headers().forEach(header -> outgoing.headers().add(header.key(), header.value()));
        answers.add(producer.send(outgoing));
      }
      var origins = new ArrayList<String>();
      for (var answer : answers) {
        var written = KafkaCalls.await(config, answer);
        origins.add(written.topic() + "-" + written.partition() + "-" + written.offset());
      }
      return origins;
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The answers by origin; those that do not come in time are missing. */
  Map<String, Answer> await(Set<String> origins, Duration timeout) {
    var answers = new HashMap<String, Answer>();
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (answers.size() < origins.size() && System.nanoTime() < deadline) {
        for (var record : consumer.poll(POLL)) {
          var ack = read(record.value());
          var origin = ack.path("origin").asText();
          if (origins.contains(origin)) {
            answers.put(
                origin,
                new Answer(
                    ack.path("accepted").asBoolean(),
                    ack.path("epoch").asLong(),
                    ack.path("reason").asText()));
          }
        }
      }
      return answers;
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  /** Others write to this topic, too; what is no answer has no origin. */
  private JsonNode read(byte[] value) {
    try {
      var ack = value == null ? null : mapper.readTree(value);
      return ack == null ? mapper.missingNode() : ack;
    } catch (IOException e) {
      return mapper.missingNode();
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close();
  }
}
