package io.github.wenliu.operators.cluster;

/**
 * A word or entity surface as a member of a community.
 *
 * @param name its normalised form
 * @param flow its visit rate: its share of the weight of all edges' ends
 */
public record CommunityMember(String name, double flow) {

  public CommunityMember {
    if (name == null) {
      throw new IllegalArgumentException("a member has a name");
    }
  }
}
