package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EdgeWeightingTest {

  private static final double EXACT = 1e-15;

  /** 16 contexts; 4 hold one word, 8 the other, 4 both: twice as often as by chance. */
  @Test
  void countsWhatIsTwiceAsFrequentAsByChance() {
    assertThat(EdgeWeighting.COUNT.weight(4, 4, 8, 16, 1)).isEqualTo(4);
    assertThat(EdgeWeighting.PPMI.weight(4, 4, 8, 16, 1)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(EdgeWeighting.NPMI.weight(4, 4, 8, 16, 1)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void ofWordsThatStandOnlyTogetherTheNormalisedInformationIsOne() {
    assertThat(EdgeWeighting.NPMI.weight(3, 3, 3, 7, 1)).isEqualTo(1);
    assertThat(EdgeWeighting.PPMI.weight(3, 3, 3, 7, 1))
        .isCloseTo(Math.log(7 / 3.0), within(EXACT));
  }

  @Test
  void whatIsNoMoreFrequentThanByChanceIsLeftOut() {
    for (var weighting : new EdgeWeighting[] {EdgeWeighting.PPMI, EdgeWeighting.NPMI}) {
      assertThat(weighting.weight(2, 4, 8, 16, 1)).as("as by chance").isZero();
      assertThat(weighting.weight(1, 4, 8, 16, 1)).as("less").isNegative();
      assertThat(weighting.weight(5, 5, 5, 5, 1)).as("in every context").isZero();
    }
  }

  @Test
  void theLikelihoodGrowsWithTheCounts() {
    // 4 of 16 together, where 2 were expected; 0, 4 and 8 in the other cells, expected 2, 6 and 6.
    double ratio = 2 * (4 * Math.log(2) + 4 * Math.log(4 / 6.0) + 8 * Math.log(8 / 6.0));
    var weighting = EdgeWeighting.LIKELIHOOD;
    assertThat(weighting.weight(4, 4, 8, 16, 1)).isCloseTo(ratio, within(1e-12));
    assertThat(weighting.weight(8, 8, 16, 32, 1)).isCloseTo(2 * ratio, within(1e-12));
    assertThat(weighting.weight(8, 8, 16, 32, 2)).isCloseTo(ratio, within(1e-12));
    assertThat(weighting.weight(2, 4, 8, 16, 1)).as("as by chance").isZero();
    assertThat(weighting.weight(1, 4, 8, 16, 1)).as("less").isNegative();
  }

  @Test
  void onePowerOfTwoOnAllWeightsChangesNoBit() {
    for (var weighting : EdgeWeighting.values()) {
      double plain = weighting.weight(4.7, 9.1, 11.3, 31.9, 1.3);
      double scale = 0x1p-60;
      assertThat(
              weighting.weight(4.7 * scale, 9.1 * scale, 11.3 * scale, 31.9 * scale, 1.3 * scale))
          .isEqualTo(plain)
          .isPositive();
    }
  }
}
