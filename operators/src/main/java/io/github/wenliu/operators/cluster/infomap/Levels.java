package io.github.wenliu.operators.cluster.infomap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Searches modules of modules. Within a module (at first the whole network) nodes form modules from
 * single ones on; these form modules of modules as long as that is shorter [1]; then all that is
 * below the topmost is searched anew within each of them, and what is shorter there stays. All
 * modules of one depth are searched at once, as the parts of one network.
 *
 * <p>What is within a module costs the same whatever is outside but for how much enters and leaves
 * it. So each part keeps the shorter of two outcomes without regard to the others.
 *
 * <p>O(edges) a pass, and for each depth as much as a search of two levels.
 *
 * <p>[1] Rosvall and Bergstrom: Multilevel compression of random walks on networks reveals
 * hierarchical organization in large integrated systems, PLoS ONE 2011.
 */
final class Levels {

  /** Share of the codelength that a sweep of a search must gain for another to follow. */
  private static final double LEAST_GAIN = 1e-3;

  /** Within modules of fewer nodes nothing is searched. */
  private static final int LEAST_NODES = 4;

  private final FlowNetwork network;
  private final Parts parts;

  /** Which node of the whole network each node is. */
  private final int[] original;

  private final SplitMix chance;

  /** How many parts there are. */
  private final int count;

  private final double leastGain;

  Levels(FlowNetwork network, SplitMix chance) {
    this(network, Parts.whole(network.nodes()), BuildUp.alone(network.nodes()), chance);
  }

  private Levels(FlowNetwork network, Parts parts, int[] original, SplitMix chance) {
    this.network = network;
    this.parts = parts;
    this.original = original;
    this.chance = chance;
    count = Math.max(1, Partition.count(parts.of()));
    leastGain = MoveLoop.LEAST_GAIN * network.totalStrength();
  }

  /**
   * The whole network, from given modules of nodes.
   *
   * @param deep whether to search anew within the topmost modules
   */
  static Branch above(FlowNetwork network, int[] modules, boolean deep, SplitMix chance) {
    return new Levels(network, chance).branches(modules, deep)[0];
  }

  /**
   * Searches anew within every module of a hierarchy, the outermost first, and keeps what is
   * shorter.
   */
  static Branch refined(FlowNetwork network, Branch whole, SplitMix chance) {
    var shorter = new IdentityHashMap<Branch, Branch>();
    List<Branch> open = whole.branches();
    while (!open.isEmpty()) {
      var next = new ArrayList<Branch>();
      Branch[] found = within(network, open, chance);
      for (int i = 0; i < open.size(); i++) {
        if (found[i] != null && found[i].cost() < open.get(i).cost()) {
          shorter.put(open.get(i), found[i]);
        } else {
          next.addAll(open.get(i).branches());
        }
      }
      open = next;
    }
    return whole.replaced(shorter);
  }

  /** What is found within each of some modules; null where it is not looked for. */
  private static Branch[] within(FlowNetwork network, List<Branch> open, SplitMix chance) {
    var modules = new int[network.nodes()];
    Arrays.fill(modules, open.size());
    var chosen = new boolean[open.size() + 1];
    for (int i = 0; i < open.size(); i++) {
      int[] nodes = open.get(i).allNodes();
      for (int node : nodes) {
        modules[node] = i;
      }
      chosen[i] = nodes.length >= LEAST_NODES;
    }
    return within(network, BuildUp.alone(modules.length), modules, chosen, chance);
  }

  private static Branch[] within(
      FlowNetwork network, int[] original, int[] modules, boolean[] chosen, SplitMix chance) {
    var branches = new Branch[chosen.length];
    var interiors = Interiors.of(network, modules, chosen);
    if (interiors.nodes().length > 0) {
      int[] ids = Arrays.stream(interiors.nodes()).map(node -> original[node]).toArray();
      var levels = new Levels(interiors.network(), interiors.parts(), ids, chance);
      var found = levels.branches(levels.found(), true);
      for (int i = 0; i < ids.length; i++) {
        branches[modules[interiors.nodes()[i]]] = found[interiors.parts().of()[i]];
      }
    }
    return branches;
  }

  private int[] found() {
    return new Tuning(network, BuildUp.alone(network.nodes()), parts, chance).run(LEAST_GAIN);
  }

  /**
   * Each part as a branch, with given modules and what is found above them, or without any.
   *
   * @param deep whether to search anew within the topmost modules
   */
  private Branch[] branches(int[] given, boolean deep) {
    int[] modules = Connectivity.connected(network, given);
    boolean[] divided = divided(network, modules, parts);
    if (parts.exit().length == 1) {
      divided[0] |= Partition.count(Connectivity.connected(network, new int[modules.length])) > 1;
    }
    for (int node = 0; node < modules.length; node++) {
      if (!divided[parts.of()[node]]) {
        modules[node] = modules.length + parts.of()[node];
      }
    }
    int size = Partition.number(modules, 2 * modules.length);
    var grown = new Grown(modules, size);
    int[] top = grown.upward(divided);
    var inner = deep ? inner(top, grown.branches.size(), divided) : new Branch[0];
    for (int group = 0; group < inner.length; group++) {
      if (inner[group] != null && inner[group].cost() < grown.branches.get(group).cost()) {
        grown.branches.set(group, inner[group]);
      }
    }
    return grown.parts(top);
  }

  /** What is found within each top module; null where it is not looked for. */
  private Branch[] inner(int[] top, int tops, boolean[] divided) {
    var members = new int[tops];
    var chosen = new boolean[tops];
    for (int node = 0; node < top.length; node++) {
      members[top[node]]++;
      chosen[top[node]] = divided[parts.of()[node]];
    }
    for (int group = 0; group < tops; group++) {
      chosen[group] &= members[group] >= LEAST_NODES;
    }
    return within(network, original, top, chosen, chance);
  }

  /** Of each part, whether it is shorter with modules than without. */
  private boolean[] divided(FlowNetwork view, int[] modules, Parts viewParts) {
    int size = modules.length;
    var sum = new double[count];
    var enters = new double[count];
    var whole = new double[count];
    int[] numbered = modules.clone();
    int moduleCount = Partition.number(numbered, Math.max(size, Partition.count(numbered) + 1));
    var modulesAsNodes = Aggregation.of(view, numbered, moduleCount);
    var partOf = viewParts.ofGroups(numbered, moduleCount).of();
    for (int module = 0; module < moduleCount; module++) {
      sum[partOf[module]] += modulesAsNodes.term(module);
      enters[partOf[module]] += modulesAsNodes.enter(module);
      whole[partOf[module]] += modulesAsNodes.strength[module];
    }
    var divided = new boolean[count];
    for (int part = 0; part < count; part++) {
      double exit = parts.exit()[part];
      divided[part] =
          BinaryLogarithm.times(exit + enters[part]) + sum[part]
              < BinaryLogarithm.times(exit + whole[part]) - leastGain;
    }
    return divided;
  }

  /** What a codebook costs that is used so much, but for the terms of its words. */
  private static double codebook(double exit, double uses) {
    return BinaryLogarithm.times(exit + uses) - BinaryLogarithm.times(exit);
  }

  /** Modules of modules, growing upward. */
  private final class Grown {

    /** The top modules so far, and how they are entered. */
    private List<Branch> branches = new ArrayList<>();

    private double[] enter;

    /** Top module of each node. */
    private final int[] top;

    /** The top modules as nodes. */
    private FlowNetwork view;

    private Parts viewParts;

    Grown(int[] modules, int size) {
      top = modules;
      view = Aggregation.of(network, modules, size);
      viewParts = parts.ofGroups(modules, size);
      enter = enters();
      int[][] nodes = members(modules, size);
      for (int module = 0; module < size; module++) {
        double exit = exit(module);
        branches.add(
            Branch.leaf(
                Arrays.stream(nodes[module]).map(node -> original[node]).toArray(),
                codebook(exit, view.strength[module])));
      }
    }

    private double[] enters() {
      var enters = new double[view.nodes()];
      Arrays.setAll(enters, view::enter);
      return enters;
    }

    private double exit(int module) {
      return view.terms.exit(module, view.cut[module]);
    }

    /** Grows as long as a part gets shorter by it. */
    int[] upward(boolean[] open) {
      boolean[] growing = open.clone();
      while (true) {
        var used = view.entered();
        int[] groups =
            new Tuning(used, BuildUp.alone(used.nodes()), viewParts, chance).run(LEAST_GAIN);
        groups = Connectivity.connected(used, groups);
        boolean[] better = divided(used, groups, viewParts);
        boolean any = false;
        for (int module = 0; module < groups.length; module++) {
          int part = viewParts.of()[module];
          growing[part] &= better[part];
          any |= growing[part];
          if (!growing[part]) {
            groups[module] = groups.length + module;
          }
        }
        if (!any) {
          return top;
        }
        take(used, groups, Partition.number(groups, 2 * groups.length));
      }
    }

    private void take(FlowNetwork used, int[] groups, int size) {
      var below = branches;
      double[] enterBelow = enter;
      int[][] modules = members(groups, size);
      view = Aggregation.of(used, groups, size);
      viewParts = viewParts.ofGroups(groups, size);
      enter = enters();
      branches = new ArrayList<>();
      for (int group = 0; group < size; group++) {
        branches.add(joined(modules[group], below, enterBelow, exit(group)));
      }
      for (int node = 0; node < top.length; node++) {
        top[node] = groups[top[node]];
      }
    }

    private Branch joined(int[] modules, List<Branch> below, double[] enterBelow, double exit) {
      if (modules.length == 1) {
        return below.get(modules[0]);
      }
      var children = new ArrayList<Branch>();
      double cost = 0;
      double uses = 0;
      for (int module : modules) {
        children.add(below.get(module));
        uses += enterBelow[module];
        cost += below.get(module).cost() - BinaryLogarithm.times(enterBelow[module]);
        cost += network.terms.modulePrice();
      }
      return new Branch(children, new int[0], cost + codebook(exit, uses));
    }

    /** The parts, each with its top modules, or without any. */
    Branch[] parts(int[] topOfNode) {
      int[][] tops = members(viewParts.of(), count);
      var found = new Branch[count];
      for (int part = 0; part < count; part++) {
        found[part] = joined(tops[part], branches, enter, parts.exit()[part]);
      }
      return found;
    }
  }

  /** What is in each group. */
  private static int[][] members(int[] groups, int size) {
    var counts = new int[size];
    for (int group : groups) {
      counts[group]++;
    }
    var members = new int[size][];
    Arrays.setAll(members, group -> new int[counts[group]]);
    for (int i = groups.length - 1; i >= 0; i--) {
      members[groups[i]][--counts[groups[i]]] = i;
    }
    return members;
  }
}
