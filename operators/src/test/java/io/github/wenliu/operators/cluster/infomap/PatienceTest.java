package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final double CLOSE = 1e-3;

  @Test
  void growsWhileSearchesAreInVainAndEndsWithAGain() {
    var patience = new Patience();
    assertThat(patience.factor()).isEqualTo(1);

    patience.searched(0.1, 0);
    assertThat(patience.factor()).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      patience.searched(0.1, 0);
    }
    assertThat(patience.factor()).isCloseTo(4, within(CLOSE));

    patience.searched(0.01, 1e-4);
    assertThat(patience.factor()).isEqualTo(1);
  }

  /** Small searches that gain much where they are, and one that gains as much for all. */
  @Test
  void countsWhatTheWholeGraphWouldGain() {
    var small = new Patience();
    var large = new Patience();
    for (int i = 0; i < 10_000; i++) {
      small.searched(1e-3, 2e-8);
    }
    large.searched(1, 2e-5);

    assertThat(small.factor()).isCloseTo(large.factor(), within(CLOSE)).isBetween(2.0, 3.0);
  }
}
