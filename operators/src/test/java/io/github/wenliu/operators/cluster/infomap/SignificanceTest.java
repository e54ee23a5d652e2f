package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignificanceTest {

  private static final double CLOSE = 1e-12;
  private static final double CONFIDENCE = 0.95;
  private static final BootstrapParameters PARAMETERS = new BootstrapParameters(60, 1, 3);

  private static final int[] TRIANGLES = {0, 0, 0, 1, 1, 1};

  /** Twenty replicates: so many of one kind, the others as the modules are. */
  private static Significance of(int count, int... other) {
    var replicates = new ArrayList<int[]>();
    for (int i = 0; i < 20; i++) {
      replicates.add(i < count ? other : TRIANGLES);
    }
    return Significance.of(Graphs.twoTriangles().network(), TRIANGLES, replicates, CONFIDENCE);
  }

  @Test
  void oneReplicateOfTwentyMayDiffer() {
    var found = of(1, 0, 0, 1, 1, 1, 1);

    assertThat(found.inCore()).containsOnly(true);
    assertThat(found.modules()).allMatch(ModuleSignificance::isSignificant);
    // Strengths are 2, 2, 3 and 3, 2, 2. The first is 4 of 7 in one replicate, the second 7 of 10.
    assertThat(found.modules().get(0).stability()).isCloseTo((19 + 4.0 / 7) / 20, within(CLOSE));
    assertThat(found.modules().get(1).stability()).isCloseTo((19 + 7.0 / 10) / 20, within(CLOSE));
    assertThat(found.modules().get(0).flow()).isCloseTo(0.5, within(CLOSE));
    assertThat(found.modules().get(0).nodes()).isEqualTo(3);
  }

  @Test
  void aNodeThatGoesAwayTwiceIsNotInTheCore() {
    var found = of(2, 0, 0, 1, 1, 1, 1);

    assertThat(found.inCore()).containsExactly(true, true, false, true, true, true);
    assertThat(found.modules().get(0).coreNodes()).isEqualTo(2);
    assertThat(found.modules().get(0).coreFlow()).isCloseTo(4.0 / 14, within(CLOSE));
    assertThat(found.modules().get(0).isSignificant()).isTrue();
  }

  @Test
  void modulesThatAreTogetherTwiceAreNotDistinct() {
    var found = of(2, 0, 0, 0, 0, 0, 0);

    assertThat(found.inCore()).containsOnly(true);
    assertThat(found.modules().get(0).notDistinctFrom()).containsExactly(1);
    assertThat(found.modules().get(1).notDistinctFrom()).containsExactly(0);
    assertThat(found.modules()).noneMatch(ModuleSignificance::isSignificant);
    assertThat(of(1, 0, 0, 0, 0, 0, 0).modules()).allMatch(ModuleSignificance::isSignificant);
  }

  @Test
  void aModuleWhoseNodesAreAloneHasACoreOfOne() {
    var found = of(20, 0, 1, 2, 3, 4, 5);

    // The strongest node is most of the module wherever all are alone.
    assertThat(found.inCore()).containsExactly(false, false, true, true, false, false);
    assertThat(found.modules().get(0).stability()).isCloseTo(3.0 / 7, within(CLOSE));
  }

  @Test
  void refusesWhatItCannotCompare() {
    var network = Graphs.twoTriangles().network();

    assertThatThrownBy(() -> Significance.of(network, TRIANGLES, List.of(), CONFIDENCE))
        .hasMessage("there are no replicates");
    assertThatThrownBy(() -> Significance.of(network, TRIANGLES, List.of(new int[5]), CONFIDENCE))
        .hasMessage("not all 6 nodes have a module");
    assertThatThrownBy(() -> Significance.of(network, TRIANGLES, List.of(TRIANGLES), 0))
        .hasMessage("confidence is 0.0, must be above 0 and at most 1");
    assertThatThrownBy(() -> new Bootstrap(network.regularized(1), PARAMETERS))
        .hasMessage("the network is not plain and undirected");
  }

  private static Graphs.Edges times(Graphs.Edges edges, double factor) {
    return new Graphs.Edges(
        edges.nodes(),
        edges.from(),
        edges.to(),
        Arrays.stream(edges.weight()).map(weight -> weight * factor).toArray());
  }

  private static Significance bootstrapped(FlowNetwork network, BootstrapParameters parameters) {
    int[] modules = new Infomap(network).search(5, 1, (trial, found) -> {}).modules();
    var replicates = new Bootstrap(network, parameters).search(modules, 2, (i, found) -> {});
    return Significance.of(network, modules, replicates, CONFIDENCE);
  }

  @Test
  void whatWasSeenOftenLasts() {
    var found = bootstrapped(times(Graphs.cliques(12), 20).network(), PARAMETERS);

    assertThat(found.modules()).hasSize(12).allMatch(ModuleSignificance::isSignificant);
    assertThat(found.inCore()).containsOnly(true);
  }

  @Test
  void theUnitSaysHowOften() {
    var network = times(Graphs.cliques(12), 20).network();

    var found = bootstrapped(network, new BootstrapParameters(60, 40, 3));

    assertThat(found.modules().stream().mapToDouble(ModuleSignificance::coreFlow).sum())
        .isLessThan(0.3);
  }

  /** Three edges a node, between any: a search finds modules, chance others each time. */
  @Test
  void modulesOfChanceDoNotLast() {
    var chance = new SplitMix(17);
    int nodes = 200;
    var pairs = new int[3 * nodes / 2][];
    Arrays.setAll(pairs, i -> new int[] {chance.below(nodes), chance.below(nodes)});
    var network = Graphs.unweighted(nodes, pairs).network();

    var found = bootstrapped(network, PARAMETERS);

    assertThat(found.modules().size()).isGreaterThan(5);
    assertThat(found.modules().stream().mapToDouble(ModuleSignificance::coreFlow).sum())
        .isLessThan(0.1);
  }

  @Test
  void threadsMakeNoDifference() {
    var network = Graphs.cliques(8).network();
    int[] modules = new Infomap(network).search(1, 1, (trial, found) -> {}).modules();
    var heard = new ArrayList<Integer>();

    var one = new Bootstrap(network, PARAMETERS).search(modules, 1, (i, found) -> heard.add(i));
    var three = new Bootstrap(network, PARAMETERS).search(modules, 3, (i, found) -> {});

    assertThat(three).usingRecursiveComparison().isEqualTo(one);
    assertThat(heard).hasSize(60).isSorted();
    assertThat(one.get(0)).isNotEqualTo(one.get(1));
  }

  @Test
  void replicatesHaveTheWeightsOnAverage() {
    var edges =
        new Graphs.Edges(
            4, new int[] {0, 1, 2, 3}, new int[] {1, 2, 2, 0}, new double[] {0.5, 4, 3, 10});
    int count = 20_000;
    var bootstrap = new Bootstrap(edges.network(), new BootstrapParameters(count, 0.5, 11));
    var sums = new double[4];
    for (int i = 0; i < count; i++) {
      var drawn = bootstrap.replicate(i);
      for (int node = 0; node < 4; node++) {
        // In units of 0.5.
        sums[node] += drawn.strength(node) / 2 / count;
      }
    }
    assertThat(sums).containsExactly(new double[] {10.5, 4.5, 7, 10}, within(0.1));
    assertThat(bootstrap.isOfCounts()).isTrue();
    assertThat(new Bootstrap(edges.network(), PARAMETERS).isOfCounts()).isFalse();
  }
}
