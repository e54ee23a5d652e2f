package io.github.wenliu.operators.document;

import java.util.List;

/**
 * A record as it was read from Kafka, untouched: what a dead letter gives back.
 *
 * @param topic topic it was read from
 * @param partition partition of that topic
 * @param offset offset in that partition
 * @param appendMillis the broker's append time in epoch milliseconds
 * @param key original key, or {@code null}
 * @param value original value, or {@code null}
 * @param headers original headers in their order
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long appendMillis,
    byte[] key,
    byte[] value,
    List<Header> headers) {

  public RawRecord {
    if (topic == null || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "topic, partition, offset are " + topic + ", " + partition + ", " + offset);
    }
    headers = List.copyOf(headers);
  }

  /** The internal key of everything that comes from this record: {@code topic-partition-offset}. */
  public String origin() {
    return topic + "-" + partition + "-" + offset;
  }
}
