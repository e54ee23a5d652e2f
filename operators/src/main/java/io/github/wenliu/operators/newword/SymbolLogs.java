package io.github.wenliu.operators.newword;

/**
 * The logarithms of the occurrences of symbols, as whole numbers, so that their sums do not depend
 * on the order of summation. A symbol that is rarer than a candidate counts as if it were as
 * frequent as one: a version does not tell how often it occurs. Not thread-safe.
 */
final class SymbolLogs {

  private static final int CHARACTERS = 1 << 16;

  private final int minCount;
  private final SymbolCounts counts;

  /** Of each character of the basic plane, 0 until it was asked for. */
  private final int[] characters = new int[CHARACTERS];

  private RunNames runs;

  /**
   * @param minCount occurrences below which nothing is a candidate
   */
  SymbolLogs(int minCount, SymbolCounts counts) {
    this.minCount = minCount;
    this.counts = counts;
  }

  /** Begins with a piece of work that numbers Latin runs so. */
  void start(RunNames names) {
    runs = names;
  }

  /** {@link Phi#log} of a symbol's occurrences. */
  int of(int symbol) {
    if (symbol >= CHARACTERS) {
      return look(symbol);
    }
    if (characters[symbol] == 0) {
      characters[symbol] = look(symbol);
    }
    return characters[symbol];
  }

  private int look(int symbol) {
    return Phi.log(Math.max(minCount, counts.of(symbol, runs.name(symbol)).all()));
  }
}
