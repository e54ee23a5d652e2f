package io.github.wenliu.pipeline.files;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.pipeline.codec.KbEncoder;
import io.github.wenliu.pipeline.codec.KbLine;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.KafkaFailureException;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends entries to the topic of the knowledge base, each to the partition of its key, so that the
 * newest of an id stays the newest. To send one twice changes nothing. None is lost silently: the
 * first that fails stops the rest; one that is larger than the topic takes is turned away.
 */
public final class KbPublisher implements AutoCloseable {

  private static final String MAX_BLOCK_MILLIS = "20000";

  private final PipelineConfig config;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KbEncoder encoder = new KbEncoder();
  private final ConcurrentLinkedQueue<KbLine> tooLarge = new ConcurrentLinkedQueue<>();
  private final AtomicReference<PublishException> failure = new AtomicReference<>();

  private KbPublisher(PipelineConfig config) {
    this.config = config;
    this.topic = Topic.KB.name(config.topicPrefix());
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // See DocumentPublisher.
    properties.setProperty(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Connects to Kafka.
   *
   * @throws KafkaFailureException if Kafka does not answer or lacks the topic
   */
  public static KbPublisher open(PipelineConfig config) throws InterruptedException {
    try (var admin = KafkaClients.admin(config)) {
      var topic = Topic.KB.name(config.topicPrefix());
      KafkaCalls.await(config, admin.describeTopics(List.of(topic)).allTopicNames());
      return new KbPublisher(config);
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  /** The topic that is written. */
  public String topic() {
    return topic;
  }

  /**
   * Sends the entry of a line.
   *
   * @throws PublishException if one before it could not be written
   */
  public void send(KbLine line) throws InterruptedException {
    throwFailure();
    var encoded = encoder.encode(line.change());
    var record = new ProducerRecord<>(topic, encoded.key(), encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.key(), header.value()));
    try {
      producer.send(
          record,
          (metadata, exception) -> {
            if (exception instanceof RecordTooLargeException) {
              tooLarge.add(rejected(line, encoded.size()));
            } else if (exception != null) {
              failure.compareAndSet(null, failed(line, exception));
            }
          });
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      failure.compareAndSet(null, failed(line, e));
    }
  }

  /**
   * Waits until Kafka has everything.
   *
   * @return the lines since the last call that the topic does not take
   * @throws PublishException if something else could not be written
   */
  public List<KbLine> flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw new InterruptedException();
    }
    throwFailure();
    var lines = new ArrayList<KbLine>();
    for (var line = tooLarge.poll(); line != null; line = tooLarge.poll()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    producer.close();
  }

  private void throwFailure() {
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static KbLine rejected(KbLine line, long size) {
    var message =
        "the entry has about " + size + " bytes, more than the topic takes: see max.message.bytes";
    return new KbLine(
        line.file(),
        line.number(),
        line.bytes(),
        null,
        new Rejection(ErrorClass.TOO_LARGE, RecordTooLargeException.class.getName(), message));
  }

  private PublishException failed(KbLine line, Exception cause) {
    var reason =
        cause instanceof TimeoutException
            ? "Kafka at " + config.bootstrap() + " stopped answering"
            : KafkaCalls.failure(config, cause).getMessage();
    return new PublishException(line.place() + " was not published: " + reason, cause);
  }
}
