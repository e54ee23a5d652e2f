package io.github.wenliu.operators.newword;

/**
 * What is known of the extensions of an n-gram by one symbol, in one direction. A function of their
 * counts, whatever their order, but for {@link #mostSymbol} of several that are equally frequent:
 * the first one. Reused.
 */
final class Extensions {

  /** Phi over the counts, summed. */
  long sum;

  /** The count of the most frequent one. */
  long most;

  /** What the most frequent one adds. */
  int mostSymbol;

  /** How many there are. */
  long different;

  /** How many of them occur once. */
  long once;

  /** Their occurrences; those of the n-gram that are not extended stand at an edge. */
  long occurrences;

  /** {@link Phi#log} of how often the symbols occur that they add, summed over occurrences. */
  long chance;

  private final SymbolLogs logs;

  /** For what was counted elsewhere: nothing can be added. */
  Extensions() {
    this(null);
  }

  /**
   * @param logs of the symbols that extensions add
   */
  Extensions(SymbolLogs logs) {
    this.logs = logs;
  }

  /** Takes in an extension. */
  void add(int symbol, long count) {
    sum += Phi.of(count);
    if (count > most) {
      most = count;
      mostSymbol = symbol;
    }
    different++;
    if (count == 1) {
      once++;
    }
    occurrences += count;
    chance += count * logs.of(symbol);
  }

  void clear() {
    sum = 0;
    most = 0;
    mostSymbol = 0;
    different = 0;
    once = 0;
    occurrences = 0;
    chance = 0;
  }

  void set(Extensions other) {
    sum = other.sum;
    most = other.most;
    mostSymbol = other.mostSymbol;
    different = other.different;
    once = other.once;
    occurrences = other.occurrences;
    chance = other.chance;
  }
}
