package io.github.wenliu.operators.cluster;

import java.util.List;

/**
 * A word or entity surface as a member of a community.
 *
 * @param name its normalised form
 * @param flow its visit rate: its share of the weight of all edges' ends
 * @param share how far it belongs to the community, in [0, 1]: of the weight of its edges, what
 *     leads to other members
 * @param also other communities to which it belongs by a fifth or more, most first
 */
public record CommunityMember(String name, double flow, double share, List<CommunityShare> also) {

  public CommunityMember {
    if (name == null) {
      throw new IllegalArgumentException("a member has a name");
    }
    also = List.copyOf(also);
  }
}
