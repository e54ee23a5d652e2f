package io.github.wenliu.operators.envelope;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow. A whole number takes seven bits a byte, lowest first; one that may be negative
 * has its sign in the lowest bit. A string takes a byte a UTF-16 unit if all of them are Latin-1,
 * else two, so that any string survives, half surrogate pairs included. Not thread-safe.
 */
public final class PackedOutput {

  static final int COUNT_BITS = 7;
  static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
  private static final int LATIN_1 = 0xFF;

  /** A buffer that grew beyond is given up at the next use. */
  static final int KEPT = 1 << 20;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int LONGEST_COUNT = 10;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;
  private char[] units = new char[FIRST_CAPACITY];

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST_CAPACITY];
      units = new char[FIRST_CAPACITY];
    }
  }

  /** A whole number, best not negative. */
  public void writeCount(long count) {
    room(LONGEST_COUNT);
    long rest = count;
    while ((rest & ~COUNT_MASK) != 0) {
      bytes[length++] = (byte) (rest | COUNT_MASK + 1);
      rest >>>= COUNT_BITS;
    }
    bytes[length++] = (byte) rest;
  }

  /** A whole number of either sign. */
  public void writeSigned(long number) {
    writeCount(number << 1 ^ number >> Long.SIZE - 1);
  }

  public void writeDouble(double number) {
    room(Double.BYTES);
    long bits = Double.doubleToRawLongBits(number);
    for (int i = 0; i < Double.BYTES; i++) {
      bytes[length++] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
  }

  public void writeBytes(byte[] value) {
    writeCount(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  public void writeString(String value) {
    int head = length;
    writeCount((long) value.length() << 1);
    if (!writeNarrow(value)) {
      bytes[head] |= 1;
      writeWide(value);
    }
  }

  /** Writes a byte a unit, or nothing if that does not do. */
  private boolean writeNarrow(String value) {
    int size = value.length();
    room(size);
    for (int i = 0; i < size; i++) {
      char unit = value.charAt(i);
      if (unit > LATIN_1) {
        return false;
      }
      bytes[length + i] = (byte) unit;
    }
    length += size;
    return true;
  }

  private void writeWide(String value) {
    int size = value.length();
    if (size > units.length) {
      units = new char[Math.max(size, 2 * units.length)];
    }
    value.getChars(0, size, units, 0);
    room(size * Character.BYTES);
    ByteBuffer.wrap(bytes, length, size * Character.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer()
        .put(units, 0, size);
    length += size * Character.BYTES;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
