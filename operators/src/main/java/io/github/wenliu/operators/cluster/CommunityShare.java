package io.github.wenliu.operators.cluster;

/**
 * How far a word belongs to a community.
 *
 * @param community its id
 * @param share of the weight of the word's edges, what leads to members of it; in [0, 1]
 */
public record CommunityShare(String community, double share) {

  public CommunityShare {
    if (community == null) {
      throw new IllegalArgumentException("a share is of a community");
    }
  }
}
