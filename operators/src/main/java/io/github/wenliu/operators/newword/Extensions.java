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

  /**
   * Takes in an extension.
   *
   * @param log {@link Phi#log} of how often the symbol occurs
   */
  void add(int symbol, long count, long log) {
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
    chance += count * log;
  }

  /** Takes in extensions that are too rare to be the most frequent of a word, and not named. */
  void addRare(
      long sumOfRare,
      long mostOfRare,
      long differentRare,
      long onceOfRare,
      long rareOccurrences,
      long chanceOfRare) {
    sum += sumOfRare;
    most = Math.max(most, mostOfRare);
    different += differentRare;
    once += onceOfRare;
    occurrences += rareOccurrences;
    chance += chanceOfRare;
  }
}
