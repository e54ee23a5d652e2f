package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cliques of four nodes each: 0 to 3, 4 to 7, and so on. */
class RevisionTest {

  private static final int CLIQUE = 4;
  private static final double CLIQUE_STRENGTH = 12;

  @Test
  void whatWasCountedAsBeforeChangesNothing() {
    var graph = cliques(3, 1);
    var revision = new Revision(graph, cliques(3, 0.5), modules(3), 1, 1);
    assertThat(revision.modules()).containsExactly(modules(3));
  }

  @Test
  void joinsWhatIsOneOfLate() {
    var recent = with(cliques(3, 1), 0, 8, 1);
    int[] revised = new Revision(cliques(3, 10), recent, modules(3), 1, 1).modules();
    assertThat(revised).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void dividesWhatIsNotOneOfLate() {
    var whole = with(cliques(4, 10), 0, 8, 10);
    int[] found = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    int[] revised = new Revision(whole, cliques(4, 1), found, 1, 1).modules();
    assertThat(revised).containsExactly(modules(4));
  }

  @Test
  void aNodeThatWasNotMetOfLateGoesWithMostOfItsLinks() {
    var whole = with(with(cliques(4, 10), 0, 8, 10), 0, 4, 5);
    var edges = new ArrayList<double[]>();
    for (double[] edge : edges(cliques(4, 1))) {
      if (edge[0] != 0 && edge[1] != 0) {
        edges.add(edge);
      }
    }
    int[] found = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    int[] revised = new Revision(whole, network(16, edges), found, 1, 1).modules();
    assertThat(revised).containsExactly(modules(4));
  }

  @Test
  void littleIsNoEvidence() {
    var recent = with(cliques(3, 1), 0, 8, 1);
    double more = 10 * CLIQUE_STRENGTH;
    int[] revised = new Revision(cliques(3, 10), recent, modules(3), more, 1).modules();
    assertThat(revised).containsExactly(modules(3));
  }

  @Test
  void whereNothingWasCountedNothingIsKnown() {
    var revision = new Revision(cliques(2, 1), network(8, List.of()), modules(2), Double.NaN, 1);
    assertThat(revision.modules()).containsExactly(modules(2));
  }

  private static int[] modules(int cliques) {
    int[] modules = new int[CLIQUE * cliques];
    Arrays.setAll(modules, node -> node / CLIQUE);
    return modules;
  }

  private static FlowNetwork cliques(int count, double weight) {
    var edges = new ArrayList<double[]>();
    for (int first = 0; first < CLIQUE * count; first += CLIQUE) {
      addClique(edges, first, first + CLIQUE, weight);
    }
    return network(CLIQUE * count, edges);
  }

  /** The same with more edges, between all nodes from one up to another. */
  private static FlowNetwork with(FlowNetwork network, int from, int to, double weight) {
    var edges = edges(network);
    addClique(edges, from, to, weight);
    return network(network.nodes(), edges);
  }

  private static void addClique(List<double[]> edges, int from, int to, double weight) {
    for (int one = from; one < to; one++) {
      for (int other = one + 1; other < to; other++) {
        edges.add(new double[] {one, other, weight});
      }
    }
  }

  private static List<double[]> edges(FlowNetwork network) {
    var edges = new ArrayList<double[]>();
    for (int node = 0; node < network.nodes(); node++) {
      for (int rank = 0; rank < network.degree(node); rank++) {
        if (network.neighbour(node, rank) > node) {
          edges.add(new double[] {node, network.neighbour(node, rank), network.weight(node, rank)});
        }
      }
    }
    return edges;
  }

  private static FlowNetwork network(int nodes, List<double[]> edges) {
    return FlowNetwork.of(
        nodes,
        edges.stream().mapToInt(edge -> (int) edge[0]).toArray(),
        edges.stream().mapToInt(edge -> (int) edge[1]).toArray(),
        edges.stream().mapToDouble(edge -> edge[2]).toArray());
  }
}
