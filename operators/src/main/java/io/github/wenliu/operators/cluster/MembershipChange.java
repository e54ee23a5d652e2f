package io.github.wenliu.operators.cluster;

import java.util.ArrayList;
import java.util.HashMap;
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

  /** This change and one after it as one, in the version of the later. */
  MembershipChange and(MembershipChange next) {
    var joinedByBoth = new HashMap<>(joined);
    joinedByBoth.keySet().removeAll(next.left());
    joinedByBoth.putAll(next.joined());
    var leftByBoth = new ArrayList<>(left);
    leftByBoth.removeAll(next.joined().keySet());
    leftByBoth.removeAll(next.left());
    leftByBoth.addAll(next.left());
    return new MembershipChange(channel, next.epoch(), joinedByBoth, leftByBoth);
  }
}
