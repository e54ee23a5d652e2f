package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InfomapPropertyTest {

  private static final double CLOSE = 1e-10;
  private static final double ROUNDING = 1e-13;

  @Provide
  Arbitrary<Graphs.Edges> tiny() {
    return Graphs.edges(7, 14);
  }

  @Provide
  Arbitrary<Graphs.Edges> small() {
    return Graphs.edges(40, 120);
  }

  /** Not every trial finds the optimum, even of so few nodes; the best of thirty does. */
  @Property(tries = 200)
  void findsTheOptimumOfTinyNetworks(@ForAll("tiny") Graphs.Edges edges) {
    var network = edges.network();

    double found = new Infomap(network).search(30, 1, (trial, one) -> {}).codelength();

    assertThat(found).isCloseTo(optimum(network, new int[network.nodes()], 0, 0), within(CLOSE));
  }

  private static double optimum(FlowNetwork network, int[] modules, int node, int used) {
    if (node == modules.length) {
      return MapEquation.codelength(network, modules);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int module = 0; module <= used; module++) {
      modules[node] = module;
      best = Math.min(best, optimum(network, modules, node + 1, Math.max(used, module + 1)));
    }
    return best;
  }

  @Property(tries = 300)
  void improveIsNeverWorse(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    int[] initial = modules(network.nodes(), seed);

    var improved = new Infomap(network).improve(initial, seed);

    assertThat(improved.codelength())
        .isLessThan(MapEquation.codelength(network, initial) + ROUNDING)
        .isLessThan(MapEquation.oneLevel(network) + ROUNDING);
    assertThat(improved.codelength())
        .isEqualTo(MapEquation.codelength(network, improved.modules()));
  }

  private static int[] modules(int nodes, long seed) {
    var chance = new SplitMix(seed);
    var modules = new int[nodes];
    Arrays.setAll(modules, node -> chance.below(1 + nodes / 3));
    return modules;
  }

  @Property(tries = 300)
  void modulesAreConnected(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var infomap = new Infomap(network);

    var improved = infomap.improve(modules(network.nodes(), seed), seed);
    var searched = infomap.search(1, seed, (trial, found) -> {});

    assertThat(partCount(network, improved)).isEqualTo(improved.moduleCount());
    assertThat(partCount(network, searched)).isEqualTo(searched.moduleCount());
  }

  private static long partCount(FlowNetwork network, Partition partition) {
    return Arrays.stream(Connectivity.split(network, partition.modules())).distinct().count();
  }

  @Property(tries = 100)
  void theSameSeedFindsTheSame(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var first = new Infomap(edges.network()).search(2, seed, (trial, found) -> {});
    var second = new Infomap(edges.network()).search(2, seed, (trial, found) -> {});

    assertThat(second.modules()).isEqualTo(first.modules());
    assertThat(second.codelength()).isEqualTo(first.codelength());
  }
}
