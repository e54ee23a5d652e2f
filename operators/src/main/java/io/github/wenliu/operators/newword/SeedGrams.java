package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The n-grams of up to four symbols that are frequent in a text, with their exact counts, and which
 * of them are strong: so coherent that no word may end inside them [1].
 *
 * <p>Counted order by order: an n-gram is frequent only if its two parts of one symbol less are
 * [2], so each order looks only where the one before found something, and the pair of these parts
 * names the n-gram. O(text) time; 4 bytes a symbol and the tables of {@link PairCounts}.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256. [2] Agrawal and Srikant: Fast algorithms for mining association
 * rules, VLDB 1994.
 */
final class SeedGrams {

  /** Symbols of the longest n-gram. */
  static final int ORDER = 4;

  /** What the cohesion of a strong n-gram exceeds, by its length; a ratio, not its logarithm. */
  private static final double[] STRONG = {0, 0, 5, 25, 125};

  private final int minCount;
  private final int[] symbolCounts;
  private final long total;

  /**
   * {@code grams[n]}: the n-grams, pairs of their first and their last n-1 symbols; of single
   * symbols the number is the code. Not all are frequent.
   */
  private final PairCounts[] grams = new PairCounts[ORDER + 1];

  private final BitSet[] strong = new BitSet[ORDER + 1];

  /** The gap before the symbol at place {@code i} is closed: a strong n-gram covers it. */
  private final BitSet closed;

  /**
   * Counts a text.
   *
   * @param codes the text; {@link SymbolCodes#BREAK} between symbols that do not belong together
   * @param length how many of the codes are the text
   * @param symbolCounts occurrences by code
   * @param minCount occurrences of a frequent n-gram
   */
  SeedGrams(int[] codes, int length, int[] symbolCounts, int minCount) {
    this.minCount = minCount;
    this.symbolCounts = symbolCounts;
    this.total = Arrays.stream(symbolCounts).asLongStream().sum();
    this.closed = new BitSet(length);
    // The n-gram that begins at each place, of the order that was counted last.
    int[] at = Arrays.copyOf(codes, length);
    for (int i = 0; i < length; i++) {
      if (at[i] == SymbolCodes.BREAK) {
        at[i] = PairCounts.NONE;
      }
    }
    for (int n = 2; n <= ORDER; n++) {
      grams[n] = countOrder(n, at);
      strong[n] = strong(n);
      close(n, at);
    }
  }

  private PairCounts countOrder(int n, int[] at) {
    var counts = new PairCounts();
    int last = at.length - 1;
    for (int i = 0; i < last; i++) {
      boolean possible = isFrequent(n - 1, at[i]) && isFrequent(n - 1, at[i + 1]);
      at[i] = possible ? counts.add(at[i], at[i + 1]) : PairCounts.NONE;
    }
    if (last >= 0) {
      at[last] = PairCounts.NONE;
    }
    return counts;
  }

  private BitSet strong(int n) {
    var strong = new BitSet();
    for (int gram = 0; gram < grams[n].size(); gram++) {
      if (isFrequent(n, gram) && cohesion(n, gram) > STRONG[n]) {
        strong.set(gram);
      }
    }
    return strong;
  }

  private void close(int n, int[] at) {
    for (int i = 0; i < at.length; i++) {
      if (at[i] != PairCounts.NONE && strong[n].get(at[i])) {
        closed.set(i + 1, i + n);
      }
    }
  }

  private boolean isFrequent(int n, int gram) {
    return gram != PairCounts.NONE && count(n, gram) >= minCount;
  }

  private int count(int n, int gram) {
    return n == 1 ? symbolCounts[gram] : grams[n].count(gram);
  }

  /** The smallest ratio, over all ways to split it, between its count and that by chance. */
  private double cohesion(int n, int gram) {
    double least = Double.POSITIVE_INFINITY;
    int head = gram;
    for (int k = n - 1; k > 0; k--) {
      head = grams[k + 1].first(head);
      int tail = gram;
      for (int m = n; m > n - k; m--) {
        tail = grams[m].second(tail);
      }
      double parts = (double) count(k, head) * count(n - k, tail);
      least = Math.min(least, (double) total * count(n, gram) / parts);
    }
    return least;
  }

  /** Whether a strong n-gram covers the gap before a place. */
  boolean isClosed(int place) {
    return closed.get(place);
  }

  /**
   * What a frequent piece of text holds together by: the smallest cohesion of its n-grams of four
   * symbols, or its own where it is not longer; in nats.
   *
   * @throws IllegalArgumentException if the piece is not frequent
   */
  double cohesion(int[] piece) {
    int[] at = piece.clone();
    int order = Math.min(ORDER, piece.length);
    for (int n = 2; n <= order; n++) {
      ascend(n, at, piece.length - n + 1);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= piece.length - order; i++) {
      least = Math.min(least, cohesion(order, at[i]));
    }
    return StrictMath.log(least);
  }

  /** Whether all n-grams of three and four symbols in a frequent piece of text are strong. */
  boolean isStrongThroughout(int[] piece) {
    int[] at = piece.clone();
    for (int n = 2; n <= Math.min(ORDER, piece.length); n++) {
      int end = piece.length - n + 1;
      ascend(n, at, end);
      for (int i = 0; n > 2 && i < end; i++) {
        if (!strong[n].get(at[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /** From the n-grams of one symbol less at each place to those of order {@code n}. */
  private void ascend(int n, int[] at, int end) {
    for (int i = 0; i < end; i++) {
      at[i] = grams[n].find(at[i], at[i + 1]);
      if (at[i] == PairCounts.NONE) {
        throw new IllegalArgumentException("the piece is not frequent");
      }
    }
  }
}
