package io.github.wenliu.operators.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EpochTimeTest {

  private static final EpochTime TIME = new EpochTime(5_000, 60_000, 10_000, 2);

  @Test
  void epochOfRoundsDownBeforeAndAfter1970() {
    assertThat(TIME.epochOf(0)).isZero();
    assertThat(TIME.epochOf(9_999)).isZero();
    assertThat(TIME.epochOf(10_000)).isEqualTo(1);
    assertThat(TIME.epochOf(-1)).isEqualTo(-1);
    assertThat(TIME.epochOf(-10_000)).isEqualTo(-1);
    assertThat(TIME.epochOf(-10_001)).isEqualTo(-2);
  }

  @Test
  void anotherLagEntitlesToOtherEpochsAndChangesNothingElse() {
    var later = TIME.withLag(5);
    assertThat(later.entitledEpoch(7)).isEqualTo(2);
    assertThat(later.withLag(TIME.lag())).isEqualTo(TIME);
  }

  @Test
  void epochIsClosedFromItsLastMillisecondOn() {
    assertThat(TIME.lastMillisOf(3)).isEqualTo(39_999);
    assertThat(TIME.lastClosedBy(39_998)).isEqualTo(2);
    assertThat(TIME.lastClosedBy(39_999)).isEqualTo(3);
    assertThat(TIME.lastClosedBy(-1)).isEqualTo(-1);
    assertThat(TIME.lastClosedBy(-2)).isEqualTo(-2);
  }

  @Test
  void theFirstWatermarkClosesNothingAndTheLastOneEverything() {
    long lastMillisOfTheYear9999 = 253_402_300_799_999L;
    assertThat(TIME.lastClosedBy(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(TIME.lastClosedBy(Long.MAX_VALUE))
        .isGreaterThanOrEqualTo(TIME.epochOf(lastMillisOfTheYear9999));
    assertThat(TIME.lastClosedBy(Long.MAX_VALUE))
        .isGreaterThanOrEqualTo(TIME.lastClosedBy(Long.MAX_VALUE - 1));
  }

  @Test
  void entitlesToTheEpochThatLiesTheLagBefore() {
    assertThat(TIME.entitledEpoch(7)).isEqualTo(5);
    assertThat(TIME.entitledEpoch(1)).isEqualTo(-1);
  }

  @Test
  void entitlesToNothingWhileNoEpochIsClosed() {
    long firstOpen = TIME.lastClosedBy(Long.MIN_VALUE) + 1;
    assertThat(TIME.entitledEpoch(firstOpen)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void believesTheFutureUpToItsBoundAndAnyPast() {
    long append = 1_000_000;
    assertThat(TIME.believes(append + 60_000, append)).isTrue();
    assertThat(TIME.believes(append + 60_001, append)).isFalse();
    assertThat(TIME.believes(0, append)).isTrue();
    assertThat(TIME.believes(-62_135_596_800_000L, append)).isTrue();
  }

  @Test
  void refusesParametersThatMakeNoTime() {
    assertThatThrownBy(() -> new EpochTime(0, 0, 0, 1)).hasMessageContaining("epochMillis is 0");
    assertThatThrownBy(() -> new EpochTime(0, 0, 1, 0)).hasMessageContaining("lag is 0");
    assertThatThrownBy(() -> new EpochTime(-1, 0, 1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new EpochTime(0, -7, 1, 1)).hasMessageContaining("-7");
  }
}
