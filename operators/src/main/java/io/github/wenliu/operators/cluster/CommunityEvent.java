package io.github.wenliu.operators.cluster;

import java.util.List;
import java.util.Locale;

/**
 * Something that happened to a community, as the topic {@code community-events} tells it.
 *
 * @param channel tenant
 * @param epoch the version in which it happened
 * @param seq rank among the events of the version, in the order of the communities' ids and then
 *     types, from 0
 * @param community id of the community
 * @param type what happened
 * @param parents ids of the communities that it comes from: of those that it split off, mostly one,
 *     or of those that went into it; empty otherwise
 * @param into id of the community that a dead one went into, or {@code null}
 * @param label its members of most flow; of a dead one, as it was last published
 * @param size its members now, 0 of a dead one
 * @param sizeBefore its members at its event before, 0 of a new one
 * @param flow visit rate of all its members together
 * @param timeMillis event time of the end of the version
 * @param because pairs of words that have much to do with it, of a community that split, merged or
 *     went into another; most first, at most five
 */
public record CommunityEvent(
    String channel,
    long epoch,
    long seq,
    String community,
    Type type,
    List<String> parents,
    String into,
    String label,
    int size,
    int sizeBefore,
    double flow,
    long timeMillis,
    List<ExplainingEdge> because) {

  /** What can happen to a community. */
  public enum Type {
    /** It came up from what belonged to none, or not mostly to one. */
    BORN,
    /** It has half as many members again as at its last event, and at least the least size more. */
    GREW,
    /** It has lost a third of the members that it had at its last event, and the least size. */
    SHRANK,
    /** It came off another, its parent, which lives on. */
    SPLIT,
    /** Others, its parents, went into it. */
    MERGED,
    /** It is no more: it went into another or faded away. */
    DIED;

    /** The name in output events. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CommunityEvent {
    if (channel == null || community == null || type == null) {
      throw new IllegalArgumentException("an event has a channel, a community and a type");
    }
    parents = List.copyOf(parents);
    because = List.copyOf(because);
  }
}
