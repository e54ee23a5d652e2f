package io.github.wenliu.operators.cluster;

/**
 * What the weight of an edge is made of. With {@code n(u,v)} contexts that hold both words, {@code
 * n(u)} that hold one, and {@code N} in all, each decayed, the pointwise mutual information is
 * {@code ln(n(u,v) · N / (n(u) · n(v)))}.
 */
public enum EdgeWeighting {
  /** {@code n(u,v)}. */
  COUNT,
  /** The pointwise mutual information, where it is positive; other edges are left out. */
  PPMI,
  /**
   * The same divided by {@code -ln(n(u,v) / N)}, so that it lies in (0, 1] and rare pairs are not
   * favoured. Other edges are left out.
   */
  NPMI,
  /**
   * The log-likelihood ratio of the two words being independent [1], in nats, where they stand
   * together more often than by chance: evidence, which grows with the counts. Other edges are left
   * out. [1] T. Dunning: Accurate methods for the statistics of surprise and coincidence,
   * Computational Linguistics 19, 1993.
   */
  LIKELIHOOD;

  /**
   * The weight of an edge, from decayed counts that may all be multiplied by one power of two.
   *
   * @param both contexts that hold both words
   * @param first contexts that hold one of them
   * @param second contexts that hold the other
   * @param all contexts in all
   * @param one what one context weighs now
   * @return the weight; not positive if the edge is to be left out
   */
  double weight(double both, double first, double second, double all, double one) {
    if (this == COUNT) {
      return both / one;
    }
    double information = StrictMath.log(both * all / (first * second));
    if (this == LIKELIHOOD) {
      return information > 0 ? likelihood(both, first, second, all) / one : information;
    }
    if (this == PPMI || !(information > 0)) {
      return information;
    }
    return Math.min(1, information / -StrictMath.log(both / all));
  }

  /** Whether a weight decays as the counts do, and is not a ratio of them. */
  boolean decays() {
    return this == COUNT || this == LIKELIHOOD;
  }

  /** Of the table of contexts with both words, with one, and with none. */
  private static double likelihood(double both, double first, double second, double all) {
    // Sums in an order in which the two words may change places.
    double oneOnly = cell(first - both, first * (all - second) / all);
    double otherOnly = cell(second - both, second * (all - first) / all);
    double neither = cell(all - (first + second) + both, (all - first) * (all - second) / all);
    return 2 * (cell(both, first * second / all) + (oneOnly + otherOnly) + neither);
  }

  private static double cell(double observed, double expected) {
    return observed > 0 && expected > 0 ? observed * StrictMath.log(observed / expected) : 0;
  }
}
