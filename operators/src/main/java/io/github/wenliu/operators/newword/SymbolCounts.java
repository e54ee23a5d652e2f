package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each symbol occurs, and how often at the edges of what is unbroken: with nothing, or a
 * break, before or behind it. Not thread-safe.
 */
final class SymbolCounts {

  /** The counts of one symbol. */
  static final class Count {

    private static final Count NONE = new Count();

    private long all;
    private long starts;
    private long ends;

    /** All occurrences. */
    long all() {
      return all;
    }

    /** Those with nothing before them. */
    long starts() {
      return starts;
    }

    /** Those with nothing behind them. */
    long ends() {
      return ends;
    }
  }

  private final Int2ObjectOpenHashMap<Count> characters = new Int2ObjectOpenHashMap<>();
  private final Map<String, Count> runs = new HashMap<>();
  private long total;

  /** The occurrences of all symbols. */
  long total() {
    return total;
  }

  /**
   * The counts of a symbol, all 0 for one that is not known.
   *
   * @param run the run's characters, if the code stands for one
   */
  Count of(int code, String run) {
    var count = code < SymbolCodes.FIRST_RUN ? characters.get(code) : runs.get(run);
    return count == null ? Count.NONE : count;
  }

  /** Counts the symbols of a text. */
  void add(SymbolCodes text) {
    boolean starts = true;
    for (int i = 0; i < text.length(); i++) {
      int code = text.code(i);
      if (code == SymbolCodes.BREAK) {
        starts = true;
        continue;
      }
      boolean isLast = i + 1 == text.length() || text.code(i + 1) == SymbolCodes.BREAK;
      count(code, code < SymbolCodes.FIRST_RUN ? null : text.run(code), starts, isLast);
      starts = false;
    }
  }

  /**
   * Counts the texts of an epoch.
   *
   * @param reader of what a {@link SymbolBuffer} packed, behind the epoch
   * @param names of the reader
   * @return how many symbols they have
   */
  long addEpoch(PackedReader reader, RunNames names) {
    long before = total;
    while (!reader.isAtEnd() && reader.peekByte() != WindowBuffers.EPOCH) {
      long length = reader.readCount();
      for (long k = 0; k < length; k++) {
        int code = reader.readSymbol();
        count(code, names.name(code), k == 0, k + 1 == length);
      }
    }
    return total - before;
  }

  /** Adds what {@link #toByteArray} packed. */
  void add(byte[] packed) {
    var names = new RunNames();
    var reader = new PackedReader(packed, names);
    while (!reader.isAtEnd()) {
      int code = reader.readSymbol();
      var count = counted(code, names.name(code));
      long all = reader.readCount();
      count.all += all;
      count.starts += reader.readCount();
      count.ends += reader.readCount();
      total += all;
    }
  }

  private void count(int code, String run, boolean starts, boolean ends) {
    total++;
    var count = counted(code, run);
    count.all++;
    count.starts += starts ? 1 : 0;
    count.ends += ends ? 1 : 0;
  }

  private Count counted(int code, String run) {
    if (code >= SymbolCodes.FIRST_RUN) {
      return runs.computeIfAbsent(run, unused -> new Count());
    }
    var count = characters.get(code);
    if (count == null) {
      count = new Count();
      characters.put(code, count);
    }
    return count;
  }

  /** Packs the symbols that occur at least so often. */
  byte[] toByteArray(long minCount) {
    var out = new PackedWriter();
    characters
        .int2ObjectEntrySet()
        .fastForEach(entry -> write(out, entry.getIntKey(), null, entry.getValue(), minCount));
    runs.forEach((run, count) -> write(out, SymbolCodes.FIRST_RUN, run, count, minCount));
    return out.toByteArray();
  }

  private static void write(PackedWriter out, int code, String run, Count count, long minCount) {
    if (count.all >= minCount) {
      out.writeSymbol(code, run);
      out.writeCount(count.all);
      out.writeCount(count.starts);
      out.writeCount(count.ends);
    }
  }
}
