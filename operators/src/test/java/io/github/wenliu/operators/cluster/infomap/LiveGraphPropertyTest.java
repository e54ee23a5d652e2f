package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LiveGraphPropertyTest {

  /** Against a full matrix; the frozen copy is the network of the same edges, bit for bit. */
  @Property(tries = 150)
  void hasTheWeightsThatWereSetLast(
      @ForAll @IntRange(min = 2, max = 50) int nodes, @ForAll long seed) {
    var graph = new LiveGraph();
    graph.grow(nodes);
    var weights = new double[nodes][nodes];
    var chance = new SplitMix(seed);
    for (int i = 0; i < 40 * nodes; i++) {
      int one = chance.below(nodes);
      int other = (one + 1 + chance.below(nodes - 1)) % nodes;
      // Rows fill up, then empty again.
      boolean removes = chance.below(40 * nodes) < i;
      double weight = removes ? 0 : 1 + chance.share();

      assertThat(graph.set(one, other, weight)).isEqualTo(weights[one][other]);

      weights[one][other] = weight;
      weights[other][one] = weight;
      assertThat(graph.weight(other, one)).isEqualTo(weight);
    }
    graph.addUp();

    assertThat(graph.freeze())
        .usingRecursiveComparison()
        .ignoringFields("totalStrength")
        .isEqualTo(Graphs.ofMatrix(weights, nodes).network());
    assertThat(LiveGraph.of(graph.freeze()).freeze())
        .usingRecursiveComparison()
        .ignoringFields("strength", "totalStrength")
        .isEqualTo(graph.freeze());
  }
}
