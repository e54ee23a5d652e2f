package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * From the published communities of one version to those of the next: what the {@link Succession}
 * says, as far as it has held for enough versions. Communities are numbered by slots: first those
 * before, in their order, then the new ones, in the order of their modules.
 *
 * <ul>
 *   <li>A community without an heir keeps its nodes, wherever they were found, until it dies: when
 *       it has been without one for enough versions, or none of its nodes is left. Where it went
 *       into another but nothing of late says so, this takes as long as the members' hysteresis.
 *   <li>A community whose {@link Pulse} has ended dies, whether or not it has an heir.
 *   <li>A branch or new module is published when it has been one for enough versions in which the
 *       {@link Evidence} agreed; until then its nodes stay as they are.
 *   <li>A node without a community joins that of its module at once. One that has another moves
 *       when it was met in that of its module for the members' hysteresis; before, but after enough
 *       versions, it counts as settled there where communities are matched.
 *   <li>Nodes of a fragment belong to its community.
 * </ul>
 *
 * <p>"Enough" is the hysteresis, or all versions while there have been fewer: the first version has
 * none to agree with. O(nodes + overlaps log overlaps). Used for one version.
 */
final class Transition {

  private static final double HALF = 0.5;

  private final TrackedCommunities before;
  private final FoundModules found;
  private final int minSize;
  private final int enough;
  private final int patience;
  private final int olds;
  private final int[] known;
  private final int[] published;
  private final Succession succession;
  private final int[] fading;
  private final boolean[] dead;

  private final Evidence evidence;

  /** Of the communities before. */
  private final Pulse[] pulses;

  /** Of all slots, with their members now. */
  private final Pulse[] newPulses;

  /** By module: in how many consecutive versions it was a branch or new, and not published. */
  private final int[] pending;

  /** By module: the slot that its nodes shall have. */
  private final int[] target;

  /** By new slot: the module. */
  private final IntArrayList newModules = new IntArrayList();

  private final int[] community;
  private final int[] wanted;
  private final int[] wantedFor;

  /**
   * @param found with modules in the order of their first nodes
   */
  Transition(TrackedCommunities before, FoundModules found, CommunityParameters parameters) {
    this.before = before;
    this.found = found;
    minSize = parameters.minSize();
    enough = (int) Math.min(parameters.hysteresis(), before.versions() + 1);
    patience = (int) Math.min(parameters.memberHysteresis(), before.versions() + 1);
    olds = before.communities().size();
    known = before.places(found.names());
    published = known(before.nodes().community());
    evidence = new Evidence(before, found, published);
    pulses = evidence.pulses(enough);
    int modules = found.moduleCount();
    var overlaps = new Overlaps(olds, settled(), modules, found.modules(), found.flow());
    succession = new Succession(olds, large(modules), overlaps);
    fading = new int[olds];
    dead = new boolean[olds];
    pending = new int[modules];
    target = new int[modules];
    community = new int[found.nodes()];
    wanted = new int[found.nodes()];
    wantedFor = new int[found.nodes()];
    bury(overlaps);
    int[] track = known(before.nodes().module());
    wait(new Overlaps(before.modules(), track, modules, found.modules(), found.flow()));
    aim();
    assign();
    newPulses = newPulses();
  }

  /** Slots of old and new communities. */
  int slots() {
    return olds + newModules.size();
  }

  /** Slots of communities that were there before. */
  int olds() {
    return olds;
  }

  boolean isDead(int old) {
    return dead[old];
  }

  /** Versions without an heir. */
  int fading(int old) {
    return fading[old];
  }

  /** The slot that most of a dead community went into, {@link TrackedCommunities#NONE} if none. */
  int into(int old) {
    int module = succession.successor(old);
    return module == NONE ? NONE : target[module];
  }

  /** Whether a dead community makes up so much of the one that it went into. */
  boolean isMerger(int old, int into) {
    return into < olds && succession.isMerger(old, into);
  }

  /** The slots that a new community came off. */
  Iterable<Integer> parents(int slot) {
    return succession.parents(newModules.getInt(slot - olds));
  }

  /** How a community is met. */
  Pulse pulse(int slot) {
    return newPulses[slot];
  }

  /** Places of the nodes in the version before. */
  int[] known() {
    return known;
  }

  int[] pending() {
    return pending;
  }

  /** By node: the slot. */
  int[] community() {
    return community;
  }

  /** By node: the slot that it was found in but does not have. */
  int[] wanted() {
    return wanted;
  }

  /** By node: in how many consecutive versions it was found there. */
  int[] wantedFor() {
    return wantedFor;
  }

  private int[] known(int[] facts) {
    int[] ofNodes = new int[known.length];
    Arrays.setAll(ofNodes, node -> known[node] == NONE ? NONE : facts[known[node]]);
    return ofNodes;
  }

  private boolean[] large(int modules) {
    int[] sizes = new int[modules];
    for (int module : found.modules()) {
      sizes[module]++;
    }
    boolean[] large = new boolean[modules];
    for (int module = 0; module < modules; module++) {
      large[module] = sizes[module] >= minSize;
    }
    return large;
  }

  private Pulse[] newPulses() {
    var attendance = new Attendance(found, slots(), community);
    var now = new Pulse[slots()];
    for (int slot = 0; slot < now.length; slot++) {
      double late = attendance.late(slot);
      now[slot] = slot < olds ? pulses[slot].of(late) : Pulse.ofNew(late);
    }
    return now;
  }

  private void bury(Overlaps overlaps) {
    for (int old = 0; old < olds; old++) {
      if (succession.heir(old) == NONE) {
        fading[old] = before.communities().get(old).fading() + 1;
        dead[old] = fading[old] >= (isBornOut(old) ? enough : patience) || overlaps.sumA(old) == 0;
      }
      dead[old] |= pulses[old].isEnd();
    }
  }

  /** Whether what was counted of late says so as well, where a community went into another. */
  private boolean isBornOut(int old) {
    int module = succession.successor(old);
    int other = module == NONE ? NONE : succession.community(module);
    return other == NONE || other == old || evidence.joins(old, other);
  }

  /** Counts for how long modules have looked like new communities. */
  private void wait(Overlaps tracks) {
    int[] waited = new int[pending.length];
    int[] largest = tracks.largestOfB();
    for (int module = 0; module < waited.length; module++) {
      int best = largest[module];
      if (best != NONE && isSame(tracks, best)) {
        waited[module] = before.pending(tracks.a(best));
      }
    }
    for (int module = 0; module < pending.length; module++) {
      if (succession.kind(module).isNews()) {
        var stems = succession.parents(module).stream().map(succession::heir).toList();
        pending[module] = waited[module];
        // Which of two halves is the heir may change from version to version.
        for (int stem : stems) {
          pending[module] = Math.max(pending[module], waited[stem]);
        }
        pending[module] += evidence.isNews(module, stems) ? 1 : 0;
      }
    }
  }

  private static boolean isSame(Overlaps tracks, int overlap) {
    double smaller = Math.min(tracks.sumA(tracks.a(overlap)), tracks.sumB(tracks.b(overlap)));
    return tracks.flow(overlap) >= HALF * smaller;
  }

  private void aim() {
    int[] free = new int[target.length];
    for (int node = 0; node < published.length; node++) {
      free[found.modules()[node]] += isHeld(published[node]) ? 0 : 1;
    }
    for (int module = 0; module < target.length; module++) {
      int old = succession.community(module);
      target[module] = old == NONE || succession.heir(old) == NONE || dead[old] ? NONE : old;
      if (pending[module] >= enough && free[module] >= minSize) {
        target[module] = slots();
        newModules.add(module);
        pending[module] = 0;
      }
    }
  }

  /** Whether a community has no heir but is not dead yet. */
  private boolean isHeld(int old) {
    return old != NONE && succession.heir(old) == NONE && !dead[old];
  }

  private void assign() {
    for (int node = 0; node < published.length; node++) {
      int module = found.modules()[node];
      int now = published[node] != NONE && dead[published[node]] ? NONE : published[node];
      community[node] = now;
      wanted[node] = NONE;
      if (target[module] == NONE || target[module] == now || isHeld(now)) {
        continue;
      }
      if (now == NONE || target[module] >= olds || waits(node, target[module]) >= patience) {
        community[node] = target[module];
      } else {
        wanted[node] = target[module];
        wantedFor[node] = waits(node, target[module]);
      }
    }
  }

  /** Where the nodes belong: where they are published, or have been found for long enough. */
  private int[] settled() {
    int[] settled = published.clone();
    for (int node = 0; node < settled.length; node++) {
      int place = known[node];
      if (place != NONE
          && before.nodes().wanted()[place] != NONE
          && before.nodes().wantedFor()[place] >= enough) {
        settled[node] = before.nodes().wanted()[place];
      }
    }
    return settled;
  }

  /** For how many versions a node has been found in a community that it does not have. */
  private int waits(int node, int slot) {
    return waited(node, slot) + (evidence.isHeard(node) ? 1 : 0);
  }

  /** In how many versions just before a node was found in a community that it does not have. */
  private int waited(int node, int slot) {
    int place = known[node];
    return before.nodes().wanted()[place] == slot ? before.nodes().wantedFor()[place] : 0;
  }
}
