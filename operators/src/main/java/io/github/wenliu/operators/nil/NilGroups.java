package io.github.wenliu.operators.nil;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The groups of one name: takes its mentions epoch by epoch, and tells what is to be published. Not
 * thread-safe.
 */
final class NilGroups {

  private final NilParameters parameters;
  private final ContextLikeness likeness;
  private final List<NilGroup> groups;

  /** Groups that there are no more. */
  private final List<NilGroup> gone = new ArrayList<>();

  private String name;
  private long next;
  private boolean known;
  private int begun;
  private int merged;
  private int forgotten;

  /**
   * @param before how they stood
   */
  NilGroups(NilParameters parameters, ContextLikeness likeness, NameGroups before) {
    this.parameters = parameters;
    this.likeness = likeness;
    this.groups = new ArrayList<>(before.groups());
    this.name = before.name();
    this.next = before.next();
    this.known = before.known();
  }

  /** Takes all mentions of an epoch, in any order; then groups that have become alike are one. */
  void add(Collection<UnlinkedMention> mentions) {
    if (!mentions.isEmpty()) {
      mentions.stream().sorted(UnlinkedMention.ORDER).forEachOrdered(this::add);
      while (mergeTheMostAlike()) {
        merged++;
      }
    }
  }

  private void add(UnlinkedMention mention) {
    name = mention.name();
    int most = -1;
    double mostLikeness = -1;
    for (int i = 0; i < groups.size(); i++) {
      double found = likeness.of(mention, groups.get(i));
      if (found > mostLikeness
          || found == mostLikeness && groups.get(i).mentions() > groups.get(most).mentions()) {
        most = i;
        mostLikeness = found;
      }
    }
    if (mostLikeness < ContextLikeness.ENOUGH && groups.size() < parameters.groupsPerName()) {
      groups.add(NilGroup.begun(next++, mention));
      begun++;
    } else {
      groups.set(most, groups.get(most).with(mention));
    }
  }

  /** Returns whether two groups were alike enough. */
  private boolean mergeTheMostAlike() {
    int first = -1;
    int second = -1;
    double most = 1;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        double found = mayBeOne(groups.get(i), groups.get(j)) ? oneness(i, j) : 0;
        if (found > most || found == most && first < 0) {
          first = i;
          second = j;
          most = found;
        }
      }
    }
    if (first < 0) {
      return false;
    }
    boolean keepsFirst = rank(groups.get(first)) >= rank(groups.get(second));
    int kept = keepsFirst ? first : second;
    int other = keepsFirst ? second : first;
    groups.set(kept, groups.get(kept).with(groups.get(other)));
    gone.add(groups.remove(other));
    return true;
  }

  private double oneness(int first, int second) {
    return likeness.oneness(groups.get(first), groups.get(second));
  }

  /** What people made two entries stays two groups. */
  private static boolean mayBeOne(NilGroup a, NilGroup b) {
    return a.entity() == null || b.entity() == null;
  }

  /** Of two groups that become one the higher one keeps its number; of equal ones the older. */
  private static int rank(NilGroup group) {
    return (group.entity() == null ? 0 : 2) + (group.published() ? 1 : 0);
  }

  /**
   * Notes what people decided of a group. The number of one that is not there is not given again.
   *
   * @param entity id of the entry that it is, {@code null} for none
   * @return whether a group changes
   */
  boolean promote(long number, String entity) {
    known = true;
    next = Math.max(next, number + 1);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).number() == number) {
        groups.set(i, groups.get(i).promoted(entity));
        return true;
      }
    }
    return false;
  }

  /**
   * Drops the groups that were not seen for long.
   *
   * @param epoch that closes
   * @param retentionEpochs for how many epochs a group is kept
   */
  void forget(long epoch, long retentionEpochs) {
    for (NilGroup group : List.copyOf(groups)) {
      if (group.lastEpoch() + retentionEpochs <= epoch) {
        groups.remove(group);
        gone.add(group);
        forgotten++;
      }
    }
  }

  /** What is new to the topic at the end of an epoch, in the order of the ids; it has it then. */
  List<GroupState> publish(String channel, long epoch) {
    var states = new ArrayList<GroupState>();
    for (NilGroup group : gone) {
      if (group.published()) {
        states.add(GroupState.gone(channel, epoch, id(group), name));
      }
    }
    gone.clear();
    for (int i = 0; i < groups.size(); i++) {
      var group = groups.get(i);
      if (group.changed() && (group.published() || isWorthPublishing(group))) {
        states.add(GroupState.of(channel, epoch, id(group), name, group));
        groups.set(i, group.asPublished());
        known = true;
      }
    }
    states.sort((a, b) -> CodePointOrder.compare(a.group(), b.group()));
    for (int i = 0; i < states.size(); i++) {
      states.set(i, states.get(i).at(i));
    }
    return states;
  }

  private boolean isWorthPublishing(NilGroup group) {
    return group.entity() != null
        || group.mentions() >= parameters.minMentions()
            && group.documents() >= parameters.minDocuments();
  }

  private String id(NilGroup group) {
    return GroupId.of(GroupId.stem(name), group.number());
  }

  /** How many groups mentions have begun. */
  int begun() {
    return begun;
  }

  /** How many groups became one with another. */
  int merged() {
    return merged;
  }

  /** How many groups were dropped. */
  int forgotten() {
    return forgotten;
  }

  /** How they stand. */
  NameGroups state(Long wakeEpoch) {
    return new NameGroups(name, next, known, wakeEpoch, groups);
  }

  /** The last epoch of the group that was seen longest ago; {@code null} if there is none. */
  Long oldestEpoch() {
    Long oldest = null;
    for (NilGroup group : groups) {
      oldest = oldest == null ? group.lastEpoch() : Math.min(oldest, group.lastEpoch());
    }
    return oldest;
  }
}
