package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to their topics. A letter and its mark are written in one transaction, so
 * that no crash sends one twice; a second redrive of the same job ends the first.
 */
final class RedriveProducer implements AutoCloseable {

  private static final int LETTERS_PER_TRANSACTION = 100;
  private static final long TRANSACTION_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String MAX_BLOCK_MILLIS = "20000";

  private final PipelineConfig config;
  private final RedriveMarks marks;
  private final KafkaProducer<byte[], byte[]> producer;

  private int open;
  private long openedNanos;

  private RedriveProducer(PipelineConfig config, RedriveMarks marks) {
    this.config = config;
    this.marks = marks;
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.jobName() + "-dlq-redrive");
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Opens a producer and waits until no other redrive of this job can write any more. */
  static RedriveProducer begin(PipelineConfig config, RedriveMarks marks) {
    var opened = new RedriveProducer(config, marks);
    try {
      opened.producer.initTransactions();
      return opened;
    } catch (KafkaException e) {
      opened.producer.close(Duration.ZERO);
      throw KafkaCalls.failure(config, e);
    }
  }

  /**
   * Sends one letter.
   *
   * @param value what is sent in place of the original value, which it may be
   */
  void send(StoredLetter letter, byte[] value) {
    try {
      if (open == 0) {
        producer.beginTransaction();
        openedNanos = System.nanoTime();
      }
      producer.send(record(letter, value));
      producer.send(marks.record(letter));
      open++;
      if (open == LETTERS_PER_TRANSACTION || System.nanoTime() - openedNanos > TRANSACTION_NANOS) {
        commit();
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** Makes everything that was sent visible. */
  void commit() {
    try {
      if (open > 0) {
        producer.commitTransaction();
        open = 0;
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** Ends; what was not committed was never sent. */
  @Override
  public void close() {
    try {
      if (open > 0) {
        producer.abortTransaction();
      }
    } catch (KafkaException e) {
      // The broker ends the transaction when its time is over; the failure before this one tells.
      open = 0;
    } finally {
      producer.close();
    }
  }

  private RuntimeException failure(KafkaException e) {
    var cause = e.getCause() instanceof KafkaException inner ? inner : e;
    if (cause instanceof ProducerFencedException) {
      return new IllegalStateException("another dlq redrive of " + config.jobName() + " took over");
    }
    if (cause instanceof RecordTooLargeException) {
      return new IllegalStateException(
          "a letter is larger than its topic takes: raise max.message.bytes, or send it by --origin"
              + " with --replace-value; the last "
              + open
              + " letters were not sent");
    }
    return KafkaCalls.failure(config, cause);
  }

  private static ProducerRecord<byte[], byte[]> record(StoredLetter letter, byte[] value) {
    var record = new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), value);
    for (Header header : letter.headers()) {
      if (!Headers.isOfDeadLetter(header.key()) && !header.key().equals(Headers.ATTEMPT)) {
        record.headers().add(header.key(), header.value());
      }
    }
    record
        .headers()
        .add(Headers.ATTEMPT, utf8(Integer.toString(letter.attempts() + 1)))
        .add(StoredLetter.REDRIVEN_FROM, utf8(letter.root()));
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
