package io.github.wenliu.operators.cluster.infomap;

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

  @Property(tries = 300)
  void oneSweepLeavesConnectedModulesWithTheirLength(
      @ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();

    var improved = new Infomap(network).improveOnce(modules(network.nodes(), seed), seed);

    assertThat(Partition.count(Connectivity.connected(network, improved.modules())))
        .isEqualTo(improved.moduleCount());
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

  @Property(tries = 200)
  void theOrderOfTheEdgesMakesNoDifference(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var shuffled = shuffled(edges, new SplitMix(seed)).network();

    assertThat(shuffled)
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(edges.network());
  }

  private static Graphs.Edges shuffled(Graphs.Edges edges, SplitMix chance) {
    int size = edges.from().length;
    int[] order = BuildUp.alone(size);
    chance.shuffle(order, size);
    var shuffled = new Graphs.Edges(edges.nodes(), new int[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      boolean turned = chance.below(2) == 1;
      shuffled.from()[i] = turned ? edges.to()[order[i]] : edges.from()[order[i]];
      shuffled.to()[i] = turned ? edges.from()[order[i]] : edges.to()[order[i]];
      shuffled.weight()[i] = edges.weight()[order[i]];
    }
    return shuffled;
  }

  @Property(tries = 200)
  void theUnitOfTheWeightsMakesNoDifference(
      @ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    int[] modules = modules(network.nodes(), seed);
    double length = MapEquation.codelength(network, modules);

    assertThat(MapEquation.codelength(scaled(edges, 0x1p300).network(), modules))
        .isCloseTo(length, within(CLOSE));
    assertThat(MapEquation.codelength(scaled(edges, 1e-7).network(), modules))
        .isCloseTo(length, within(CLOSE));
  }

  private static Graphs.Edges scaled(Graphs.Edges edges, double factor) {
    return new Graphs.Edges(
        edges.nodes(),
        edges.from(),
        edges.to(),
        Arrays.stream(edges.weight()).map(weight -> weight * factor).toArray());
  }

  @Property(tries = 200)
  void theNamesOfTheNodesMakeNoDifference(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    int[] names = BuildUp.alone(edges.nodes());
    new SplitMix(seed).shuffle(names, names.length);
    int[] modules = modules(edges.nodes(), seed);
    var renamedModules = new int[modules.length];
    for (int node = 0; node < modules.length; node++) {
      renamedModules[names[node]] = modules[node];
    }
    var renamed =
        new Graphs.Edges(
            edges.nodes(), named(edges.from(), names), named(edges.to(), names), edges.weight());

    assertThat(MapEquation.codelength(renamed.network(), renamedModules))
        .isCloseTo(MapEquation.codelength(edges.network(), modules), within(CLOSE));
  }

  private static int[] named(int[] nodes, int[] names) {
    return Arrays.stream(nodes).map(node -> names[node]).toArray();
  }
}
