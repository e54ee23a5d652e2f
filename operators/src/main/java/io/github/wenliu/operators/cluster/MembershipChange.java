package io.github.wenliu.operators.cluster;

import java.util.List;
import java.util.Map;

/**
 * How a version of a channel's memberships differs from the one before.
 *
 * @param channel tenant
 * @param epoch the version
 * @param joined communities by the names of the members that have a new one
 * @param left names that belong to none any more
 */
public record MembershipChange(
    String channel, long epoch, Map<String, String> joined, List<String> left) {

  public MembershipChange {
    if (channel == null) {
      throw new IllegalArgumentException("a change of memberships has a channel");
    }
    joined = Map.copyOf(joined);
    left = List.copyOf(left);
  }
}
