package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;

/** How often each symbol occurs. Not thread-safe. */
final class SymbolCounts {

  private final Int2LongOpenHashMap characters = new Int2LongOpenHashMap();
  private final Object2LongOpenHashMap<String> runs = new Object2LongOpenHashMap<>();
  private long total;

  /** The occurrences of all symbols. */
  long total() {
    return total;
  }

  boolean isEmpty() {
    return total == 0;
  }

  /**
   * @param run the run's characters, if the code stands for one
   */
  long count(int code, String run) {
    return code < SymbolCodes.FIRST_RUN ? characters.get(code) : runs.getLong(run);
  }

  void add(int code, String run, long count) {
    if (code < SymbolCodes.FIRST_RUN) {
      characters.addTo(code, count);
    } else {
      runs.addTo(run, count);
    }
    total += count;
  }

  /** Counts the symbols of a text. */
  void add(SymbolCodes text) {
    for (int i = 0; i < text.length(); i++) {
      int code = text.code(i);
      if (code != SymbolCodes.BREAK) {
        add(code, code < SymbolCodes.FIRST_RUN ? null : text.run(code), 1);
      }
    }
  }

  /** Adds what {@link #toByteArray} packed. */
  void add(byte[] packed) {
    var names = new RunNames();
    var reader = new PackedReader(packed, names);
    while (!reader.isAtEnd()) {
      int code = reader.readSymbol();
      add(code, names.name(code), reader.readCount());
    }
  }

  /** Packs the symbols that occur at least so often. */
  byte[] toByteArray(long minCount) {
    var out = new PackedWriter();
    characters
        .int2LongEntrySet()
        .fastForEach(
            entry -> {
              if (entry.getLongValue() >= minCount) {
                out.writeSymbol(entry.getIntKey(), null);
                out.writeCount(entry.getLongValue());
              }
            });
    runs.object2LongEntrySet()
        .fastForEach(
            entry -> {
              if (entry.getLongValue() >= minCount) {
                out.writeSymbol(SymbolCodes.FIRST_RUN, entry.getKey());
                out.writeCount(entry.getLongValue());
              }
            });
    return out.toByteArray();
  }

  void clear() {
    characters.clear();
    runs.clear();
    total = 0;
  }
}
