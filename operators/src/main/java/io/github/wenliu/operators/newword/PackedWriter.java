package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.Arrays;

/**
 * Writes n-grams and numbers into bytes that grow. A symbol is two bytes (its UTF-16 unit), four
 * beyond the first plane, and for a run of Latin letters and digits {@link #RUN}, the number of its
 * units and these. A count has seven bits a byte, lowest first.
 */
final class PackedWriter {

  /** In place of a symbol: a run follows. No normalised text contains this character. */
  static final int RUN = 1;

  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xFF;
  private static final int COUNT_BITS = 7;
  private static final int MORE = 1 << COUNT_BITS;

  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long FIRST_MIX = 0xFF51AFD7ED558CCDL;
  private static final long SECOND_MIX = 0xC4CEB9FE1A85EC53L;
  private static final int MIX_SHIFT = 33;

  private byte[] bytes = new byte[64];
  private int length;

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  void writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void writeCount(long value) {
    room(10);
    long rest = value;
    while ((rest & -MORE) != 0) {
      bytes[length++] = (byte) (rest | MORE);
      rest >>>= COUNT_BITS;
    }
    bytes[length++] = (byte) rest;
  }

  /**
   * @param run the run's characters, if the code stands for one
   */
  void writeSymbol(int code, String run) {
    if (code < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      writeUnit(code);
    } else if (code < SymbolCodes.FIRST_RUN) {
      writeUnit(Character.highSurrogate(code));
      writeUnit(Character.lowSurrogate(code));
    } else {
      writeUnit(RUN);
      writeRun(run);
    }
  }

  /** Writes the characters of a run. */
  void writeRun(String run) {
    writeByte(run.length());
    for (int i = 0; i < run.length(); i++) {
      writeUnit(run.charAt(i));
    }
  }

  /** Writes all that another has written. */
  void writeAll(PackedWriter other) {
    writeBytes(other.bytes, 0, other.length);
  }

  void writeLong(long value) {
    room(Long.BYTES);
    for (int shift = Long.SIZE - BYTE_BITS; shift >= 0; shift -= BYTE_BITS) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** The 64-bit FNV-1a hash of all that was written, its bits mixed as MurmurHash3 does. */
  long hash() {
    long hash = FNV_OFFSET;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ bytes[i] & BYTE_MASK) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> MIX_SHIFT) * FIRST_MIX;
    hash = (hash ^ hash >>> MIX_SHIFT) * SECOND_MIX;
    return hash ^ hash >>> MIX_SHIFT;
  }

  void writeAll(byte[] from) {
    writeBytes(from, 0, from.length);
  }

  /** Writes a part of some bytes. */
  void writeBytes(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  private void writeUnit(int unit) {
    room(2);
    bytes[length++] = (byte) (unit >>> BYTE_BITS);
    bytes[length++] = (byte) unit;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
