package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * An undirected weighted graph, frozen: the rows of all nodes one after another in flat arrays. A
 * random walker on it visits a node in proportion to its strength.
 *
 * <p>A network may also be a view of a part of another, or a coarser one whose nodes are groups of
 * the other's: then strengths hold what is inside the groups, which no row tells.
 *
 * <p>O(nodes + edges) to build, but for sorting edges given more than twice; 24 bytes an edge and
 * 28 a node.
 */
public final class FlowNetwork {

  /** Neighbours of {@code i} are {@code target[first[i]] … target[first[i + 1] - 1]}. */
  final int[] first;

  /** Every edge between different nodes stands in both rows; self-links stand in none. */
  final int[] target;

  /** Weights of the edges, beside {@link #target}. */
  final double[] weight;

  /** Sum of the weights at a node; a self-link counts once. */
  final double[] strength;

  /**
   * Weight of a node's edges that leave the network, if it is a part of another; they have no row.
   */
  final double[] outside;

  /** Sum of the weights of the edges to other nodes: what a module of this node alone would cut. */
  final double[] cut;

  private final int edges;
  private final double totalStrength;

  private FlowNetwork(
      int[] first,
      int[] target,
      double[] weight,
      double[] strength,
      double[] outside,
      int edges,
      double totalStrength) {
    this.first = first;
    this.target = target;
    this.weight = weight;
    this.strength = strength;
    this.outside = outside;
    this.edges = edges;
    this.totalStrength = totalStrength;
    cut = cuts(first, weight);
    for (int node = 0; node < cut.length; node++) {
      cut[node] += outside[node];
    }
  }

  /** A coarser view of this network or of a part of it; the flow is relative to the same total. */
  FlowNetwork view(
      int[] rows, int[] targets, double[] weights, double[] strengths, double[] outsides) {
    return new FlowNetwork(
        rows, targets, weights, strengths, outsides, targets.length / 2, totalStrength);
  }

  /**
   * Makes a network of edges in any order and direction. Weights of one pair add up, the small ones
   * first, so that neither order nor direction shows in a single bit; edges of weight 0 are none.
   *
   * @param nodes number of nodes; their ids are 0 … {@code nodes - 1}
   * @param from one end of each edge
   * @param to the other; the same one for a self-link
   * @param weight weights, finite and not negative
   * @throws IllegalArgumentException naming the first edge that is none
   */
  public static FlowNetwork of(int nodes, int[] from, int[] to, double[] weight) {
    require(nodes, from, to, weight);
    return new EdgeRows(nodes, from, to, weight).network();
  }

  private static void require(int nodes, int[] from, int[] to, double[] weight) {
    if (nodes < 0) {
      throw new IllegalArgumentException("nodes is " + nodes + ", must not be negative");
    }
    if (from.length != to.length || from.length != weight.length) {
      throw new IllegalArgumentException(
          from.length
              + " first ends, "
              + to.length
              + " second ends, "
              + weight.length
              + " weights: must be as many");
    }
    for (int edge = 0; edge < from.length; edge++) {
      if (!isNode(from[edge], nodes) || !isNode(to[edge], nodes)) {
        throw new IllegalArgumentException(
            "edge "
                + edge
                + " is "
                + from[edge]
                + " - "
                + to[edge]
                + ", nodes are 0 to "
                + (nodes - 1));
      }
      if (!(weight[edge] >= 0 && weight[edge] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "edge " + edge + " weighs " + weight[edge] + ", must be finite and not negative");
      }
    }
  }

  private static boolean isNode(int id, int nodes) {
    return id >= 0 && id < nodes;
  }

  private static double[] cuts(int[] first, double[] weight) {
    var cuts = new double[first.length - 1];
    for (int node = 0; node < cuts.length; node++) {
      double sum = 0;
      for (int place = first[node]; place < first[node + 1]; place++) {
        sum += weight[place];
      }
      cuts[node] = sum;
    }
    return cuts;
  }

  private static double total(double[] strength) {
    var sum = new CompensatedSum();
    for (double one : strength) {
      sum.add(one);
    }
    if (!(sum.value() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the weights add up to more than a number can hold");
    }
    return sum.value();
  }

  /** Number of nodes, those without an edge included. */
  public int nodes() {
    return strength.length;
  }

  /** Number of different pairs that are linked, self-links included. */
  public int edges() {
    return edges;
  }

  /** Sum of the weights at a node; a self-link counts once. */
  public double strength(int node) {
    return strength[node];
  }

  /** Sum of all nodes' strengths: twice the weight of the edges, and once that of self-links. */
  public double totalStrength() {
    return totalStrength;
  }

  /** To how many other nodes a node is linked. */
  public int degree(int node) {
    return first[node + 1] - first[node];
  }

  /** A node's neighbour, by its rank from 0 to {@link #degree} - 1; in the order of the ids. */
  public int neighbour(int node, int rank) {
    return target[first[node] + rank];
  }

  /** Weight of the edge to {@link #neighbour}. */
  public double weight(int node, int rank) {
    return weight[first[node] + rank];
  }

  /** Sorts edges into rows: by one end and then, reading that in order, by the other. */
  private static final class EdgeRows {

    private final int nodes;
    private final int[] first;
    private final double[] loops;
    private int[] target;
    private double[] weight;
    private int selfLinks;

    EdgeRows(int nodes, int[] from, int[] to, double[] weights) {
      this.nodes = nodes;
      first = new int[nodes + 1];
      loops = new double[nodes];
      collect(from, to, weights);
      sort();
      addParallels();
    }

    FlowNetwork network() {
      var strength = cuts(first, weight);
      for (int node = 0; node < nodes; node++) {
        strength[node] += loops[node];
        if (loops[node] > 0) {
          selfLinks++;
        }
      }
      int edges = target.length / 2 + selfLinks;
      return new FlowNetwork(
          first, target, weight, strength, new double[nodes], edges, total(strength));
    }

    /** Puts each edge into the rows of its ends; a self-link twice into its only one. */
    private void collect(int[] from, int[] to, double[] weights) {
      for (int edge = 0; edge < from.length; edge++) {
        if (weights[edge] > 0) {
          first[from[edge] + 1]++;
          first[to[edge] + 1]++;
        }
      }
      for (int node = 0; node < nodes; node++) {
        first[node + 1] = Math.addExact(first[node], first[node + 1]);
      }
      target = new int[first[nodes]];
      weight = new double[first[nodes]];
      int[] end = Arrays.copyOf(first, nodes);
      for (int edge = 0; edge < from.length; edge++) {
        if (weights[edge] > 0) {
          put(end[from[edge]]++, to[edge], weights[edge]);
          put(end[to[edge]]++, from[edge], weights[edge]);
        }
      }
    }

    private void put(int place, int node, double value) {
      target[place] = node;
      weight[place] = value;
    }

    private void sort() {
      var sortedTarget = new int[target.length];
      var sortedWeight = new double[target.length];
      int[] end = Arrays.copyOf(first, nodes);
      for (int node = 0; node < nodes; node++) {
        for (int place = first[node]; place < first[node + 1]; place++) {
          int at = end[target[place]]++;
          sortedTarget[at] = node;
          sortedWeight[at] = weight[place];
        }
      }
      target = sortedTarget;
      weight = sortedWeight;
    }

    private void addParallels() {
      int size = 0;
      int place = 0;
      for (int node = 0; node < nodes; node++) {
        int rowEnd = first[node + 1];
        first[node] = size;
        while (place < rowEnd) {
          int begin = place;
          int other = target[begin];
          while (place < rowEnd && target[place] == other) {
            place++;
          }
          double sum = sum(begin, place);
          if (other == node) {
            loops[node] = sum / 2;
          } else {
            put(size++, other, sum);
          }
        }
      }
      first[nodes] = size;
      target = Arrays.copyOf(target, size);
      weight = Arrays.copyOf(weight, size);
    }

    private double sum(int begin, int end) {
      if (end - begin > 2) {
        Arrays.sort(weight, begin, end);
      }
      double sum = 0;
      for (int place = begin; place < end; place++) {
        sum += weight[place];
      }
      return sum;
    }
  }
}
