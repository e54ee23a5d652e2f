package io.github.wenliu.models.text;

import java.util.Map;

/**
 * What words look like that no lexicon lists: which characters they begin with, hold inside and end
 * with, and how long they are, counted on words that were seen once or twice.
 *
 * <p>The cost of a word is that of being unknown, of its length, and of each character in its
 * place, each with a little left over for what was never seen.
 */
final class UnknownWords {
  /** Characters of the longest word that the model builds. */
  static final int LONGEST = 4;

  static final int FIRST = 0;
  static final int INSIDE = 1;
  static final int LAST = 2;
  static final int PLACES = 3;

  private static final int FROM = 0x3400;
  private static final int TO = 0xA000;
  private static final double UNSEEN = 0.3;
  private static final int ALPHABET = 7000;

  /** Cost of character {@code c} in a place: {@code costs[(c - FROM) * PLACES + place]}. */
  private final int[] costs;

  /** Cost of being an unknown word of so many characters. */
  private final int[] lengths;

  private UnknownWords(int[] costs, int[] lengths) {
    this.costs = costs;
    this.lengths = lengths;
  }

  /**
   * @param characters for each character how often it is first, inside and last
   * @param lengths how many words have so many characters
   * @param total how many words there were in all, known ones included
   */
  static UnknownWords of(Map<Character, long[]> characters, long[] lengths, long total) {
    double[] sums = new double[PLACES];
    characters.values().forEach(n -> addTo(sums, n));
    int[] costs = new int[(TO - FROM) * PLACES];
    for (int c = FROM; c < TO; c++) {
      long[] counts = characters.getOrDefault((char) c, new long[PLACES]);
      for (int place = 0; place < PLACES; place++) {
        double probability = (counts[place] + UNSEEN) / (sums[place] + UNSEEN * ALPHABET);
        costs[(c - FROM) * PLACES + place] = cost(probability);
      }
    }
    int[] lengthCosts = new int[LONGEST + 1];
    for (int length = 2; length <= LONGEST; length++) {
      lengthCosts[length] = cost(Math.max(UNSEEN, lengths[length]) / Math.max(1, total));
    }
    return new UnknownWords(costs, lengthCosts);
  }

  private static void addTo(double[] sums, long[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }

  private static int cost(double probability) {
    return (int) Math.round(-StrictMath.log(probability) * Segmenter.NAT);
  }

  /** Whether the model says anything about a character: a Han character of the basic plane. */
  static boolean covers(char c) {
    return c >= FROM && c < TO;
  }

  int cost(char c, int place) {
    return costs[(c - FROM) * PLACES + place];
  }

  int cost(int length) {
    return lengths[length];
  }
}
