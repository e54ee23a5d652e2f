package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Networks for tests. */
final class Graphs {

  /**
   * The edges of a network.
   *
   * @param nodes number of nodes
   */
  record Edges(int nodes, int[] from, int[] to, double[] weight) {

    FlowNetwork network() {
      return FlowNetwork.of(nodes, from, to, weight);
    }
  }

  private Graphs() {}

  /** Two triangles joined by an edge; all weights are 1. */
  static Edges twoTriangles() {
    return unweighted(6, new int[][] {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 4}, {4, 5}, {3, 5}});
  }

  /** Cliques of five nodes in a ring; neighbours share an edge. */
  static Edges cliques(int count) {
    var edges = new int[count * 11][];
    int size = 0;
    for (int clique = 0; clique < count; clique++) {
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < i; j++) {
          edges[size++] = new int[] {5 * clique + i, 5 * clique + j};
        }
      }
      edges[size++] = new int[] {5 * clique, (5 * clique + 6) % (5 * count)};
    }
    return unweighted(5 * count, edges);
  }

  static Edges unweighted(int nodes, int[][] pairs) {
    var edges = new Edges(nodes, new int[pairs.length], new int[pairs.length], weights(pairs));
    for (int i = 0; i < pairs.length; i++) {
      edges.from[i] = pairs[i][0];
      edges.to[i] = pairs[i][1];
    }
    return edges;
  }

  private static double[] weights(int[][] pairs) {
    var weights = new double[pairs.length];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** The edges that a symmetric matrix has weights of, between the first nodes. */
  static Edges ofMatrix(double[][] weights, int nodes) {
    int size = nodes * nodes;
    var edges = new Edges(nodes, new int[size], new int[size], new double[size]);
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < i; j++) {
        edges.from[i * nodes + j] = i;
        edges.to[i * nodes + j] = j;
        edges.weight[i * nodes + j] = weights[i][j];
      }
    }
    return edges;
  }

  /** Any edges, with self-links, parallel edges, weights of 0 and nodes without an edge. */
  static Arbitrary<Edges> edges(int maxNodes, int maxEdges) {
    return Arbitraries.integers()
        .between(1, maxNodes)
        .flatMap(
            nodes -> {
              var ends = Arbitraries.integers().between(0, nodes - 1);
              var weights = Arbitraries.integers().between(0, 40).map(i -> i / 4.0);
              var edge = Combinators.combine(ends, ends, weights).as(Edge::new);
              return edge.list().ofMaxSize(maxEdges).map(list -> Edge.all(nodes, list));
            });
  }

  private record Edge(int from, int to, double weight) {

    static Edges all(int nodes, List<Edge> list) {
      return new Edges(
          nodes,
          list.stream().mapToInt(Edge::from).toArray(),
          list.stream().mapToInt(Edge::to).toArray(),
          list.stream().mapToDouble(Edge::weight).toArray());
    }
  }
}
