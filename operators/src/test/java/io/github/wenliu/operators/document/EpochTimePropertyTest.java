package io.github.wenliu.operators.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class EpochTimePropertyTest {

  /** The years 1 to 9999, which is what the door lets in. */
  private static final long FIRST = -62_135_596_800_000L;

  private static final long LAST = 253_402_300_799_999L;

  @Property
  void aMomentLiesBetweenTheEndOfTheEpochBeforeAndTheEndOfItsOwn(
      @ForAll @LongRange(min = FIRST, max = LAST) long millis,
      @ForAll @LongRange(min = 1, max = 100_000_000) long length) {
    var time = new EpochTime(0, 0, length, 1);
    long epoch = time.epochOf(millis);
    assertThat(millis).isGreaterThan(time.lastMillisOf(epoch - 1));
    assertThat(millis).isLessThanOrEqualTo(time.lastMillisOf(epoch));
  }

  @Property
  void lastMillisOfAndLastClosedByAreInverse(
      @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long epoch,
      @ForAll @LongRange(min = 1, max = 1_000_000) long length) {
    var time = new EpochTime(0, 0, length, 1);
    long last = time.lastMillisOf(epoch);
    assertThat(time.epochOf(last)).isEqualTo(epoch);
    assertThat(time.lastClosedBy(last)).isEqualTo(epoch);
    assertThat(time.lastClosedBy(last - 1)).isEqualTo(epoch - 1);
  }

  @Property
  void aWatermarkClosesExactlyTheEpochsThatEndByIt(
      @ForAll @LongRange(min = FIRST, max = LAST) long watermark,
      @ForAll @LongRange(min = 1, max = 100_000_000) long length,
      @ForAll @IntRange(min = -3, max = 3) int distance) {
    var time = new EpochTime(0, 0, length, 1);
    long epoch = time.epochOf(watermark) + distance;
    boolean closed = epoch <= time.lastClosedBy(watermark);
    assertThat(closed).isEqualTo(time.lastMillisOf(epoch) <= watermark);
  }
}
