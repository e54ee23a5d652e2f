package io.github.wenliu.operators.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ForwardDecayPropertyTest {

  private static final long FAR = 400_000_000_000L;

  @Property(tries = 2_000)
  void ratiosAreThoseOfDecayByAge(
      @ForAll @LongRange(min = 1, max = 100_000) long halfLife,
      @ForAll @LongRange(min = -FAR, max = FAR) long epoch,
      @ForAll @LongRange(max = 3_000_000) long age) {
    long older = epoch - Math.min(age, 60 * halfLife);
    var decay = new ForwardDecay(halfLife, 0);
    decay.advance(older);
    double expected = Math.pow(2, (older - epoch) / (double) halfLife);
    assertThat(decay.weight(older) / decay.weight(epoch) / expected).isCloseTo(1, within(1e-13));
  }

  @Property(tries = 2_000)
  void aMovedLandmarkChangesEveryWeightByOnePowerOfTwo(
      @ForAll @LongRange(min = 1, max = 100_000) long halfLife,
      @ForAll @LongRange(min = -FAR, max = FAR) long epoch,
      @ForAll @LongRange(min = 1, max = 20_000_000) long distance,
      @ForAll @LongRange(min = 0, max = 5_000_000) long age) {
    var decay = new ForwardDecay(halfLife, 0);
    decay.advance(epoch);
    long landmark = decay.landmark();
    long later = epoch + Math.min(distance, 200 * halfLife);
    long earlier = later - Math.min(age, 100 * halfLife);
    double before = decay.weight(earlier);
    int exponent = decay.advance(later);
    assertThat(decay.weight(earlier)).isEqualTo(StrictMath.scalb(before, exponent));
    assertThat(decay.landmark() == landmark).isEqualTo(exponent == 0);
    assertThat(decay.weight(later))
        .isBetween(
            StrictMath.scalb(1.0, -ForwardDecay.BOUND), StrictMath.scalb(2.0, ForwardDecay.BOUND));
  }

  @Example
  void aCountOfTheLandmarkWeighsOneAndTwiceAHalfLifeLater() {
    var decay = new ForwardDecay(10, 3);
    assertThat(decay.weight(30)).isEqualTo(1);
    assertThat(decay.weight(40)).isEqualTo(2);
    assertThat(decay.weight(35)).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(decay.weight(20)).isEqualTo(0.5);
  }

  @Example
  void theLandmarkMovesWhenTheBoundIsPassed() {
    var decay = new ForwardDecay(10, 0);
    assertThat(decay.advance(10 * ForwardDecay.BOUND + 9)).isZero();
    assertThat(decay.advance(10 * ForwardDecay.BOUND + 10)).isEqualTo(-ForwardDecay.BOUND - 1);
    assertThat(decay.landmark()).isEqualTo(ForwardDecay.BOUND + 1);
    assertThat(decay.weight(10 * ForwardDecay.BOUND + 10)).isEqualTo(1);
  }

  @Example
  void refusesAHalfLifeOfNothing() {
    assertThatThrownBy(() -> new ForwardDecay(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("halfLife is 0, must be positive");
  }
}
