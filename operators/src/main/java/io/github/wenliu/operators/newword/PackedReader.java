package io.github.wenliu.operators.newword;

import java.util.Arrays;

/** Reads what a {@link PackedWriter} wrote. */
final class PackedReader {

  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xFF;
  private static final int COUNT_BITS = 7;
  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  private static final int SURROGATE_MASK = 0xFC;
  private static final int HIGH_SURROGATE = 0xD8;

  private final byte[] bytes;
  private final RunNames runs;
  private final int end;
  private int at;

  /**
   * @param runs gives numbers to the runs that are met
   */
  PackedReader(byte[] bytes, RunNames runs) {
    this(bytes, 0, bytes.length, runs);
  }

  /** Reads a part. */
  PackedReader(byte[] bytes, int from, int to, RunNames runs) {
    this.bytes = bytes;
    this.runs = runs;
    this.at = from;
    this.end = to;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int position() {
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  int readByte() {
    return bytes[at++] & BYTE_MASK;
  }

  /** The next byte, which will be read again. */
  int peekByte() {
    return bytes[at] & BYTE_MASK;
  }

  long readCount() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (long) (next & COUNT_MASK) << shift;
      shift += COUNT_BITS;
    } while (next < 0);
    return value;
  }

  long readLong() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << BYTE_BITS | readByte();
    }
    return value;
  }

  int readSymbol() {
    int unit = readUnit();
    if (unit == PackedWriter.RUN) {
      return runs.code(readRun());
    }
    return Character.isHighSurrogate((char) unit)
        ? Character.toCodePoint((char) unit, (char) readUnit())
        : unit;
  }

  /** The characters of a run that was read, {@code null} for a code point. */
  String run(int symbol) {
    return runs.name(symbol);
  }

  /** The next symbol's characters. */
  void readSymbol(StringBuilder into) {
    int unit = readUnit();
    if (unit == PackedWriter.RUN) {
      into.append(readRun());
    } else {
      into.append((char) unit);
      if (Character.isHighSurrogate((char) unit)) {
        into.append((char) readUnit());
      }
    }
  }

  byte[] readBytes(int length) {
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void skipBytes(int count) {
    at += count;
  }

  /** Skips symbols that are written out, as in a batch of windows. */
  void skipSymbols(int count) {
    int next = at;
    for (int i = 0; i < count; i++) {
      byte high = bytes[next];
      if ((high & SURROGATE_MASK) == HIGH_SURROGATE) {
        next += 4;
      } else if (high == 0 && bytes[next + 1] == PackedWriter.RUN) {
        next += 3 + 2 * (bytes[next + 2] & BYTE_MASK);
      } else {
        next += 2;
      }
    }
    at = next;
  }

  /** The characters of a run. */
  String readRun() {
    char[] characters = new char[readByte()];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) readUnit();
    }
    return new String(characters);
  }

  private int readUnit() {
    int unit = (bytes[at] & BYTE_MASK) << BYTE_BITS | bytes[at + 1] & BYTE_MASK;
    at += 2;
    return unit;
  }
}
