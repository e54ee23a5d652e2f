package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhiTest {

  /** Of a rounded summand: half a unit in 2^20. */
  private static final double ROUNDING = 1e-6;

  @Test
  void whatOccursOnceOrNeverAddsNothing() {
    assertThat(Phi.of(0)).isZero();
    assertThat(Phi.of(1)).isZero();
  }

  @Test
  void twoAreTwoTimesTheLogarithmOfTwo() {
    // 2^20 · 2 · 0.693147180559945 = 1453634.9956
    assertThat(Phi.of(2)).isEqualTo(1_453_635);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4_095, 4_096, 4_097, 1_000_000, 50_000_000_000L})
  void theTableAndWhatLiesBehindItAreTheSameFunction(long count) {
    assertThat(Phi.of(count)).isEqualTo(Math.round(1_048_576.0 * count * StrictMath.log(count)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1_000})
  void aUniformDistributionHasTheEntropyOfItsSize(int size) {
    long each = 7;
    double entropy = Phi.entropy(size * each, StrictMath.log(size * each), size * Phi.of(each));
    assertThat(entropy).isEqualTo(StrictMath.log(size), within(ROUNDING));
  }

  @Test
  void everyOccurrenceAtAnEdgeIsAnExtensionOfItsOwn() {
    assertThat(Phi.entropy(8, StrictMath.log(8), 0)).isEqualTo(StrictMath.log(8));
  }

  @Test
  void threeToOne() {
    double byDefinition = -0.75 * StrictMath.log(0.75) - 0.25 * StrictMath.log(0.25);
    assertThat(Phi.entropy(4, StrictMath.log(4), Phi.of(3) + Phi.of(1)))
        .isEqualTo(byDefinition, within(ROUNDING));
  }
}
