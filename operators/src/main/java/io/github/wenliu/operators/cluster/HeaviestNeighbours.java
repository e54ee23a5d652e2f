package io.github.wenliu.operators.cluster;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which edges are among the heaviest of one of their ends. So a word that is in many keeps those
 * that say most of it, and a word with few keeps all of its own. O(e log d) for a degree of d.
 */
final class HeaviestNeighbours {

  /** Edges at node {@code i} are {@code edge[first[i]]} … {@code edge[first[i+1]-1]}. */
  private final int[] first;

  /** Of each node in the order of the nodes at the other ends. */
  private final int[] edge;

  private final double[] weight;

  private HeaviestNeighbours(int nodes, int[] from, int[] to, double[] weight) {
    this.weight = weight;
    first = new int[nodes + 1];
    for (int i = 0; i < from.length; i++) {
      first[from[i] + 1]++;
      first[to[i] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      first[node + 1] += first[node];
    }
    int[] at = Arrays.copyOf(first, nodes);
    edge = new int[first[nodes]];
    for (int i = 0; i < from.length; i++) {
      edge[at[from[i]]++] = i;
      edge[at[to[i]]++] = i;
    }
  }

  /**
   * The edges that stay.
   *
   * @param from the lesser end of each edge
   * @param to the greater; edges are sorted by both
   * @param most edges of each node that are let stay; of one weight the first
   */
  static BitSet of(int nodes, int[] from, int[] to, double[] weight, int most) {
    var neighbours = new HeaviestNeighbours(nodes, from, to, weight);
    var kept = new BitSet(from.length);
    for (int node = 0; node < nodes; node++) {
      neighbours.keep(node, most, kept);
    }
    return kept;
  }

  private void keep(int node, int most, BitSet kept) {
    int degree = first[node + 1] - first[node];
    double bound = degree > most ? weightOfRank(node, most) : 0;
    int room = most;
    for (int i = first[node]; i < first[node + 1]; i++) {
      if (weight[edge[i]] > bound) {
        kept.set(edge[i]);
        room--;
      }
    }
    for (int i = first[node]; room > 0 && i < first[node + 1]; i++) {
      if (weight[edge[i]] == bound) {
        kept.set(edge[i]);
        room--;
      }
    }
  }

  private double weightOfRank(int node, int rank) {
    double[] weights = new double[first[node + 1] - first[node]];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight[edge[first[node] + i]];
    }
    Arrays.sort(weights);
    return weights[weights.length - rank];
  }
}
