package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;
import java.util.List;

/** The windows of some batches, sorted and counted. */
final class PendingWindows extends WindowCursor {

  /** Bits of a symbol in a key; three symbols in each of its two words. */
  private static final int SYMBOL_BITS = 21;

  private static final int HALF = Ngrams.MAX_ORDER / 2;
  private static final long SYMBOL_MASK = (1L << SYMBOL_BITS) - 1;

  /** Window {@code i} as two words: symbols from the highest bits on, 0 after the last one. */
  private long[] high = new long[64];

  private long[] low = new long[64];
  private int size;
  private int at;

  private PendingWindows() {}

  /**
   * Reads batches.
   *
   * @param batches as {@link WindowBuffers} packs them
   * @param runs new, for this piece of work
   */
  static PendingWindows of(List<byte[]> batches, RunNames runs) {
    var pending = new PendingWindows();
    for (byte[] batch : batches) {
      pending.read(new PackedReader(batch, runs));
    }
    if (runs.size() > 1) {
      pending.sortRuns(runs);
    }
    LongArrays.quickSort(
        pending.high = Arrays.copyOf(pending.high, pending.size),
        pending.low = Arrays.copyOf(pending.low, pending.size));
    return pending;
  }

  /** Renumbers the runs so that numbers are in the order of the runs' characters. */
  private void sortRuns(RunNames runs) {
    int[] sorted = runs.sort();
    for (int i = 0; i < size; i++) {
      high[i] = renumbered(high[i], sorted);
      low[i] = renumbered(low[i], sorted);
    }
  }

  private static long renumbered(long word, int[] sorted) {
    long result = 0;
    for (int shift = (HALF - 1) * SYMBOL_BITS; shift >= 0; shift -= SYMBOL_BITS) {
      int symbol = (int) (word >>> shift & SYMBOL_MASK);
      boolean isRun = symbol >= SymbolCodes.FIRST_RUN;
      result = result << SYMBOL_BITS | (isRun ? sorted[symbol - SymbolCodes.FIRST_RUN] : symbol);
    }
    return result;
  }

  private void read(PackedReader reader) {
    while (!reader.isAtEnd()) {
      if (reader.peekByte() == WindowBuffers.EPOCH) {
        WindowBuffers.readEpoch(reader);
      } else {
        add(reader);
      }
    }
  }

  private void add(PackedReader reader) {
    if (size == high.length) {
      high = Arrays.copyOf(high, 2 * size);
      low = Arrays.copyOf(low, 2 * size);
    }
    int symbolCount = reader.readByte();
    long first = 0;
    long second = 0;
    for (int k = 0; k < Ngrams.MAX_ORDER; k++) {
      long symbol = k < symbolCount ? reader.readSymbol() : 0;
      if (k < HALF) {
        first = first << SYMBOL_BITS | symbol;
      } else {
        second = second << SYMBOL_BITS | symbol;
      }
    }
    high[size] = first;
    low[size++] = second;
  }

  @Override
  boolean advance() {
    if (at == size) {
      return false;
    }
    int from = at;
    long first = high[at];
    long second = low[at];
    do {
      at++;
    } while (at < size && high[at] == first && low[at] == second);
    count = at - from;
    length = 0;
    for (int k = 0; k < Ngrams.MAX_ORDER; k++) {
      long word = k < HALF ? first : second;
      int symbol = (int) (word >>> (HALF - 1 - k % HALF) * SYMBOL_BITS & SYMBOL_MASK);
      symbols[k] = symbol;
      if (symbol != SymbolCodes.BREAK) {
        length++;
      }
    }
    return true;
  }
}
