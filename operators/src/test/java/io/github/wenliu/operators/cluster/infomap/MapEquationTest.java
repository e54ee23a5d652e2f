package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MapEquationTest {

  private static final double CLOSE = 1e-12;

  private static double entropy(double... shares) {
    double sum = 0;
    for (double share : shares) {
      sum -= share * Math.log(share) / Math.log(2);
    }
    return sum;
  }

  /**
   * Of 14 ends of edges each triangle has 7, of which one leaves. The index is used 2 times in 14
   * and has two words of one bit; a module's codebook is used 8 times in 14.
   */
  @Test
  void pricesTwoTrianglesAsByHand() {
    var network = Graphs.twoTriangles().network();
    double index = 2.0 / 14 * entropy(0.5, 0.5);
    double module = 8.0 / 14 * entropy(1.0 / 8, 2.0 / 8, 2.0 / 8, 3.0 / 8);

    double length = MapEquation.codelength(network, new int[] {0, 0, 0, 1, 1, 1});

    assertThat(length).isCloseTo(index + 2 * module, within(CLOSE));
  }

  @Test
  void oneModuleNeedsTheEntropyOfTheVisitRates() {
    var network = Graphs.twoTriangles().network();
    double entropy = entropy(2.0 / 14, 2.0 / 14, 3.0 / 14, 3.0 / 14, 2.0 / 14, 2.0 / 14);

    assertThat(MapEquation.oneLevel(network)).isCloseTo(entropy, within(CLOSE));
    assertThat(MapEquation.codelength(network, new int[6])).isCloseTo(entropy, within(CLOSE));
  }

  /** Strengths are 3 and 1, and half of what leaves: the way out is taken 1 time in 4 each. */
  @Test
  void aSelfLinkCountsOnceAndNeverInACut() {
    var network = FlowNetwork.of(2, new int[] {0, 0}, new int[] {0, 1}, new double[] {2, 1});
    double index = 0.5 * entropy(0.5, 0.5);
    double left = 1.0 * entropy(0.75, 0.25);
    double right = 0.5 * entropy(0.5, 0.5);

    assertThat(network.strength(0)).isEqualTo(3);
    assertThat(MapEquation.codelength(network, new int[] {0, 1}))
        .isCloseTo(index + left + right, within(CLOSE));
  }

  @Test
  void aNetworkWithoutWeightHasNoLength() {
    var network = FlowNetwork.of(3, new int[] {0}, new int[] {1}, new double[] {0});

    assertThat(MapEquation.codelength(network, new int[] {0, 1, 2})).isZero();
    assertThat(MapEquation.oneLevel(network)).isZero();
  }

  @Test
  void refusesModulesOfAnotherNetwork() {
    var network = Graphs.twoTriangles().network();

    assertThatThrownBy(() -> MapEquation.codelength(network, new int[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 modules for 6 nodes");
  }
}
