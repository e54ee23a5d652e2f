package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Distinct windows with their counts, sorted, as bytes. Each window is written as what differs from
 * the one before: a byte with the number of symbols they share, of symbols that follow, and whether
 * there is a count of more than one; then these symbols, then the count. A Latin run is written out
 * once. About seven bytes a window of Chinese text.
 */
final class WindowRun extends WindowCursor {

  static final byte[] EMPTY = {};

  private static final int LENGTH_SHIFT = 3;
  private static final int LENGTH_MASK = 7;
  private static final int HAS_COUNT = 1 << 6;

  private final PackedReader reader;

  WindowRun(byte[] bytes, RunNames runs) {
    this.reader = new PackedReader(bytes, runs);
  }

  @Override
  boolean advance() {
    if (reader.isAtEnd()) {
      return false;
    }
    int head = reader.readByte();
    int shared = head & LENGTH_MASK;
    length = shared + (head >>> LENGTH_SHIFT & LENGTH_MASK);
    for (int k = shared; k < length; k++) {
      symbols[k] = reader.readSymbol();
    }
    count = (head & HAS_COUNT) == 0 ? 1 : reader.readCount();
    return true;
  }

  /** Takes windows in ascending order. */
  interface Sink {

    void accept(int[] symbols, int length, long count);
  }

  /** Hands the windows of both to a sink, in order, counts of equal ones added up. */
  static void merge(WindowCursor left, WindowCursor right, RunNames runs, Sink sink) {
    boolean hasLeft = left.advance();
    boolean hasRight = right.advance();
    while (hasLeft || hasRight) {
      int order = !hasRight ? -1 : !hasLeft ? 1 : compare(left, right, runs);
      if (order == 0) {
        sink.accept(left.symbols, left.length, left.count + right.count);
        hasLeft = left.advance();
        hasRight = right.advance();
      } else if (order < 0) {
        sink.accept(left.symbols, left.length, left.count);
        hasLeft = left.advance();
      } else {
        sink.accept(right.symbols, right.length, right.count);
        hasRight = right.advance();
      }
    }
  }

  private static int compare(WindowCursor left, WindowCursor right, RunNames runs) {
    int[] a = left.symbols;
    int[] b = right.symbols;
    int end = Math.min(left.length, right.length);
    for (int k = 0; k < end; k++) {
      if (a[k] != b[k]) {
        return runs.compare(a[k], b[k]);
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /** Packs windows that come in ascending order. */
  static final class Writer implements Sink {

    private final PackedWriter out = new PackedWriter();
    private final RunNames runs;
    private final int[] before = new int[Ngrams.MAX_ORDER];
    private int beforeLength;

    /** The numbers of the runs that were written; {@code null} until there is one. */
    private Int2IntOpenHashMap written;

    Writer(RunNames runs) {
      this.runs = runs;
    }

    @Override
    public void accept(int[] symbols, int length, long count) {
      int shared = 0;
      int end = Math.min(length, beforeLength);
      while (shared < end && symbols[shared] == before[shared]) {
        shared++;
      }
      out.writeByte(shared | length - shared << LENGTH_SHIFT | (count > 1 ? HAS_COUNT : 0));
      for (int k = shared; k < length; k++) {
        write(symbols[k]);
        before[k] = symbols[k];
      }
      beforeLength = length;
      if (count > 1) {
        out.writeCount(count);
      }
    }

    /** A run's characters are written once; most runs occur in many windows. */
    private void write(int symbol) {
      if (symbol < SymbolCodes.FIRST_RUN) {
        out.writeSymbol(symbol, null);
        return;
      }
      if (written == null) {
        written = new Int2IntOpenHashMap();
      }
      int number = written.getOrDefault(symbol, -1);
      if (number >= 0) {
        out.writeRunAgain(number);
      } else {
        written.put(symbol, written.size());
        out.writeSymbol(symbol, runs.name(symbol));
      }
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
