package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.EpochTime;
import org.junit.jupiter.api.Test;

class NewWordParametersTest {

  @Test
  void nonsenseIsRejectedByName() {
    assertRejected(1, 1, 1, 0, 1, "minCount is 1");
    assertRejected(2, -0.1, 1, 0, 1, "hysteresis is -0.1");
    assertRejected(2, Double.NaN, 1, 0, 1, "hysteresis is NaN");
    assertRejected(2, 1, 0, 0, 1, "versionSymbols is 0");
    assertRejected(2, 1, 1, -0.1, 1, "versionShare is -0.1");
    assertRejected(2, 1, 1, Double.NaN, 1, "versionShare is NaN");
    assertRejected(2, 1, 1, 0, 0, "versionMaxSymbols is 0");
  }

  @Test
  void theLeastOfEverythingIsAllowed() {
    assertThat(new NewWordParameters(2, 0, 1, 0, 1, 0, 0, 0, true).minCount()).isEqualTo(2);
    assertThat(NewWordParameters.DEFAULT.minCount()).isEqualTo(5);
  }

  @Test
  void nothingIsLessThanNothing() {
    assertThatThrownBy(() -> new NewWordParameters(2, 0, 1, 0, 1, -1, 0, 0, true))
        .hasMessage("repostsMillis is -1, must not be negative");
    assertThatThrownBy(() -> new NewWordParameters(2, 0, 1, 0, 1, 0, -1, 0, true))
        .hasMessage("pruneSymbols is -1, must not be negative");
    assertThatThrownBy(() -> new NewWordParameters(2, 0, 1, 0, 1, 0, 0, -1, true))
        .hasMessage("memoryBytes is -1, must not be negative");
  }

  @Test
  void aTextIsARepostInEveryEpochThatBeginsInTime() {
    var time = new EpochTime(0, 0, 1_000, 1);
    assertThat(reposts(0).repostEpochs(time)).isZero();
    assertThat(reposts(1).repostEpochs(time)).isEqualTo(1);
    assertThat(reposts(1_000).repostEpochs(time)).isEqualTo(1);
    assertThat(reposts(1_001).repostEpochs(time)).isEqualTo(2);
    assertThat(reposts(0).countsReposts()).isTrue();
    assertThat(reposts(1).countsReposts()).isFalse();
  }

  private static NewWordParameters reposts(long millis) {
    return new NewWordParameters(2, 0, 1, 0, 1, millis, 0, 0, true);
  }

  private static void assertRejected(
      int minCount,
      double hysteresis,
      long versionSymbols,
      double versionShare,
      long versionMaxSymbols,
      String message) {
    assertThatThrownBy(
            () ->
                new NewWordParameters(
                    minCount,
                    hysteresis,
                    versionSymbols,
                    versionShare,
                    versionMaxSymbols,
                    0,
                    0,
                    0,
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
