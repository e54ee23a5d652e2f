package io.github.wenliu.operators.envelope;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link PackedOutput} wrote. Not thread-safe. */
public final class PackedInput {

  private static final int BYTE_MASK = 0xFF;
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int at;
  private char[] units = new char[0];

  /** Where to put so many bytes, from the start, to have them read from there. */
  public byte[] buffer(int length) {
    if (length > bytes.length || bytes.length > PackedOutput.KEPT) {
      bytes = new byte[length];
    }
    at = 0;
    return bytes;
  }

  /** How far it has been read. */
  int position() {
    return at;
  }

  long readCount() {
    byte next = bytes[at++];
    if (next >= 0) {
      return next;
    }
    long count = next & PackedOutput.COUNT_MASK;
    int shift = PackedOutput.COUNT_BITS;
    do {
      next = bytes[at++];
      count |= (long) (next & PackedOutput.COUNT_MASK) << shift;
      shift += PackedOutput.COUNT_BITS;
    } while (next < 0);
    return count;
  }

  public int readSize() {
    return (int) readCount();
  }

  public long readSigned() {
    long count = readCount();
    return count >>> 1 ^ -(count & 1);
  }

  public double readDouble() {
    long bits = 0;
    for (int i = 0; i < Double.BYTES; i++) {
      bits |= (long) (bytes[at++] & BYTE_MASK) << i * Byte.SIZE;
    }
    return Double.longBitsToDouble(bits);
  }

  public byte[] readBytes() {
    int size = readSize();
    byte[] value = Arrays.copyOfRange(bytes, at, at + size);
    at += size;
    return value;
  }

  public String readString() {
    long head = readCount();
    int size = (int) (head >>> 1);
    return (head & 1) == 0 ? readNarrow(size) : readWide(size);
  }

  private String readNarrow(int size) {
    var value = new String(bytes, at, size, StandardCharsets.ISO_8859_1);
    at += size;
    return value;
  }

  private String readWide(int size) {
    if (size > units.length) {
      units = new char[Math.max(size, 2 * units.length)];
    }
    ByteBuffer.wrap(bytes, at, size * Character.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer()
        .get(units, 0, size);
    at += size * Character.BYTES;
    return new String(units, 0, size);
  }
}
