package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is told of a {@link Transition}: events, and the states of communities that are new, or
 * whose label, size or shown members changed, or whose flow changed by more than a quarter since it
 * was written. The last version of an input writes all.
 *
 * <p>O(nodes log nodes). Used for one version.
 */
final class VersionReport {

  private static final int LABEL_MEMBERS = 3;
  private static final String LABEL_SEPARATOR = "、";
  private static final double GREW = 1.5;
  private static final double SHRANK = 2.0 / 3;
  private static final double FLOW_CHANGE = 1.25;

  private final TrackedCommunities before;
  private final FoundModules found;
  private final Transition transition;
  private final int shownMembers;
  private final int minSize;

  /** By slot: the nodes, those of most flow first. */
  private final List<IntArrayList> members = new ArrayList<>();

  private final EventReasons reasons;
  private final boolean[] shown;
  private final Belonging belonging;

  /** By slot: what goes on; {@code null} for the dead. */
  private final LiveCommunity[] live;

  /** By slot: the communities that it came off, or that went into it, oldest first. */
  private final List<List<String>> parents = new ArrayList<>();

  private final List<CommunityState> states = new ArrayList<>();
  private final List<CommunityEvent> events = new ArrayList<>();

  VersionReport(
      TrackedCommunities before,
      FoundModules found,
      Transition transition,
      CommunityParameters parameters) {
    this.before = before;
    this.found = found;
    this.transition = transition;
    shownMembers = parameters.shownMembers();
    minSize = parameters.minSize();
    shown = new boolean[found.nodes()];
    reasons = new EventReasons(before, found, transition);
    belonging = new Belonging(found.network(), transition.community());
    live = new LiveCommunity[transition.slots()];
    gatherMembers();
    gatherParents();
    for (int slot : slotsById()) {
      if (isDead(slot)) {
        bury(slot);
      } else {
        tell(slot);
      }
    }
  }

  /** The communities to write, ranked. */
  List<CommunityState> states() {
    return states;
  }

  List<CommunityEvent> events() {
    return events;
  }

  /** What goes on of a slot, {@code null} if it is dead. */
  LiveCommunity live(int slot) {
    return live[slot];
  }

  /** By node: whether it is among the members to be written. */
  boolean[] shown() {
    return shown;
  }

  String id(int slot) {
    return LiveCommunity.id(
        isOld(slot)
            ? before.communities().get(slot).number()
            : before.nextNumber() + slot - transition.olds());
  }

  private int[] slotsById() {
    return IntStream.range(0, live.length)
        .boxed()
        .sorted(Comparator.comparing(this::id))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean isOld(int slot) {
    return slot < transition.olds();
  }

  private boolean isDead(int slot) {
    return isOld(slot) && transition.isDead(slot);
  }

  private void gatherMembers() {
    for (int slot = 0; slot < live.length; slot++) {
      members.add(new IntArrayList());
      parents.add(new ArrayList<>());
    }
    for (int node = 0; node < found.nodes(); node++) {
      if (transition.community()[node] != NONE) {
        members.get(transition.community()[node]).add(node);
      }
    }
    for (var nodes : members) {
      // Nodes are in the order of their names, and the sort is stable.
      nodes.sort((one, other) -> Double.compare(found.flow()[other], found.flow()[one]));
      nodes.subList(0, Math.min(shownMembers, nodes.size())).forEach(node -> shown[node] = true);
    }
  }

  private void gatherParents() {
    for (int slot = 0; slot < live.length; slot++) {
      if (!isOld(slot)) {
        for (int parent : transition.parents(slot)) {
          parents.get(slot).add(id(parent));
        }
      } else if (isDead(slot)) {
        int into = transition.into(slot);
        if (into != NONE && transition.isMerger(slot, into)) {
          parents.get(into).add(id(slot));
        }
      }
    }
  }

  private void bury(int slot) {
    var dead = before.communities().get(slot);
    int into = transition.into(slot);
    event(
        slot,
        CommunityEvent.Type.DIED,
        into == NONE ? null : id(into),
        dead.label(),
        dead.sizeAtEvent(),
        into == NONE ? List.of() : reasons.ofDeath(slot, into));
    states.add(
        new CommunityState(
            found.channel(),
            found.epoch(),
            states.size(),
            dead.id(),
            null,
            0,
            0,
            dead.bornMillis(),
            found.timeMillis(),
            List.of()));
  }

  private void tell(int slot) {
    int size = members.get(slot).size();
    double flow = flow(slot);
    var label = label(slot);
    var then = isOld(slot) ? before.communities().get(slot) : null;
    var type = then == null ? typeOfNew(slot) : typeOfOld(slot, then.sizeAtEvent(), size);
    if (type != null) {
      event(slot, type, null, label, then == null ? 0 : then.sizeAtEvent(), reasons(slot, type));
    }
    int sizeAtEvent = type == null ? then.sizeAtEvent() : size;
    long bornMillis = then == null ? found.timeMillis() : then.bornMillis();
    boolean isWritten = found.last() || then == null || isChanged(slot, then, label, flow);
    if (isWritten) {
      write(slot, label, flow, bornMillis);
    }
    live[slot] =
        new LiveCommunity(
            then == null ? before.nextNumber() + slot - transition.olds() : then.number(),
            bornMillis,
            sizeAtEvent,
            then == null ? 0 : transition.fading(slot),
            transition.pulse(slot),
            label,
            size,
            isWritten ? flow : then.flow());
  }

  private List<ExplainingEdge> reasons(int slot, CommunityEvent.Type type) {
    return switch (type) {
      case SPLIT -> reasons.ofSplit(slot);
      case MERGED -> reasons.ofMerger(slot);
      default -> List.of();
    };
  }

  private CommunityEvent.Type typeOfNew(int slot) {
    return parents.get(slot).isEmpty() ? CommunityEvent.Type.BORN : CommunityEvent.Type.SPLIT;
  }

  /** What happened to a community that lives on, {@code null} if nothing did. */
  private CommunityEvent.Type typeOfOld(int slot, int sizeBefore, int size) {
    if (!parents.get(slot).isEmpty()) {
      return CommunityEvent.Type.MERGED;
    }
    if (Math.abs(size - sizeBefore) < minSize) {
      return null;
    }
    if (size >= GREW * sizeBefore) {
      return CommunityEvent.Type.GREW;
    }
    return size <= SHRANK * sizeBefore ? CommunityEvent.Type.SHRANK : null;
  }

  private boolean isChanged(int slot, LiveCommunity then, String label, double flow) {
    return members.get(slot).size() != then.size()
        || !label.equals(then.label())
        || flow > FLOW_CHANGE * then.flow()
        || flow * FLOW_CHANGE < then.flow()
        || !isShownAgain(slot);
  }

  private boolean isShownAgain(int slot) {
    for (int node : members.get(slot)) {
      int place = transition.known()[node];
      boolean wasShown = place != NONE && before.nodes().shown()[place];
      boolean wasHere = place != NONE && before.nodes().community()[place] == slot;
      if (shown[node] != (wasShown && wasHere)) {
        return false;
      }
    }
    return true;
  }

  private double flow(int slot) {
    double flow = 0;
    for (int node : members.get(slot)) {
      flow += found.flow()[node];
    }
    return flow;
  }

  private String label(int slot) {
    return members
        .get(slot)
        .intStream()
        .limit(LABEL_MEMBERS)
        .mapToObj(node -> found.names()[node])
        .collect(Collectors.joining(LABEL_SEPARATOR));
  }

  private void write(int slot, String label, double flow, long bornMillis) {
    var nodes = members.get(slot);
    var written =
        nodes
            .intStream()
            .limit(shownMembers)
            .mapToObj(
                node -> belonging.member(node, found.names()[node], found.flow()[node], this::id))
            .toList();
    states.add(
        new CommunityState(
            found.channel(),
            found.epoch(),
            states.size(),
            id(slot),
            label,
            nodes.size(),
            flow,
            bornMillis,
            found.timeMillis(),
            written));
  }

  private void event(
      int slot,
      CommunityEvent.Type type,
      String into,
      String label,
      int sizeBefore,
      List<ExplainingEdge> because) {
    events.add(
        new CommunityEvent(
            found.channel(),
            found.epoch(),
            events.size(),
            id(slot),
            type,
            parents.get(slot),
            into,
            label,
            members.get(slot).size(),
            sizeBefore,
            flow(slot),
            found.timeMillis(),
            because));
  }
}
