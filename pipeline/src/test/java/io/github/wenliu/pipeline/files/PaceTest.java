package io.github.wenliu.pipeline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void spacesRecordsEvenly() {
    var pace = new Pace(10);

    assertThat(pace.admit(1_000)).isZero();
    assertThat(pace.admit(1_000)).isEqualTo(100_000_000);
    assertThat(pace.admit(1_000)).isEqualTo(200_000_000);
    assertThat(pace.admit(250_001_000)).isEqualTo(50_000_000);
  }

  @Test
  void neverCatchesUp() {
    var pace = new Pace(10);
    pace.admit(0);

    assertThat(pace.admit(10_000_000_000L)).isZero();
    assertThat(pace.admit(10_000_000_000L)).isEqualTo(100_000_000);
  }

  @Test
  void unboundedNeverWaits() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(Pace.UNBOUNDED.admit(5)).isZero();
    }
  }

  @Test
  void refusesNothingPerSecond() {
    assertThatThrownBy(() -> new Pace(0)).hasMessageContaining("perSecond is 0");
    assertThatThrownBy(() -> new Pace(Double.NaN)).hasMessageContaining("perSecond is NaN");
  }
}
