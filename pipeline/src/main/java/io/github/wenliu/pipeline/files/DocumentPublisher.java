package io.github.wenliu.pipeline.files;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.KafkaFailureException;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to the topic of documents, the n-th (from 0) to partition n mod partition count, so
 * that in a new topic the place of a record follows from its partition and offset. Idempotent: a
 * retry writes nothing twice. No record is lost silently: the first that fails stops the rest.
 */
public final class DocumentPublisher implements AutoCloseable {

  private static final String MAX_BLOCK_MILLIS = "20000";

  private final PipelineConfig config;
  private final Pace pace;
  private final LongConsumer progress;
  private final String topic;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong written = new AtomicLong();
  private final AtomicReference<PublishException> failure = new AtomicReference<>();

  private long sent;

  private DocumentPublisher(
      PipelineConfig config, Pace pace, LongConsumer progress, int partitions) {
    this.config = config;
    this.pace = pace;
    this.progress = progress;
    this.topic = Topic.DOCUMENTS.name(config.topicPrefix());
    this.partitions = partitions;
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // A broker takes any first sequence number of a producer it does not know: were the first batch
    // of a new topic to fail and the second not, the retry of the first would be refused for ever.
    properties.setProperty(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A publisher as fast as it goes, that tells nobody how far it is. */
  public static DocumentPublisher open(PipelineConfig config) throws InterruptedException {
    return open(config, Pace.UNBOUNDED, sent -> {});
  }

  /**
   * Connects to Kafka.
   *
   * @param progress is told the number of records sent so far, after each
   * @throws KafkaFailureException if Kafka does not answer or lacks the topic
   */
  public static DocumentPublisher open(PipelineConfig config, Pace pace, LongConsumer progress)
      throws InterruptedException {
    var topic = Topic.DOCUMENTS.name(config.topicPrefix());
    try (var admin = KafkaClients.admin(config)) {
      var described =
          KafkaCalls.await(config, admin.describeTopics(List.of(topic)).allTopicNames());
      return new DocumentPublisher(
          config, pace, progress, described.get(topic).partitions().size());
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    }
  }

  /**
   * Sends records and waits until Kafka has them all. May be called again; the partitions go on
   * where they were.
   *
   * @return number of records
   * @throws PublishException if one could not be written
   */
  public long publish(Iterator<FileRecord> records) throws InterruptedException {
    long before = sent;
    while (records.hasNext() && failure.get() == null) {
      var record = records.next();
      pace.await();
      send(record);
      progress.accept(sent);
    }
    flush();
    if (failure.get() != null) {
      throw failure.get();
    }
    return sent - before;
  }

  /** The topic that is written. */
  public String topic() {
    return topic;
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(FileRecord record) throws InterruptedException {
    int partition = (int) (sent % partitions);
    sent++;
    try {
      producer.send(
          new ProducerRecord<>(
              topic, partition, null, record.key(), record.value(), headers(record)),
          (metadata, exception) -> {
            if (exception == null) {
              written.incrementAndGet();
            } else {
              failure.compareAndSet(null, failed(record, exception));
            }
          });
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      failure.compareAndSet(null, failed(record, e));
    }
  }

  private void flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw new InterruptedException();
    }
  }

  private PublishException failed(FileRecord record, Exception cause) {
    return new PublishException(
        record.place() + " was not published" + reason(record, cause) + progressNote(), cause);
  }

  private String reason(FileRecord record, Exception cause) {
    if (cause instanceof RecordTooLargeException) {
      int bytes = record.value() == null ? 0 : record.value().length;
      return ": it has "
          + bytes
          + " bytes, more than "
          + topic
          + " takes: split the document or raise the topic's max.message.bytes";
    }
    if (cause instanceof TimeoutException) {
      return ": Kafka at " + config.bootstrap() + " stopped answering";
    }
    return ": " + KafkaCalls.failure(config, cause).getMessage();
  }

  private String progressNote() {
    return " (in the topic so far: " + written.get() + " records)";
  }

  private static List<Header> headers(FileRecord record) {
    var headers = new ArrayList<Header>(record.headers().size());
    record.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
    return headers;
  }
}
