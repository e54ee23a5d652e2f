package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Repairs a partition in rounds. A node that joined others is later moved with its module only, so
 * single nodes move again (fine-tune), and so do the pieces into which a module falls if it is
 * searched alone (coarse-tune) [1].
 *
 * <p>Within a sweep, what has not changed is not tried again: fine-tune starts from nodes that
 * moved and those next to them, coarse-tune looks into modules that are other than at their last
 * attempt. So but for the first, a round costs a few passes over the edges and, beyond, only as
 * much as the last one changed. A sweep tries everything anew, in another random order.
 *
 * <p>[1] Rosvall, Axelsson and Bergstrom: The map equation, Eur. Phys. J. Special Topics 2009.
 */
final class Tuning {

  /** A sweep that still gains is continued by the next, which tries everything anew as well. */
  private static final int ROUNDS_PER_SWEEP = 2;

  private static final int MAX_SWEEPS = 10;

  /** How many nodes a module has at most that is tried without. */
  private static final int SMALL = 6;

  private final FlowNetwork network;
  private final Parts parts;
  private final SplitMix chance;

  /** Module of each node. */
  private int[] modules;

  /** Nodes that fine-tune looks at first. */
  private boolean[] stirred;

  /** Modules that coarse-tune looks into. */
  private boolean[] fresh;

  /**
   * Prepares the repair of given modules.
   *
   * @param initial module of each node in [0, nodes)
   */
  Tuning(FlowNetwork network, int[] initial, SplitMix chance) {
    this(network, initial, Parts.whole(network.nodes()), chance);
  }

  /** The same of parts that have map equations of their own. */
  Tuning(FlowNetwork network, int[] initial, Parts parts, SplitMix chance) {
    this.network = network;
    this.parts = parts;
    this.chance = chance;
    modules = initial.clone();
    fresh = new boolean[Partition.number(modules, modules.length)];
    stirred = new boolean[initial.length];
  }

  /**
   * Repairs, in sweeps of a few rounds, of which the first tries everything.
   *
   * @param leastGain the share of the codelength that a sweep must gain for another to follow
   * @return module of each node
   */
  int[] run(double leastGain) {
    double before = Double.POSITIVE_INFINITY;
    double now = MapEquation.codelength(network, modules, parts);
    for (int sweep = 0; sweep < MAX_SWEEPS && before - now > leastGain * now; sweep++) {
      sweep();
      before = now;
      now = MapEquation.codelength(network, modules, parts);
    }
    return modules;
  }

  /**
   * Repairs further by searching groups of modules anew, until that has been in vain a few times in
   * a row.
   *
   * @param most how often at most
   * @param mostVain how often in a row in vain
   * @return module of each node
   */
  int[] regroup(int most, int mostVain) {
    int vain = 0;
    for (int attempt = 0; attempt < most && vain < mostVain; attempt++) {
      boolean[] taken = new Regrouping(network, modules, fresh.length, parts, chance).run();
      vain = any(taken) ? 0 : vain + 1;
      renew(taken);
      rounds();
    }
    return modules;
  }

  /** Dissolves small modules where that gains, and repairs what was next to them. */
  int[] dissolve() {
    var loop = new MoveLoop(network, modules, parts);
    while (loop.dissolve(SMALL)) {
      loop.run(new boolean[modules.length], chance);
    }
    fresh = new boolean[Partition.number(modules, modules.length)];
    return modules;
  }

  /**
   * Looks once into some modules: their pieces move, then what these form moves whole.
   *
   * @param chosen of each module, numbered in the order of their first nodes, whether to
   * @return module of each node
   */
  int[] repair(boolean[] chosen) {
    fresh = chosen;
    coarseTune(true);
    return modules;
  }

  private void renew(boolean[] taken) {
    fresh = new boolean[Partition.count(modules)];
    stirred = new boolean[modules.length];
    for (int node = 0; node < modules.length; node++) {
      if (taken[node]) {
        fresh[modules[node]] = true;
        stir(node);
      }
    }
  }

  private void sweep() {
    Arrays.fill(fresh, true);
    Arrays.fill(stirred, true);
    rounds();
  }

  private void rounds() {
    for (int round = 0; round < ROUNDS_PER_SWEEP && any(stirred); round++) {
      fineTune();
      coarseTune(false);
    }
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  private void fineTune() {
    var up = new BuildUp(network, modules, chance).run(parts, stirred);
    boolean[] freshAfter = up.changed();
    for (int node = 0; node < modules.length; node++) {
      freshAfter[up.modules()[node]] |= fresh[modules[node]];
    }
    modules = up.modules();
    fresh = freshAfter;
  }

  private void coarseTune(boolean whole) {
    var interiors = Interiors.of(network, modules, fresh);
    int[] pieces = pieces(interiors);
    int count = Partition.number(pieces, 2 * pieces.length);
    var moduleOf = new int[count];
    var start = new boolean[count];
    for (int node = 0; node < pieces.length; node++) {
      moduleOf[pieces[node]] = modules[node];
      start[pieces[node]] |= fresh[modules[node]];
    }
    Partition.number(moduleOf, moduleOf.length);
    var view = Aggregation.of(network, pieces, count);
    var up = new BuildUp(view, moduleOf, chance);
    if (whole) {
      up.runWhole(parts.ofGroups(pieces, count), start);
    } else {
      up.run(parts.ofGroups(pieces, count), start);
    }
    for (int node = 0; node < pieces.length; node++) {
      modules[node] = up.modules()[pieces[node]];
    }
    fresh = up.changed();
    stir(pieces, up);
  }

  /** The pieces of fresh modules, and the others whole; numbers below twice the number of nodes. */
  private int[] pieces(Interiors interiors) {
    int size = interiors.nodes().length;
    var all = new boolean[size];
    Arrays.fill(all, true);
    var up =
        new BuildUp(interiors.network(), BuildUp.alone(size), chance).run(interiors.parts(), all);
    var pieces = new int[modules.length];
    for (int node = 0; node < modules.length; node++) {
      pieces[node] = up.count() + modules[node];
    }
    for (int i = 0; i < size; i++) {
      pieces[interiors.nodes()[i]] = up.modules()[i];
    }
    return pieces;
  }

  /** Nodes that moved with their pieces, and those next to them in other modules. */
  private void stir(int[] pieces, BuildUp up) {
    stirred = new boolean[modules.length];
    for (int node = 0; node < modules.length; node++) {
      if (up.isMoved(pieces[node])) {
        stir(node);
      }
    }
  }

  private void stir(int node) {
    stirred[node] = true;
    for (int place = network.first[node]; place < network.first[node + 1]; place++) {
      int other = network.target[place];
      stirred[other] |= modules[other] != modules[node];
    }
  }
}
