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
  NPMI;

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
    if (this == PPMI || !(information > 0)) {
      return information;
    }
    return Math.min(1, information / -StrictMath.log(both / all));
  }
}
