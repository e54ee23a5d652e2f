package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecombinationPropertyTest {

  private static final double CLOSE = 1e-9;

  @Provide
  Arbitrary<Graphs.Edges> edges() {
    return Graphs.edges(30, 90);
  }

  @Provide
  Arbitrary<FlowPropertyTest.Kind> kinds() {
    return Arbitraries.of(FlowPropertyTest.Kind.class);
  }

  private static int[] modules(int nodes, SplitMix chance) {
    var modules = new int[nodes];
    Arrays.setAll(modules, node -> chance.below(1 + nodes / 3));
    return modules;
  }

  @Property(tries = 300)
  void twoMakeOneThatIsNotLonger(
      @ForAll("edges") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll long seed) {
    var network = kind.network(edges);
    var chance = new SplitMix(seed);
    int[] better = modules(network.nodes(), chance);
    int[] other = modules(network.nodes(), chance);

    int[] both = new Recombination(network, Parts.whole(network.nodes()), chance).of(better, other);

    assertThat(MapEquation.codelength(network, both))
        .isLessThan(MapEquation.codelength(network, better) + CLOSE);
  }

  /** What both keep together, and an edge connects, stays together. */
  @Property(tries = 200)
  void whatIsTogetherInBothStaysTogether(@ForAll("edges") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var chance = new SplitMix(seed);
    int[] better = modules(network.nodes(), chance);
    int[] other = modules(network.nodes(), chance);

    int[] both = new Recombination(network, Parts.whole(network.nodes()), chance).of(better, other);

    for (int edge = 0; edge < edges.from().length; edge++) {
      int from = edges.from()[edge];
      int to = edges.to()[edge];
      if (edges.weight()[edge] > 0 && better[from] == better[to] && other[from] == other[to]) {
        assertThat(both[from]).isEqualTo(both[to]);
      }
    }
  }

  @Property(tries = 500)
  void whatDissolvingChangesIsWhatTheDefinitionSays(
      @ForAll("edges") Graphs.Edges edges,
      @ForAll("kinds") FlowPropertyTest.Kind kind,
      @ForAll long seed) {
    var network = kind.network(edges);
    int[] modules = modules(network.nodes(), new SplitMix(seed));
    double before = MapEquation.codelength(network, modules);
    var loop = new MoveLoop(network, modules, Parts.whole(network.nodes()));

    boolean dissolved = loop.dissolve(network.nodes());

    double after = MapEquation.codelength(network, modules);
    assertThat((after - before) * network.totalStrength()).isCloseTo(loop.change(), within(CLOSE));
    assertThat(dissolved).isEqualTo(loop.change() < 0);
  }
}
