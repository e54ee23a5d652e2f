package io.github.wenliu.operators.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memberships of one channel in all versions that a document may still be entitled to. A
 * version holds from its epoch until the next one; what stands before the first holds for all time.
 *
 * <p>Each name leads to its newest community, and that to the one before. So a version costs no
 * copy: to take one over, or to forget it, costs its changes, and to look up a name one look into a
 * table and a step for each change of the name since. Heap: some 150 bytes a name, and 40 a change
 * that is not yet behind all documents. Not thread-safe.
 */
final class MembershipVersions {

  /** Of a channel that has no communities. */
  static final Version NONE = new MembershipVersions(Memberships.NONE).at(Long.MIN_VALUE);

  private final Map<String, Membership> newest = new HashMap<>();

  /** Behind the oldest version. */
  private final TreeMap<Long, MembershipChange> changes = new TreeMap<>();

  /** Names the oldest version. */
  private long oldestEpoch;

  /** From which epoch on the oldest version holds. */
  private long oldestFrom;

  /**
   * @param oldest whole
   */
  MembershipVersions(Memberships oldest) {
    oldestEpoch = oldest.epoch();
    oldestFrom = Long.MIN_VALUE;
    oldest
        .communities()
        .forEach(
            (name, community) -> newest.put(name, new Membership(oldestFrom, community, null)));
  }

  /**
   * Takes over the next version, or what the newest one changes besides.
   *
   * @return the whole change of that version
   */
  MembershipChange apply(MembershipChange change) {
    for (String name : change.left()) {
      put(name, change.epoch(), null);
    }
    change.joined().forEach((name, community) -> put(name, change.epoch(), community));
    return changes.merge(change.epoch(), change, MembershipChange::and);
  }

  private void put(String name, long epoch, String community) {
    newest.put(name, new Membership(epoch, community, newest.get(name)));
  }

  /** The newest version whose epoch is at most {@code entitledEpoch}, else the oldest one kept. */
  Version at(long entitledEpoch) {
    Long epoch = changes.floorKey(entitledEpoch);
    return epoch == null
        ? new Version(newest, oldestEpoch, oldestFrom)
        : new Version(newest, epoch, epoch);
  }

  /**
   * Forgets the versions that no document can be entitled to any more.
   *
   * @param entitledEpoch the oldest epoch that a coming document may be entitled to
   * @return the changes that went into the oldest version
   */
  Collection<MembershipChange> fold(long entitledEpoch) {
    Long last = changes.floorKey(entitledEpoch);
    if (last == null) {
      return List.of();
    }
    oldestEpoch = last;
    oldestFrom = last;
    var passed = changes.headMap(last, true);
    var folded = List.copyOf(passed.values());
    passed.clear();
    for (MembershipChange change : folded) {
      change.left().forEach(this::forgetBefore);
      change.joined().keySet().forEach(this::forgetBefore);
    }
    return folded;
  }

  /** Forgets where a name belonged before the oldest version. */
  private void forgetBefore(String name) {
    var membership = newest.get(name);
    if (membership != null && membership.epoch <= oldestFrom && membership.community == null) {
      newest.remove(name);
    }
    while (membership != null && membership.epoch > oldestFrom) {
      membership = membership.before;
    }
    if (membership != null) {
      membership.before = null;
    }
  }

  /** The oldest version, whole. O(names). */
  Memberships oldest() {
    var oldest = new Version(newest, oldestEpoch, oldestFrom);
    var communities = new HashMap<String, String>();
    for (String name : newest.keySet()) {
      var community = oldest.community(name);
      if (community != null) {
        communities.put(name, community);
      }
    }
    return new Memberships(oldestEpoch, communities);
  }

  /** Where a name belongs from an epoch on. */
  private static final class Membership {

    private final long epoch;

    /** {@code null} for none. */
    private final String community;

    private Membership before;

    Membership(long epoch, String community, Membership before) {
      this.epoch = epoch;
      this.community = community;
      this.before = before;
    }
  }

  /** One version: a view that is good until the next one is taken over or forgotten. */
  static final class Version {

    private final Map<String, Membership> newest;
    private final long epoch;
    private final long from;

    private Version(Map<String, Membership> newest, long epoch, long from) {
      this.newest = newest;
      this.epoch = epoch;
      this.from = from;
    }

    /** Names the version; 0 before the first. */
    long epoch() {
      return epoch;
    }

    /** Whether there are no names, in this version or another. */
    boolean isEmpty() {
      return newest.isEmpty();
    }

    /** The community of a name, or {@code null}. */
    String community(String name) {
      var membership = newest.get(name);
      while (membership != null && membership.epoch > from) {
        membership = membership.before;
      }
      return membership == null ? null : membership.community;
    }
  }
}
