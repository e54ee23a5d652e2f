package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InfomapTest {

  private static Partition search(FlowNetwork network) {
    return new Infomap(network).search(3, 1, (trial, found) -> {});
  }

  @Test
  void splitsTwoTrianglesJoinedByAnEdge() {
    var found = search(Graphs.twoTriangles().network());

    assertThat(found.modules()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(found.moduleCount()).isEqualTo(2);
  }

  @Test
  void findsEveryCliqueOfARing() {
    var found = search(Graphs.cliques(20).network());

    assertThat(found.modules())
        .containsExactly(IntStream.range(0, 100).map(node -> node / 5).toArray());
  }

  @Test
  void whatDoesNotFallApartIsOneModule() {
    var pairs = new ArrayList<int[]>();
    IntStream.range(0, 5)
        .forEach(a -> IntStream.range(0, a).forEach(b -> pairs.add(new int[] {a, b})));
    var network = Graphs.unweighted(5, pairs.toArray(int[][]::new)).network();

    assertThat(search(network).moduleCount()).isEqualTo(1);
    assertThat(new Infomap(network).improve(new int[] {0, 0, 1, 1, 1}, 1).moduleCount())
        .isEqualTo(1);
  }

  /** The end of a path, with a self-link: moves of one node or one module at a time take it in. */
  @Test
  void findsWhatOnlyTakingApartFinds() {
    var network =
        FlowNetwork.of(
            5,
            new int[] {2, 2, 1, 0, 3},
            new int[] {2, 1, 0, 3, 4},
            new double[] {9.5, 3.75, 7.25, 4, 4.75});

    assertThat(search(network).modules()).containsExactly(0, 0, 1, 0, 0);
  }

  @Test
  void nodesWithoutAnEdgeStayAlone() {
    var network = Graphs.unweighted(5, new int[][] {{1, 3}}).network();

    assertThat(search(network).modules()).containsExactly(1, 0, 2, 0, 3);
    assertThat(new Infomap(network).improve(new int[5], 1).modules())
        .containsExactly(1, 0, 2, 0, 3);
  }

  @Test
  void searchesWhatHasNoWeight() {
    var empty = FlowNetwork.of(0, new int[0], new int[0], new double[0]);
    var one = FlowNetwork.of(1, new int[0], new int[0], new double[0]);
    var loop = FlowNetwork.of(1, new int[1], new int[1], new double[] {3});

    assertThat(search(empty).moduleCount()).isZero();
    assertThat(search(one).modules()).containsExactly(0);
    assertThat(search(loop).modules()).containsExactly(0);
    assertThat(search(loop).codelength()).isZero();
  }

  @Test
  void searchesLevelsOfWhatHasNoWeight() {
    var empty = FlowNetwork.of(0, new int[0], new int[0], new double[0]);
    var one = FlowNetwork.of(1, new int[0], new int[0], new double[0]);
    var loop = FlowNetwork.of(1, new int[1], new int[1], new double[] {3});
    var arc = new int[] {0};
    var directed =
        FlowNetwork.directed(
            2, arc, new int[] {1}, new double[] {0}, Teleportation.RECORDED_TO_NODES);

    assertThat(searchLevels(empty).topModuleCount()).isZero();
    assertThat(searchLevels(one).modules()).containsExactly(0);
    assertThat(searchLevels(loop).codelength()).isZero();
    assertThat(searchLevels(directed).codelength()).isZero();
    assertThat(searchLevels(empty.regularized(1)).levels()).isEqualTo(1);
    assertThat(searchLevels(loop.entropyCorrected(1)).levels()).isEqualTo(2);
  }

  private static Hierarchy searchLevels(FlowNetwork network) {
    return new Infomap(network).searchLevels(2, 1, (trial, found) -> {});
  }

  /** Two linked nodes of two cliques that are a module of their own: neither leaves alone. */
  @Test
  void dissolvesWhatNoSingleMoveWould() {
    int[] modules = {2, 0, 0, 0, 0, 1, 2, 1, 1, 1};
    var loop = new MoveLoop(Graphs.cliques(2).network(), modules, Parts.whole(10));

    assertThat(loop.dissolve(2)).isTrue();
    assertThat(modules).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void tellsEachTrial() {
    var trials = new ArrayList<Integer>();
    var lengths = new ArrayList<Double>();

    var best =
        new Infomap(Graphs.cliques(4).network())
            .search(
                3,
                7,
                (trial, found) -> {
                  trials.add(trial);
                  lengths.add(found.codelength());
                });

    assertThat(trials).containsExactly(0, 1, 2);
    assertThat(lengths).contains(best.codelength());
  }

  @Test
  void improvesFromAnyNumbersAndFromNone() {
    var infomap = new Infomap(Graphs.twoTriangles().network());

    assertThat(infomap.improve(new int[] {-1, -1, -1, -1, -1, -1}, 1).modules())
        .containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(infomap.improve(new int[] {9_000_000, 9_000_000, 9_000_000, -7, 5, 5}, 1).modules())
        .containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void improveSplitsAndMerges() {
    var network = Graphs.cliques(20).network();
    var cliques = IntStream.range(0, 100).map(node -> node / 5).toArray();
    var pairsOfCliques = IntStream.range(0, 100).map(node -> node / 10).toArray();
    var halves = IntStream.range(0, 100).map(node -> node / 5 * 2 + (node % 5 < 2 ? 0 : 1));

    assertThat(new Infomap(network).improve(pairsOfCliques, 1).modules()).containsExactly(cliques);
    assertThat(new Infomap(network).improve(halves.toArray(), 1).modules())
        .containsExactly(cliques);
  }

  @Test
  void refusesWrongUse() {
    var infomap = new Infomap(Graphs.twoTriangles().network());

    assertThatThrownBy(() -> infomap.search(0, 1, (trial, found) -> {}))
        .hasMessage("trials is 0, must be positive");
    assertThatThrownBy(() -> infomap.improve(new int[7], 1)).hasMessage("7 modules for 6 nodes");
  }
}
