package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * Where the edges of a network differ from those of a graph: each pair once, with the weight in the
 * network, 0 where it has none. Rows of both are sorted by neighbour, so it takes O(nodes + edges).
 */
final class Differences {

  private final Rows graph;
  private final int nodes;
  private final FlowNetwork network;

  private final IntArrayList one = new IntArrayList();
  private final IntArrayList other = new IntArrayList();
  private final DoubleArrayList weight = new DoubleArrayList();
  private double sum;

  /**
   * @param nodes of the graph
   */
  Differences(Rows graph, int nodes, FlowNetwork network) {
    this.graph = graph;
    this.nodes = nodes;
    this.network = network;
    for (int node = 0; node < Math.max(nodes, network.nodes()); node++) {
      compare(node);
    }
  }

  private void compare(int node) {
    int here = node < nodes ? graph.begin(node) : 0;
    int hereEnd = node < nodes ? graph.end(node) : 0;
    int there = node < network.nodes() ? network.begin(node) : 0;
    int thereEnd = node < network.nodes() ? network.end(node) : 0;
    while (here < hereEnd || there < thereEnd) {
      int old = here < hereEnd ? graph.target()[here] : Integer.MAX_VALUE;
      int now = there < thereEnd ? network.target[there] : Integer.MAX_VALUE;
      double before = old <= now ? graph.weight()[here++] : 0;
      double after = now <= old ? network.weight[there++] : 0;
      if (before != after && Math.min(old, now) > node) {
        one.add(node);
        other.add(Math.min(old, now));
        weight.add(after);
        sum += Math.abs(after - before);
      }
    }
  }

  int size() {
    return one.size();
  }

  /** The lesser end of a pair. */
  int one(int pair) {
    return one.getInt(pair);
  }

  /** The greater end. */
  int other(int pair) {
    return other.getInt(pair);
  }

  /** What the pair weighs in the network. */
  double weight(int pair) {
    return weight.getDouble(pair);
  }

  /** By how much weights differ in all. */
  double sum() {
    return sum;
  }
}
