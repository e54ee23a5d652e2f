package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import java.util.BitSet;

/**
 * The graph that is clustered: weighted, without stop words and weak edges. A function of what was
 * folded alone; a copy, nobody writes to it.
 *
 * @param names the words that have an edge, in the order of code points
 * @param from edge {@code i} joins the words {@code names[from[i]]} …
 * @param to … and {@code names[to[i]]}, with {@code from[i] < to[i]}; edges are sorted by both
 * @param weight weight of each edge, positive
 * @param recent weight of each edge of late, by what one count of it is worth: the whole of what
 *     the version that was taken last counted, half of what the one before did, and so on
 * @param unit by what weights are to be multiplied, so that an edge of which nothing was counted
 *     weighs the same in every version
 */
record ClusteringInput(
    String[] names, int[] from, int[] to, double[] weight, double[] recent, double unit) {

  /** The same for a search; nodes are numbered as the names are. */
  FlowNetwork network() {
    return FlowNetwork.of(names.length, from, to, weight);
  }

  /** What was counted of late, of the same nodes. */
  FlowNetwork recentNetwork() {
    return FlowNetwork.of(names.length, from, to, recent);
  }

  /** The same with its edges sorted by both ends: a counting sort by each, O(edges + words). */
  ClusteringInput sorted() {
    var bySecond = sortedBy(to);
    return bySecond.sortedBy(bySecond.from);
  }

  private ClusteringInput sortedBy(int[] end) {
    int[] at = new int[names.length + 1];
    for (int node : end) {
      at[node + 1]++;
    }
    for (int node = 0; node < names.length; node++) {
      at[node + 1] += at[node];
    }
    int[] order = new int[end.length];
    for (int i = 0; i < end.length; i++) {
      order[at[end[i]]++] = i;
    }
    return taken(order);
  }

  /** The same with some of its edges. */
  ClusteringInput only(BitSet some) {
    return some.cardinality() == from.length ? this : taken(some.stream().toArray());
  }

  private ClusteringInput taken(int[] edges) {
    int[] newFrom = new int[edges.length];
    int[] newTo = new int[edges.length];
    double[] newWeight = new double[edges.length];
    double[] newRecent = new double[edges.length];
    for (int i = 0; i < edges.length; i++) {
      newFrom[i] = from[edges[i]];
      newTo[i] = to[edges[i]];
      newWeight[i] = weight[edges[i]];
      newRecent[i] = recent[edges[i]];
    }
    return new ClusteringInput(names, newFrom, newTo, newWeight, newRecent, unit);
  }
}
