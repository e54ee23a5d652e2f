package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.List;

/**
 * The symbols of a channel beside their state. State holds packed counts, the base, a log of what
 * was counted since, and what waits for its epoch to close; so what a checkpoint writes grows with
 * what came. Not thread-safe.
 */
final class ChannelSymbols {

  /** A log shorter than this is never folded into its base. */
  private static final int MIN_LOG_BYTES = 1 << 16;

  private final SymbolCounts counts = new SymbolCounts();

  /** What epochs that are not closed have had. */
  private final WaitingEpochs waiting = new WaitingEpochs(SymbolBuffer::skipEpoch);

  /** What was counted and is not in the log. */
  private final List<byte[]> unsaved = new ArrayList<>();

  private ChannelTotals totals;
  private long baseBytes;
  private long logBytes;

  /**
   * Reads what is in state.
   *
   * @param totals may be {@code null}
   * @param base may be {@code null}
   */
  ChannelSymbols(
      ChannelTotals totals, byte[] base, Iterable<byte[]> log, Iterable<byte[]> waiting) {
    this.totals = totals == null ? ChannelTotals.NONE : totals;
    if (base != null) {
      counts.add(base);
      baseBytes = base.length;
    }
    for (byte[] texts : log) {
      count(texts);
    }
    waiting.forEach(this.waiting::add);
  }

  ChannelTotals totals() {
    return totals;
  }

  void setTotals(ChannelTotals now) {
    totals = now;
  }

  /** The symbols of the epochs that were closed. */
  SymbolCounts counts() {
    return counts;
  }

  /** Takes in texts of any epochs. */
  void add(byte[] batch) {
    waiting.add(batch);
    totals = totals.withMore();
  }

  /** The first epoch that waits; {@code Long.MAX_VALUE} if none does. */
  long firstWaiting() {
    return waiting.first();
  }

  /** Counts the symbols of the first epoch that waits; it is closed. */
  void close() {
    var first = waiting.pollFirst();
    long symbols = 0;
    for (byte[] texts : first.getValue()) {
      symbols += count(texts);
      unsaved.add(texts);
    }
    totals = totals.plus(first.getKey(), symbols);
  }

  private long count(byte[] texts) {
    long symbols = 0;
    var names = new RunNames();
    var reader = new PackedReader(texts, names);
    while (!reader.isAtEnd()) {
      WindowBuffers.readEpoch(reader);
      symbols += counts.addEpoch(reader, names);
    }
    logBytes += texts.length;
    return symbols;
  }

  /** Whether the log has become so long that the base should be written anew. */
  boolean isBaseOld() {
    return logBytes > Math.max(MIN_LOG_BYTES, baseBytes);
  }

  /** The new base; the new log is empty. */
  byte[] pack() {
    byte[] base = counts.toByteArray(1);
    baseBytes = base.length;
    logBytes = 0;
    unsaved.clear();
    return base;
  }

  /** Takes out what has to be added to the log in state, in one piece. */
  byte[] takeUnsaved() {
    var joined = new PackedWriter();
    unsaved.forEach(joined::writeAll);
    unsaved.clear();
    return joined.toByteArray();
  }

  /** All that waits, in one piece. */
  byte[] waiting() {
    return waiting.toByteArray();
  }
}
