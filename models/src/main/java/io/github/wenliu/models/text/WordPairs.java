package io.github.wenliu.models.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a word costs after another, for the pairs worth knowing.
 *
 * <p>Absolute discounting [1]: a word that follows {@code left} in {@code n} of {@code N} cases has
 * the probability {@code (n - 0.7) / N + rest * P(word)}, where {@code rest} is what the discounts
 * and the pairs that are not kept leave over; any other word has {@code rest * P(word)}. {@code N}
 * is what was seen of {@code left} and 20 more, so that rare words say little.
 *
 * <p>[1] Ney, Essen, Kneser: On structuring probabilistic dependences in stochastic language
 * modelling, Computer Speech and Language 8, 1994.
 */
final class WordPairs {
  static final int NONE = Integer.MIN_VALUE;

  private static final double DISCOUNT = 0.7;
  private static final double DOUBT = 20;
  private static final int FILTER_BITS = 2;
  private static final int FILTER_PLACES = 1 << FILTER_BITS;
  private static final int COST_BITS = 16;
  private static final int NODE_BITS = 24;
  private static final long NODE_MASK = (1L << NODE_BITS) - 1;

  /** Costs are kept in 4/1024 nat, to fit their bits. */
  private static final int COST_SHIFT = 2;

  /**
   * Open addressing: {@code left << 40 | right << 16 | cost}, where left and right are nodes of the
   * lexicon's trie; 0 is a free place. The length is a power of two, at most two thirds in use.
   */
  private final long[] pairs;

  private final int shift;

  /** One bit for each place of a table four times as large, set where a pair would be. */
  private final long[] filter;

  /** What any other word costs more after the word that ends at a node; -1 if it begins no pair. */
  private final int[] others;

  private WordPairs(long[] pairs, int shift, int[] others) {
    this.pairs = pairs;
    this.shift = shift;
    this.others = others;
    this.filter = new long[pairs.length * FILTER_PLACES / Long.SIZE];
    for (long pair : pairs) {
      if (pair != 0) {
        int place = filterPlace(pair >>> COST_BITS);
        filter[place / Long.SIZE] |= 1L << place;
      }
    }
  }

  /** Cost of the right word after the left, both given by their nodes, or {@link #NONE}. */
  int cost(int left, int right) {
    long key = (long) left << NODE_BITS | right;
    int place = filterPlace(key);
    if ((filter[place / Long.SIZE] & 1L << place) == 0) {
      return NONE;
    }
    long pair = pairs[place(pairs, shift, key)];
    return pair == 0 ? NONE : (int) (pair & (1 << COST_BITS) - 1) << COST_SHIFT;
  }

  /** What a word that makes no pair with the left one costs more than alone; -1: nothing known. */
  int other(int left) {
    return others[left];
  }

  private int filterPlace(long key) {
    return (int) (hash(key) >>> shift - FILTER_BITS);
  }

  private static long hash(long key) {
    return key * 0x9E3779B97F4A7C15L;
  }

  private static int place(long[] pairs, int shift, long key) {
    int mask = pairs.length - 1;
    int at = (int) (hash(key) >>> shift);
    while (pairs[at] != 0 && pairs[at] >>> COST_BITS != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Collects counts; used once. */
  static final class Builder {
    private final Lexicon lexicon;
    private final Map<Long, Long> counts = new HashMap<>();
    private final double[] seen;

    Builder(Lexicon lexicon) {
      this.lexicon = lexicon;
      this.seen = new double[lexicon.nodes()];
    }

    /** How often a word was seen, whatever followed; words without this begin no pair. */
    void seen(String left, long count) {
      int node = lexicon.node(left);
      if (node != 0) {
        seen[node] = count + DOUBT;
      }
    }

    /** How often one word followed another; pairs of words the lexicon lacks are left out. */
    void add(String left, String right, long count) {
      int first = lexicon.node(left);
      int second = lexicon.node(right);
      if (first != 0 && second != 0) {
        counts.merge((long) first << NODE_BITS | second, count, Long::sum);
      }
    }

    WordPairs build() {
      double[] rest = new double[lexicon.nodes()];
      Arrays.fill(rest, 1);
      counts.forEach(
          (key, count) -> {
            int left = (int) (key >>> NODE_BITS);
            rest[left] -= (count - DISCOUNT) / seen[left];
          });
      int bits = 32 - Integer.numberOfLeadingZeros(Math.max(16, counts.size() * 3 / 2));
      long[] pairs = new long[1 << bits];
      int[] others = new int[lexicon.nodes()];
      Arrays.fill(others, -1);
      counts.forEach(
          (key, count) -> {
            int left = (int) (key >>> NODE_BITS);
            double alone = (double) lexicon.countAt((int) (key & NODE_MASK)) / lexicon.total();
            double together = (count - DISCOUNT) / seen[left] + rest[left] * alone;
            others[left] = cost(rest[left]);
            long cost = Math.min((1 << COST_BITS) - 1, cost(together) >> COST_SHIFT);
            pairs[place(pairs, 64 - bits, key)] = key << COST_BITS | cost;
          });
      return new WordPairs(pairs, 64 - bits, others);
    }

    private static int cost(double probability) {
      return (int) Math.round(-StrictMath.log(probability) * Segmenter.NAT);
    }
  }
}
