package io.github.wenliu.operators.cluster;

import java.util.List;

/**
 * The state of a community after a version, as the topic {@code communities} holds it.
 *
 * @param channel tenant
 * @param epoch the version
 * @param seq rank among the communities that the version wrote, in the order of the ids' code
 *     points, from 0
 * @param community its id, unique within the channel for ever
 * @param label its members of most flow, for people; {@code null} if the community is no more: the
 *     topic gets a tombstone
 * @param size its members
 * @param flow visit rate of all its members together
 * @param bornMillis event time of the end of the version in which it was published first
 * @param timeMillis event time of the end of this version
 * @param members those of most flow, most first; of one flow in the order of code points
 */
public record CommunityState(
    String channel,
    long epoch,
    long seq,
    String community,
    String label,
    int size,
    double flow,
    long bornMillis,
    long timeMillis,
    List<CommunityMember> members) {

  public CommunityState {
    if (channel == null || community == null) {
      throw new IllegalArgumentException("a community's state has a channel and an id");
    }
    members = List.copyOf(members);
  }

  /** Whether the community is no more. */
  public boolean isGone() {
    return label == null;
  }
}
