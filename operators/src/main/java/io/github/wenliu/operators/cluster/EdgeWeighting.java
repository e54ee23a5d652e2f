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
   * favoured.
   */
  NPMI
}
