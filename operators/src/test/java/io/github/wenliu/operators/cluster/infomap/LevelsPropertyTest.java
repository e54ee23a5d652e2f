package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Modules of modules, of every flow. */
class LevelsPropertyTest {

  private static final double CLOSE = 1e-9;
  private static final double ROUNDING = 1e-12;

  @Provide
  Arbitrary<Graphs.Edges> tiny() {
    return Graphs.edges(6, 12);
  }

  @Provide
  Arbitrary<Graphs.Edges> small() {
    return Graphs.edges(40, 120);
  }

  @Provide
  Arbitrary<FlowPropertyTest.Kind> kinds() {
    return Arbitraries.of(FlowPropertyTest.Kind.class);
  }

  private static Hierarchy search(FlowNetwork network, long seed) {
    return new Infomap(network).searchLevels(2, seed, (trial, found) -> {});
  }

  /** Cliques of five in rings of four, the rings in a ring. */
  private static FlowNetwork ringsOfCliques() {
    var pairs = new ArrayList<int[]>();
    for (int clique = 0; clique < 16; clique++) {
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < i; j++) {
          pairs.add(new int[] {5 * clique + i, 5 * clique + j});
        }
      }
      int ring = clique / 4;
      pairs.add(new int[] {5 * clique, 5 * (4 * ring + (clique + 1) % 4) + 1});
      pairs.add(new int[] {5 * clique + 2, 5 * (4 * ring + (clique + 1) % 4) + 3});
    }
    for (int ring = 0; ring < 4; ring++) {
      pairs.add(new int[] {20 * ring + 4, (20 * ring + 24) % 80});
    }
    return Graphs.unweighted(80, pairs.toArray(int[][]::new)).network();
  }

  @Example
  void findsPlantedModulesOfModules() {
    var found = search(ringsOfCliques(), 1);

    assertThat(found.levels()).isEqualTo(3);
    assertThat(found.topModules())
        .containsExactly(IntStream.range(0, 80).map(node -> node / 20).toArray());
    assertThat(found.parents().length).isEqualTo(20);
    assertThat(IntStream.range(0, 16))
        .allMatch(clique -> found.modules()[5 * clique] == found.modules()[5 * clique + 4]);
  }

  @Property(tries = 200)
  void costsOfBranchesAddUpToTheDefinition(
      @ForAll("small") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll boolean corrected,
      @ForAll long seed) {
    var network = corrected ? kind.network(edges).entropyCorrected(1) : kind.network(edges);
    var chance = new SplitMix(seed);
    int[] modules = new int[network.nodes()];
    Arrays.setAll(modules, node -> chance.below(1 + modules.length / 3));

    var branch = Levels.above(network, modules, true, chance);
    var refined = Levels.refined(network, branch, chance);

    assertThat(length(network, branch)).isCloseTo(definition(network, branch), within(CLOSE));
    assertThat(length(network, refined)).isCloseTo(definition(network, refined), within(CLOSE));
    assertThat(refined.cost()).isLessThanOrEqualTo(branch.cost());
  }

  private static double definition(FlowNetwork network, Branch branch) {
    return branch.hierarchy(network).codelength() * network.totalStrength();
  }

  private static double length(FlowNetwork network, Branch branch) {
    double length = branch.cost();
    for (double strength : network.strength) {
      length -= BinaryLogarithm.times(strength);
    }
    // Every node is a word, and all words but one have a price; a branch counts modules alone.
    int words = network.nodes() - 1 + (branch.branches().isEmpty() ? 1 : 0);
    return length + network.terms.modulePrice() * words;
  }

  @Property(tries = 200)
  void modulesOfModulesAreNotLonger(
      @ForAll("small") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll long seed) {
    var network = kind.network(edges);

    var deep = search(network, seed);
    var flat = new Infomap(network).search(2, seed, (trial, found) -> {});

    assertThat(deep.codelength())
        .isLessThan(MapEquation.oneLevel(network) + 1e-3)
        .isLessThan(flat.codelength() + 1e-3);
  }

  @Property(tries = 100)
  void modulesOfAllLevelsAreConnected(
      @ForAll("small") Graphs.Edges edges, @ForAll boolean directed, @ForAll long seed) {
    var kind = directed ? FlowPropertyTest.Kind.UNRECORDED : FlowPropertyTest.Kind.UNDIRECTED;
    var network = kind.network(edges);
    var found = search(network, seed);

    for (int depth = 0; depth < found.levels(); depth++) {
      int[] modules = found.modules().clone();
      for (int up = 0; up < depth; up++) {
        for (int node = 0; node < modules.length; node++) {
          int parent = found.parents()[modules[node]];
          modules[node] = parent == Hierarchy.NONE ? modules[node] : parent;
        }
      }
      int[] parts = Connectivity.split(network, modules);
      assertThat(Partition.count(parts)).isEqualTo((int) Arrays.stream(modules).distinct().count());
    }
  }

  @Property(tries = 50)
  void theSameSeedFindsTheSame(
      @ForAll("small") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll long seed) {
    var first = search(kind.network(edges), seed);
    var second = search(kind.network(edges), seed);

    assertThat(second.parents()).isEqualTo(first.parents());
    assertThat(second.modules()).isEqualTo(first.modules());
    assertThat(second.codelength()).isEqualTo(first.codelength());
  }

  @Property(tries = 100)
  void improveIsNeverLonger(
      @ForAll("small") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll long seed) {
    var network = kind.network(edges);
    var found = search(network, seed);

    var improved = new Infomap(network).improve(found, seed + 1);

    assertThat(improved.codelength()).isLessThan(found.codelength() + ROUNDING);
  }

  @Property(tries = 100)
  void numbersDoNotDependOnThoseGiven(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var found = search(network, seed);
    int size = found.parents().length;
    // One more module, empty, in front of all.
    var parents = new int[size + 1];
    parents[0] = Hierarchy.NONE;
    for (int module = 0; module < size; module++) {
      int parent = found.parents()[module];
      parents[module + 1] = parent == Hierarchy.NONE ? Hierarchy.NONE : parent + 1;
    }

    var again =
        Hierarchy.of(
            network, parents, Arrays.stream(found.modules()).map(module -> module + 1).toArray());

    assertThat(again.parents()).isEqualTo(found.parents());
    assertThat(again.modules()).isEqualTo(found.modules());
    assertThat(again.codelength()).isEqualTo(found.codelength());
  }

  /** Not every search finds the optimum, even of so few nodes, but one of a few does. */
  @Property(tries = 100)
  void twoLevelsOfEveryFlowAreTheOptimumOfTinyNetworks(
      @ForAll("tiny") Graphs.Edges edges, @ForAll("kinds") FlowPropertyTest.Kind kind) {
    var network = kind.network(edges);

    double found = new Infomap(network).search(20, 1, (trial, one) -> {}).codelength();

    double optimum = optimum(network, new int[network.nodes()], 0, 0);
    if (network.terms.jumps() > 0) {
      assertThat(found).isLessThan(optimum + CLOSE);
    } else {
      assertThat(found).isCloseTo(optimum, within(CLOSE));
    }
  }

  private static double optimum(FlowNetwork network, int[] modules, int node, int used) {
    if (node == modules.length) {
      boolean connected =
          Partition.count(Connectivity.split(network, modules)) == Partition.count(modules);
      return connected ? MapEquation.codelength(network, modules) : Double.POSITIVE_INFINITY;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int module = 0; module <= used; module++) {
      modules[node] = module;
      best = Math.min(best, optimum(network, modules, node + 1, Math.max(used, module + 1)));
    }
    return best;
  }
}
