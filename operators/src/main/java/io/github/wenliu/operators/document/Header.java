package io.github.wenliu.operators.document;

/**
 * One header of a Kafka record.
 *
 * @param key name of the header
 * @param value its bytes, or {@code null} as Kafka allows
 */
public record Header(String key, byte[] value) {

  public Header {
    if (key == null) {
      throw new IllegalArgumentException("key is null");
    }
  }
}
