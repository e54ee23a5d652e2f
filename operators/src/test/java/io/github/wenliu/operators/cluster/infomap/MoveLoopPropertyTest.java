package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MoveLoopPropertyTest {

  private static final double CLOSE = 1e-9;

  @Provide
  Arbitrary<Graphs.Edges> edges() {
    return Graphs.edges(30, 90);
  }

  @Property(tries = 500)
  void whatMovesChangeIsWhatTheDefinitionSays(
      @ForAll("edges") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var chance = new SplitMix(seed);
    int[] modules = modules(network.nodes(), chance);
    double before = MapEquation.codelength(network, modules);
    var loop = new MoveLoop(network, modules, Parts.whole(network.nodes()));

    boolean moved = loop.run(every(network.nodes()), chance);

    double after = MapEquation.codelength(network, modules);
    assertThat((after - before) * network.totalStrength()).isCloseTo(loop.change(), within(CLOSE));
    assertThat(moved).isEqualTo(loop.change() < 0);
  }

  /** In views of views, as in a search, where strengths hold what no row tells. */
  @Property(tries = 300)
  void theSameHoldsForModulesAsNodes(@ForAll("edges") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var chance = new SplitMix(seed);
    int[] groups = modules(network.nodes(), chance);
    int count = Partition.number(groups, groups.length);
    var view = Aggregation.of(network, groups, count);
    int[] modules = modules(count, chance);
    int[] before = modules.clone();
    var loop = new MoveLoop(view, modules, Parts.whole(count));

    loop.run(every(count), chance);

    double change =
        MapEquation.codelength(network, ofNodes(groups, modules))
            - MapEquation.codelength(network, ofNodes(groups, before));
    assertThat(change * network.totalStrength()).isCloseTo(loop.change(), within(CLOSE));
  }

  @Property(tries = 300)
  void partsHaveMapEquationsOfTheirOwn(@ForAll("edges") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var chance = new SplitMix(seed);
    int[] parts = modules(network.nodes(), chance);
    var interiors = Interiors.of(network, parts, every(network.nodes()));
    int size = interiors.nodes().length;
    int[] modules = BuildUp.alone(size);
    double before = length(network, parts, interiors, modules);
    var loop = new MoveLoop(interiors.network(), modules, interiors.parts());

    loop.run(every(size), chance);

    double after = length(network, parts, interiors, modules);
    assertThat(after - before).isCloseTo(loop.change(), within(CLOSE));
  }

  /**
   * The sum over parts of {@code f(exit + Σ c) - 2 Σ f(c) + Σ f(c + s)}, from the whole network.
   */
  private static double length(
      FlowNetwork network, int[] parts, Interiors interiors, int[] modules) {
    var strength = new double[modules.length];
    var cut = new double[modules.length];
    var index = new double[network.nodes()];
    var moduleOf = new int[network.nodes()];
    for (int i = 0; i < modules.length; i++) {
      moduleOf[interiors.nodes()[i]] = modules[i];
    }
    for (int node = 0; node < network.nodes(); node++) {
      strength[moduleOf[node]] += network.strength(node);
      for (int rank = 0; rank < network.degree(node); rank++) {
        int other = network.neighbour(node, rank);
        if (moduleOf[other] != moduleOf[node]) {
          cut[moduleOf[node]] += network.weight(node, rank);
          index[parts[node]] += network.weight(node, rank);
        }
        if (parts[other] != parts[node]) {
          index[parts[node]] += network.weight(node, rank);
        }
      }
    }
    double length = Arrays.stream(index).map(BinaryLogarithm::times).sum();
    for (int module = 0; module < modules.length; module++) {
      length += BinaryLogarithm.times(cut[module] + strength[module]);
      length -= 2 * BinaryLogarithm.times(cut[module]);
    }
    return length;
  }

  private static int[] modules(int nodes, SplitMix chance) {
    var modules = new int[nodes];
    Arrays.setAll(modules, node -> chance.below(Math.max(1, nodes / 2)));
    return modules;
  }

  private static int[] ofNodes(int[] groups, int[] modules) {
    return Arrays.stream(groups).map(group -> modules[group]).toArray();
  }

  private static boolean[] every(int nodes) {
    var every = new boolean[nodes];
    Arrays.fill(every, true);
    return every;
  }
}
