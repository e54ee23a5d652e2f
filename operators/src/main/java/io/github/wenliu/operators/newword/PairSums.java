package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;

/**
 * For each symbol {@link Phi} summed over the different pairs that begin with it in one direction:
 * with its count, the entropy of what stands beside it anywhere. Each shard has some of a symbol's
 * pairs, and no two shards have the same one; so the sums of all shards, added up in any order, are
 * those of the channel. Not thread-safe.
 */
final class PairSums {

  private final Int2LongOpenHashMap characters = new Int2LongOpenHashMap();
  private final Object2LongOpenHashMap<String> runs = new Object2LongOpenHashMap<>();

  /**
   * Takes in a pair.
   *
   * @param symbol with which it begins
   * @param run the run's characters, if the symbol is one
   * @param count its occurrences
   */
  void addPair(int symbol, String run, long count) {
    if (count > 1) {
      add(symbol, run, Phi.of(count));
    }
  }

  private void add(int symbol, String run, long sum) {
    if (symbol < SymbolCodes.FIRST_RUN) {
      characters.addTo(symbol, sum);
    } else {
      runs.addTo(run, sum);
    }
  }

  /**
   * The sum of a symbol's pairs, 0 for one that is not known.
   *
   * @param run the run's characters, if the symbol is one
   */
  long of(int symbol, String run) {
    return symbol < SymbolCodes.FIRST_RUN ? characters.get(symbol) : runs.getLong(run);
  }

  /** Adds what {@link #toByteArray} packed. */
  void add(byte[] packed) {
    var names = new RunNames();
    var in = new PackedReader(packed, names);
    while (!in.isAtEnd()) {
      int symbol = in.readSymbol();
      add(symbol, names.name(symbol), in.readCount());
    }
  }

  /**
   * Packs the sums of symbols that occur often enough, in some seven bytes each.
   *
   * @param counts of the symbols
   */
  byte[] toByteArray(SymbolCounts counts, long minCount) {
    var out = new PackedWriter();
    characters
        .int2LongEntrySet()
        .fastForEach(
            entry -> {
              if (counts.of(entry.getIntKey(), null).all() >= minCount) {
                out.writeSymbol(entry.getIntKey(), null);
                out.writeCount(entry.getLongValue());
              }
            });
    runs.object2LongEntrySet()
        .fastForEach(
            entry -> {
              if (counts.of(SymbolCodes.FIRST_RUN, entry.getKey()).all() >= minCount) {
                out.writeSymbol(SymbolCodes.FIRST_RUN, entry.getKey());
                out.writeCount(entry.getLongValue());
              }
            });
    return out.toByteArray();
  }
}
