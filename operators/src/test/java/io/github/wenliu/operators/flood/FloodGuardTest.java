package io.github.wenliu.operators.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FloodGuardTest {

  @Test
  void fewerThanTheMinimumIsNeverAFlood() {
    var guard = new FloodGuard(new FloodGuardParameters(100, 5, 0.5));
    for (int i = 0; i < 4; i++) {
      assertThat(guard.isFlooded(true)).isFalse();
    }
    assertThat(guard.isFlooded(true)).as("the fifth of five").isTrue();
  }

  @Test
  void aShareBelowTheBoundIsNeverAFlood() {
    var guard = new FloodGuard(new FloodGuardParameters(10, 1, 0.5));
    for (int i = 0; i < 1_000; i++) {
      assertThat(guard.isFlooded(i % 5 < 2 && i > 2)).as("record %d", i).isFalse();
    }
  }

  @Test
  void theShareItselfIsAFlood() {
    var guard = new FloodGuard(new FloodGuardParameters(10, 2, 0.5));
    guard.isFlooded(false);
    guard.isFlooded(false);
    assertThat(guard.isFlooded(true)).isFalse();
    assertThat(guard.isFlooded(true)).as("2 of 4").isTrue();
    assertThat(guard.rejected()).isEqualTo(2);
    assertThat(guard.seen()).isEqualTo(4);
  }

  @Test
  void theWindowForgetsWhatSlidOut() {
    var guard = new FloodGuard(new FloodGuardParameters(4, 3, 0.5));
    guard.isFlooded(true);
    guard.isFlooded(true);
    for (int i = 0; i < 4; i++) {
      guard.isFlooded(false);
    }
    assertThat(guard.rejected()).isZero();
    assertThat(guard.seen()).isEqualTo(4);
    assertThat(guard.isFlooded(true)).isFalse();
    assertThat(guard.isFlooded(true)).isFalse();
    assertThat(guard.isFlooded(true)).isTrue();
  }

  @Test
  void aGoodRecordIsNeverTheOneThatStopsTheJob() {
    var guard = new FloodGuard(new FloodGuardParameters(4, 1, 0.1));
    assertThat(guard.isFlooded(true)).isTrue();
    assertThat(guard.isFlooded(false)).isFalse();
  }

  @Test
  void refusesParametersThatCouldNeverSeeAFlood() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FloodGuardParameters(0, 1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new FloodGuardParameters(5, 6, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new FloodGuardParameters(5, 0, 0.5));
    for (double share : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FloodGuardParameters(5, 5, share))
          .withMessageContaining(Double.toString(share));
    }
  }
}
