package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record ready to be written: nothing but bytes.
 *
 * @param key record key, or {@code null}
 * @param value record value, or {@code null} for a tombstone
 * @param headers record headers in their order
 */
public record OutgoingRecord(byte[] key, byte[] value, List<Header> headers) {

  /**
   * What a batch of one record needs beside key, value and headers; rounded up from Kafka's format.
   */
  private static final int BATCH_OVERHEAD = 128;

  private static final int HEADER_OVERHEAD = 10;

  public OutgoingRecord {
    headers = List.copyOf(headers);
  }

  /** Upper bound of the record's size in a batch of its own, uncompressed, in bytes. */
  public long size() {
    long size = BATCH_OVERHEAD + length(key) + length(value);
    for (Header header : headers) {
      size += HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length;
      size += length(header.value());
    }
    return size;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
