package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Searches anew within groups of modules that are next to one another, and takes what is shorter.
 * Moves of one node or one module at a time end where only several together would gain; this finds
 * such.
 *
 * <p>The modules fall into groups at random, each a module and up to two that it has edges with. In
 * all groups at once, nodes start alone and build up modules by the map equation of the whole
 * network: that depends on what is outside a group only by how much other modules are entered.
 * Where the outcome is longer, the group stays as it was. Several groups at once may gain a little
 * less than each would alone, as all change that sum.
 *
 * <p>O(nodes + edges), about as much as building up once.
 */
final class Regrouping {

  private static final int GROUP_SIZE = 3;
  private static final int NONE = -1;

  private final FlowNetwork network;
  private final SplitMix chance;

  /** The parts of the network, and of each group. */
  private final Parts whole;

  /** Module of each node. */
  private final int[] modules;

  private final int count;

  /** The modules as nodes. */
  private final FlowNetwork view;

  /** Group of each module. */
  private final int[] groupOf;

  private int groups;

  /**
   * Prepares a search.
   *
   * @param modules module of each node, 0 … {@code count - 1}; changed by the search
   */
  Regrouping(FlowNetwork network, int[] modules, int count, Parts parts, SplitMix chance) {
    this.network = network;
    whole = parts;
    this.modules = modules;
    this.count = count;
    this.chance = chance;
    view = Aggregation.of(network, modules, count);
    groupOf = new int[count];
  }

  /**
   * Searches, and renumbers the modules.
   *
   * @return which nodes have new modules; none if no group was better
   */
  boolean[] run() {
    group();
    int[] group = composed(modules, groupOf);
    var interiors = Interiors.of(network, group, all(groups));
    var before = new Sums(view, groupOf, groups);
    var exit = before.entersElsewhere(whole.ofGroups(group, groups));
    int size = interiors.nodes().length;
    var parts = new Parts(interiors.parts().of(), exit);
    var up = new BuildUp(interiors.network(), BuildUp.alone(size), chance).run(parts, all(size));
    var found = Aggregation.of(interiors.network(), up.modules(), up.count());
    var after = new Sums(found, parts.ofGroups(up.modules(), up.count()).of(), groups);
    return take(interiors.nodes(), up, group, better(before, after, exit));
  }

  private static int[] composed(int[] lower, int[] upper) {
    var composed = new int[lower.length];
    Arrays.setAll(composed, i -> upper[lower[i]]);
    return composed;
  }

  private static boolean[] all(int size) {
    var all = new boolean[size];
    Arrays.fill(all, true);
    return all;
  }

  private void group() {
    Arrays.fill(groupOf, NONE);
    int[] order = BuildUp.alone(count);
    chance.shuffle(order, count);
    for (int module : order) {
      if (groupOf[module] == NONE) {
        groupOf[module] = groups;
        int other = module;
        for (int size = 1; size < GROUP_SIZE && other != NONE; size++) {
          other = freeNeighbour(module);
          if (other != NONE) {
            groupOf[other] = groups;
          }
        }
        groups++;
      }
    }
  }

  /** A neighbour that is in no group, by chance in proportion to the weight of the edge to it. */
  private int freeNeighbour(int module) {
    double free = 0;
    for (int place = view.first[module]; place < view.first[module + 1]; place++) {
      free += groupOf[view.target[place]] == NONE ? view.weight[place] : 0;
    }
    double drawn = free * chance.share();
    int neighbour = NONE;
    for (int place = view.first[module]; place < view.first[module + 1] && drawn >= 0; place++) {
      if (groupOf[view.target[place]] == NONE) {
        neighbour = view.target[place];
        drawn -= view.weight[place];
      }
    }
    return neighbour;
  }

  /** Which groups are shorter after the search. */
  private boolean[] better(Sums before, Sums after, double[] exit) {
    double leastGain = MoveLoop.LEAST_GAIN * network.totalStrength();
    var better = new boolean[groups];
    for (int group = 0; group < groups; group++) {
      better[group] =
          after.length(group, exit[group]) < before.length(group, exit[group]) - leastGain;
    }
    return better;
  }

  private boolean[] take(int[] nodes, BuildUp up, int[] group, boolean[] better) {
    var taken = new boolean[modules.length];
    for (int i = 0; i < nodes.length; i++) {
      int node = nodes[i];
      if (better[group[node]]) {
        taken[node] = true;
        modules[node] = count + up.modules()[i];
      }
    }
    Partition.number(modules, count + up.count());
    return taken;
  }

  /** Sums over the modules of each group. */
  private static final class Sums {

    private final double[] enter;
    private final double[] term;

    Sums(FlowNetwork view, int[] groupOf, int groups) {
      enter = new double[groups];
      term = new double[groups];
      for (int module = 0; module < groupOf.length; module++) {
        enter[groupOf[module]] += view.enter(module);
        term[groupOf[module]] += view.term(module);
      }
    }

    /** Of each group, how much the modules of all others of its part are entered, and its exit. */
    double[] entersElsewhere(Parts partOfGroup) {
      double[] all = partOfGroup.exit().clone();
      for (int group = 0; group < enter.length; group++) {
        all[partOfGroup.of()[group]] += enter[group];
      }
      var elsewhere = new double[enter.length];
      for (int group = 0; group < enter.length; group++) {
        elsewhere[group] = Math.max(0, all[partOfGroup.of()[group]] - enter[group]);
      }
      return elsewhere;
    }

    /** The terms of the map equation that depend on the modules of a group. */
    double length(int group, double entersElsewhere) {
      return BinaryLogarithm.times(entersElsewhere + enter[group]) + term[group];
    }
  }
}
