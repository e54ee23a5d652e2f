package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlowNetworkTest {

  private static FlowNetwork network(int nodes, int[] from, int[] to, double... weight) {
    return FlowNetwork.of(nodes, from, to, weight);
  }

  @Test
  void addsUpParallelEdgesOfBothDirections() {
    var network = network(3, new int[] {2, 0, 1, 0}, new int[] {0, 2, 0, 0}, 1, 2, 4, 8);

    assertThat(network.edges()).isEqualTo(3);
    assertThat(network.degree(0)).isEqualTo(2);
    assertThat(network.neighbour(0, 0)).isEqualTo(1);
    assertThat(network.weight(0, 0)).isEqualTo(4);
    assertThat(network.neighbour(0, 1)).isEqualTo(2);
    assertThat(network.weight(0, 1)).isEqualTo(3);
    assertThat(network.strength(0)).isEqualTo(15);
    assertThat(network.strength(2)).isEqualTo(3);
    assertThat(network.totalStrength()).isEqualTo(22);
  }

  @Test
  void parallelSelfLinksAddUpOnceEach() {
    var network = network(1, new int[3], new int[3], 0.25, 0.5, 1);

    assertThat(network.edges()).isEqualTo(1);
    assertThat(network.degree(0)).isZero();
    assertThat(network.strength(0)).isEqualTo(1.75);
  }

  @Test
  void edgesWithoutWeightAreNone() {
    var network = network(2, new int[] {0, 1}, new int[] {1, 1}, 0, 0);

    assertThat(network.edges()).isZero();
    assertThat(network.degree(0)).isZero();
    assertThat(network.nodes()).isEqualTo(2);
  }

  @Test
  void saysWhichEdgeIsNone() {
    var zero = new int[] {0};
    var one = new int[] {1};

    assertThatThrownBy(() -> network(1, zero, one, 1))
        .hasMessage("edge 0 is 0 - 1, nodes are 0 to 0");
    assertThatThrownBy(() -> network(2, new int[] {-1}, one, 1))
        .hasMessage("edge 0 is -1 - 1, nodes are 0 to 1");
    assertThatThrownBy(() -> network(2, zero, one, -0.5))
        .hasMessage("edge 0 weighs -0.5, must be finite and not negative");
    assertThatThrownBy(() -> network(2, zero, one, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> network(2, zero, one, Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> network(2, zero, one))
        .hasMessage("1 first ends, 1 second ends, 0 weights: must be as many");
    assertThatThrownBy(() -> network(-1, zero, one, 1))
        .hasMessage("nodes is -1, must not be negative");
    assertThatThrownBy(() -> network(2, zero, one, Double.MAX_VALUE))
        .hasMessage("the weights add up to more than a number can hold");
  }
}
