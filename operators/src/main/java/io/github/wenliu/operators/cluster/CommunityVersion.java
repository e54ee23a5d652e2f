package io.github.wenliu.operators.cluster;

import java.util.List;

/**
 * What a version of a channel's communities publishes, and what is to be remembered for the next.
 *
 * @param states the communities that changed, ranked
 * @param events what happened, ranked
 * @param memberships the difference to the memberships before
 * @param tracked what the next version starts from
 */
record CommunityVersion(
    List<CommunityState> states,
    List<CommunityEvent> events,
    MembershipChange memberships,
    TrackedCommunities tracked) {

  CommunityVersion {
    states = List.copyOf(states);
    events = List.copyOf(events);
  }
}
