package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.Headers;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the topic of dead letters, read by its headers.
 *
 * @param key original key, or {@code null}
 * @param value original value, or {@code null}
 * @param headers all headers, the original ones first
 */
record StoredLetter(byte[] key, byte[] value, List<Header> headers) {

  /** Origin of the first letter that a record sent again comes from. */
  static final String REDRIVEN_FROM = "wenliu.redriven-from";

  private static final String NONE = "-";

  static StoredLetter of(ConsumerRecord<byte[], byte[]> record) {
    var headers = new ArrayList<Header>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return new StoredLetter(record.key(), record.value(), List.copyOf(headers));
  }

  /** Whether the job wrote it: only then it says where it belongs. */
  boolean isComplete() {
    return text(Headers.ORIGIN) != null && topic() != null && partition() >= 0;
  }

  /** Whether it was too large for its topic and came without its value. */
  boolean lacksValue() {
    return text(Headers.VALUE_OMITTED) != null;
  }

  /** {@code topic-partition-offset} of the record that was turned away. */
  String origin() {
    return orNone(Headers.ORIGIN);
  }

  /** Origin of the first letter in the line of attempts that this one ends. */
  String root() {
    var from = text(REDRIVEN_FROM);
    return from == null ? origin() : from;
  }

  String errorClass() {
    return orNone(Headers.ERROR_CLASS);
  }

  String stage() {
    return orNone(Headers.ERROR_STAGE);
  }

  String message() {
    return orNone(Headers.ERROR_EXCEPTION_MESSAGE);
  }

  /** Topic that it belongs to. */
  String topic() {
    return text(Headers.ERROR_TOPIC);
  }

  /** Partition that it came from, or -1. */
  int partition() {
    return (int) number(Headers.ERROR_PARTITION, -1);
  }

  /** How often it has been sent again. */
  int attempts() {
    return (int) number(Headers.ATTEMPT, 0);
  }

  /** Bytes of the original value. */
  int size() {
    return value == null ? 0 : value.length;
  }

  /** One line for people. */
  String summary() {
    return "%-26s %-13s %-8s %8d %9d  %s"
        .formatted(origin(), errorClass(), stage(), attempts(), size(), message());
  }

  /** Heads the lines of {@link #summary()}. */
  static String heading() {
    return "%-26s %-13s %-8s %8s %9s  %s"
        .formatted("ORIGIN", "CLASS", "STAGE", "ATTEMPTS", "BYTES", "MESSAGE");
  }

  private String text(String header) {
    return Headers.text(headers, header);
  }

  private String orNone(String header) {
    var text = text(header);
    return text == null ? NONE : RecordText.shown(text);
  }

  private long number(String header, long fallback) {
    try {
      var text = text(header);
      return text == null ? fallback : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return fallback;
    }
  }
}
