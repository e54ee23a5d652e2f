package io.github.wenliu.pipeline.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, whatever the bytes are. A line ends with {@code \n} or {@code
 * \r\n}, the last one also without; a byte order mark at the start is left out.
 */
final class LineReader implements Closeable {

  /** Longest line; twice what any topic of the system takes. */
  static final int MAX_LINE_BYTES = 64 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  private int position;
  private int limit;
  private long lineNumber;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Number of the line that {@link #next()} gave, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** The bytes of the next line without its end, or {@code null} after the last. */
  byte[] next() throws IOException {
    begun.reset();
    while (true) {
      if (position == limit && !fill()) {
        return begun.size() == 0 ? null : line();
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      begun.write(buffer, position, end - position);
      if (begun.size() > MAX_LINE_BYTES) {
        throw new IOException(
            "line " + (lineNumber + 1) + " is longer than " + MAX_LINE_BYTES + " bytes");
      }
      boolean ended = end < limit;
      position = ended ? end + 1 : end;
      if (ended) {
        return line();
      }
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private byte[] line() {
    lineNumber++;
    var bytes = begun.toByteArray();
    int from = lineNumber == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    int to = bytes.length;
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
