package io.github.wenliu.operators.cluster.infomap;

/**
 * The rows of edges of a network, frozen or changing, as far as moves of its nodes read them.
 * Neighbours of {@code i} are {@code target()[begin(i)] … target()[end(i) - 1]}; the arrays may be
 * others after a change.
 */
abstract class Rows {

  abstract int begin(int node);

  abstract int end(int node);

  /** Every edge between different nodes stands in both rows; self-links stand in none. */
  abstract int[] target();

  /** Weights of the edges, beside {@link #target}. */
  abstract double[] weight();

  /** How much a node is visited. */
  abstract double strength(int node);

  /** Sum of the weights of the edges to other nodes. */
  abstract double cut(int node);

  /** Weight of a node's edges that have no row. */
  abstract double outside(int node);

  /** What the flow has beyond undirected edges. */
  abstract FlowTerms terms();

  /** Sum of all visits. */
  abstract double totalStrength();

  /** What a node adds to the length as a module of its own, but for its share of the index. */
  final double term(int node) {
    return terms().term(node, cut(node), strength(node));
  }
}
