package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/**
 * Makes one partition of two, at least as good as the better. What both keep together stays
 * together and becomes a node; the far smaller network of these is searched twice, from the better
 * partition and from single nodes on. So in each region what is better there can win, and what two
 * searches agree on is not searched again [1].
 *
 * <p>O(nodes + edges), and a search of a network with as many nodes as the two differ in.
 *
 * <p>[1] Ovelgönne and Geyer-Schulz: An ensemble learning strategy for graph clustering, Graph
 * Partitioning and Graph Clustering, AMS 2013.
 */
final class Recombination {

  /** Share of the codelength that a sweep must gain for another to follow. */
  private static final double LEAST_GAIN = 1e-4;

  private final FlowNetwork network;
  private final Parts parts;
  private final SplitMix chance;

  Recombination(FlowNetwork network, Parts parts, SplitMix chance) {
    this.network = network;
    this.parts = parts;
    this.chance = chance;
  }

  /**
   * Combines two partitions.
   *
   * @param better module of each node, numbered from 0
   * @param other the same of the other
   * @return module of each node, never longer than {@code better}
   */
  int[] of(int[] better, int[] other) {
    int[] cells = Connectivity.split(network, cells(better, other));
    int count = Partition.count(cells);
    var start = new int[count];
    for (int node = 0; node < cells.length; node++) {
      start[cells[node]] = better[node];
    }
    Partition.number(start, better.length);
    var view = Aggregation.of(network, cells, count);
    var viewParts = parts.ofGroups(cells, count);
    int[] kept = new Tuning(view, start, viewParts, chance).run(LEAST_GAIN);
    int[] fresh = new Tuning(view, BuildUp.alone(count), viewParts, chance).run(LEAST_GAIN);
    boolean isFresh =
        MapEquation.codelength(view, fresh, viewParts)
            < MapEquation.codelength(view, kept, viewParts);
    var modules = new int[cells.length];
    for (int node = 0; node < cells.length; node++) {
      modules[node] = (isFresh ? fresh : kept)[cells[node]];
    }
    return modules;
  }

  /** Numbers the pairs of modules that nodes are in. */
  private static int[] cells(int[] one, int[] two) {
    var numbers = new Long2IntOpenHashMap();
    var cells = new int[one.length];
    for (int node = 0; node < cells.length; node++) {
      long pair = (long) one[node] << Integer.SIZE | two[node];
      int number = numbers.getOrDefault(pair, numbers.size());
      numbers.put(pair, number);
      cells[node] = number;
    }
    return cells;
  }
}
