package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Moves nodes, then the modules that they form as if they were nodes, then modules of modules,
 * until nothing moves. At each level only what has changed below is looked at first.
 */
final class BuildUp {

  private final FlowNetwork network;
  private final SplitMix chance;

  /** Module of each node. */
  private int[] modules;

  private int count;

  /** Of each module, whether it is other than all were at first. */
  private boolean[] changed;

  /** Of each node, whether it moved, alone or with others. */
  private final boolean[] moved;

  /**
   * Prepares moves from given modules.
   *
   * @param initial module of each node in [0, nodes)
   */
  BuildUp(FlowNetwork network, int[] initial, SplitMix chance) {
    this.network = network;
    this.chance = chance;
    modules = initial.clone();
    moved = new boolean[initial.length];
  }

  /** Every node in a module of its own. */
  static int[] alone(int nodes) {
    var modules = new int[nodes];
    Arrays.setAll(modules, i -> i);
    return modules;
  }

  /**
   * Moves.
   *
   * @param start whether a node is looked at even if nothing next to it changes
   */
  BuildUp run(Parts parts, boolean[] start) {
    var loop = new MoveLoop(network, modules, parts);
    boolean more = loop.run(start, chance);
    settle(loop);
    return rise(parts, more);
  }

  /** The same; the modules of those nodes are looked at as well, even if none moved. */
  BuildUp runWhole(Parts parts, boolean[] start) {
    var loop = new MoveLoop(network, modules, parts);
    loop.run(start, chance);
    settle(loop);
    for (int node = 0; node < modules.length; node++) {
      changed[modules[node]] |= start[node];
    }
    return rise(parts, true);
  }

  private BuildUp rise(Parts parts, boolean isChanged) {
    boolean more = isChanged;
    var view = network;
    int[] groups = modules;
    var viewParts = parts;
    while (more) {
      view = Aggregation.of(view, groups, count);
      viewParts = viewParts.ofGroups(groups, count);
      groups = alone(count);
      var loop = new MoveLoop(view, groups, viewParts);
      more = loop.run(changed, chance);
      if (more) {
        raise(loop, groups);
      }
    }
    return this;
  }

  private void settle(MoveLoop loop) {
    var touched = new boolean[modules.length];
    for (int node = 0; node < modules.length; node++) {
      touched[node] = loop.isTouched(modules[node]);
      moved[node] = loop.isMoved(node);
    }
    count = Partition.number(modules, modules.length);
    changed = new boolean[count];
    for (int node = 0; node < modules.length; node++) {
      changed[modules[node]] |= touched[node];
    }
  }

  /** Takes over what happened to modules as nodes. */
  private void raise(MoveLoop loop, int[] groups) {
    var touched = new boolean[count];
    for (int module = 0; module < count; module++) {
      touched[module] = changed[module] || loop.isTouched(groups[module]);
    }
    int groupCount = Partition.number(groups, groups.length);
    changed = new boolean[groupCount];
    for (int module = 0; module < count; module++) {
      changed[groups[module]] |= touched[module];
    }
    for (int node = 0; node < modules.length; node++) {
      moved[node] |= loop.isMoved(modules[node]);
      modules[node] = groups[modules[node]];
    }
    count = groupCount;
  }

  /** Module of each node, numbered from 0. */
  int[] modules() {
    return modules;
  }

  /** Number of modules. */
  int count() {
    return count;
  }

  /** Of each module, whether it is other than all were at first. */
  boolean[] changed() {
    return changed;
  }

  /** Whether a node moved, alone or with others. */
  boolean isMoved(int node) {
    return moved[node];
  }
}
