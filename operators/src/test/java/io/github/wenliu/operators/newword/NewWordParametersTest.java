package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NewWordParametersTest {

  @Test
  void nonsenseIsRejectedByName() {
    assertRejected(1, 1, 1, 0, "minCount is 1");
    assertRejected(2, -0.1, 1, 0, "hysteresis is -0.1");
    assertRejected(2, Double.NaN, 1, 0, "hysteresis is NaN");
    assertRejected(2, 1, 0, 0, "versionSymbols is 0");
    assertRejected(2, 1, 1, -0.1, "versionShare is -0.1");
    assertRejected(2, 1, 1, Double.NaN, "versionShare is NaN");
  }

  @Test
  void theLeastOfEverythingIsAllowed() {
    assertThat(new NewWordParameters(2, 0, 1, 0).minCount()).isEqualTo(2);
    assertThat(NewWordParameters.DEFAULT.minCount()).isEqualTo(5);
  }

  private static void assertRejected(
      int minCount, double hysteresis, long versionSymbols, double versionShare, String message) {
    assertThatThrownBy(
            () -> new NewWordParameters(minCount, hysteresis, versionSymbols, versionShare))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
