package io.github.wenliu.operators.cluster;

/**
 * A pair of words that has much to do with an event of a community, as it was met of late.
 *
 * @param one the word that comes first in the order of code points
 * @param other the other one
 * @param bits by how many bits a step what was counted of the pair of late favours the communities
 *     as they are now, against those before; positive
 */
public record ExplainingEdge(String one, String other, double bits) {

  public ExplainingEdge {
    if (one == null || other == null) {
      throw new IllegalArgumentException("an edge has two ends");
    }
  }
}
