package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import io.github.wenliu.operators.cluster.infomap.Explanation;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.Arrays;
import java.util.List;

/**
 * The pairs of words to which a split, a merger or a death into another community is due, as far as
 * it is due to what was counted of late: what was added to single edges ({@link Explanation}),
 * between the nodes that were and are in the communities concerned. That other edges have faded is
 * a reason too, and is not told.
 *
 * <p>O(edges) for the first event of a version, O(nodes + edges of the communities) for each.
 */
final class EventReasons {

  private static final int MOST = 5;

  private final TrackedCommunities before;
  private final FoundModules found;
  private final Transition transition;
  private Explanation explanation;

  EventReasons(TrackedCommunities before, FoundModules found, Transition transition) {
    this.before = before;
    this.found = found;
    this.transition = transition;
  }

  /** Why a new community came off others, its parents. */
  List<ExplainingEdge> ofSplit(int slot) {
    var parents = new IntOpenHashSet();
    transition.parents(slot).forEach(parent -> parents.add(parent.intValue()));
    return of((then, now) -> parents.contains(then) && (now == slot || parents.contains(now)));
  }

  /** Why others, now dead, went into a community. */
  List<ExplainingEdge> ofMerger(int slot) {
    return of(
        (then, now) ->
            now == slot
                && (then == slot
                    || then != NONE
                        && transition.isDead(then)
                        && transition.into(then) == slot
                        && transition.isMerger(then, slot)));
  }

  /** Why a community, now dead, went into another; this is new if all that it has was others'. */
  List<ExplainingEdge> ofDeath(int slot, int into) {
    boolean isNew = into >= transition.olds();
    return of(
        (then, now) -> now == into && (then == slot || then == into || isNew && then != NONE));
  }

  /** Whether a node is asked about, by its communities before and now. */
  private interface Choice {

    boolean isConcerned(int then, int now);
  }

  private List<ExplainingEdge> of(Choice choice) {
    var nodes = new IntArrayList();
    var then = new IntArrayList();
    var now = new IntArrayList();
    for (int node = 0; node < found.nodes(); node++) {
      int place = transition.known()[node];
      int old = place == NONE ? NONE : before.nodes().community()[place];
      if (choice.isConcerned(old, transition.community()[node])) {
        nodes.add(node);
        then.add(old);
        now.add(transition.community()[node]);
      }
    }
    if (nodes.isEmpty() || isSame(then, now)) {
      return List.of();
    }
    if (explanation == null) {
      explanation = new Explanation(found.network(), found.recent(), found.modules());
    }
    return explanation.effects(nodes.toIntArray(), numbered(then), numbered(now), MOST).stream()
        .map(
            effect ->
                new ExplainingEdge(
                    found.names()[effect.one()], found.names()[effect.other()], effect.bits()))
        .toList();
  }

  private static boolean isSame(IntArrayList then, IntArrayList now) {
    return Arrays.equals(numbered(then), numbered(now));
  }

  /** Numbers slots in the order in which they come. */
  private static int[] numbered(IntArrayList slots) {
    var numbers = new Int2IntOpenHashMap();
    int[] numbered = new int[slots.size()];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = numbers.computeIfAbsent(slots.getInt(i), slot -> numbers.size());
    }
    return numbered;
  }
}
