package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryLogarithmTest {

  private static final MathContext EXACT = new MathContext(40);
  private static final BigDecimal LN_2 =
      new BigDecimal("0.6931471805599453094172321214581765680755");

  @Test
  void powersOfTwoAreExact() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      assertThat(BinaryLogarithm.of(Math.scalb(1.0, exponent))).isEqualTo(exponent);
    }
  }

  @Test
  void agreesWithALongSeries() {
    var chance = new SplitMix(5);
    for (int i = 0; i < 20_000; i++) {
      double mantissa = 1 + chance.below(1 << 30) / (double) (1 << 30);

      assertThat(BinaryLogarithm.of(mantissa)).isEqualTo(series(mantissa), within(5e-16));
    }
  }

  /** ln m is twice the sum of z^k / k over odd k, where z = (m - 1) / (m + 1). */
  private static double series(double mantissa) {
    var m = new BigDecimal(mantissa);
    var z = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), EXACT);
    var power = z;
    var sum = BigDecimal.ZERO;
    for (int k = 1; k < 45; k += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), EXACT), EXACT);
      power = power.multiply(z, EXACT).multiply(z, EXACT);
    }
    return sum.add(sum).divide(LN_2, EXACT).doubleValue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {3e-320, 7.5e-310, 1e-300, 0.1, 3, 1e9, 1.7e308})
  void agreesWithTheLibrary(double x) {
    double library = StrictMath.log(x) / StrictMath.log(2);

    assertThat(BinaryLogarithm.of(x)).isEqualTo(library, within(4 * Math.ulp(library)));
  }

  @Test
  void whatIsNotThereTakesNoBits() {
    assertThat(BinaryLogarithm.times(0)).isZero();
    assertThat(BinaryLogarithm.times(-1e-12)).isZero();
    assertThat(BinaryLogarithm.times(8)).isEqualTo(24);
  }
}
