package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulseTest {

  private static final int LEAST = 2;
  private static final int MANY = 200_000;

  /** A community that is met so often in each version that it was met as often as expected. */
  private static Pulse steady(double contexts, int versions) {
    var pulse = Pulse.ofNew(2 * contexts);
    for (int version = 0; version < versions; version++) {
      pulse = after(pulse, contexts, contexts);
    }
    return pulse;
  }

  private static Pulse after(Pulse pulse, double expected, double counted) {
    return pulse.next(expected, pulse.late() / 2 + counted, LEAST);
  }

  private static int versionsToTheEnd(Pulse alive, double expected) {
    var pulse = alive;
    int versions = 0;
    while (!pulse.isEnd()) {
      pulse = after(pulse, expected, 0);
      versions++;
    }
    return versions;
  }

  @Test
  void knowsWhatAVersionCounted() {
    assertThat(Pulse.ofNew(3).counted(3.5)).isEqualTo(2);
    assertThat(Pulse.ofNew(3).counted(1)).as("weights of edges may fall a little").isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 2, 5, 50, 5_000})
  void whoFallsSilentForGoodHasEndedWhenAHandfulOfContextsIsMissing(double contexts) {
    int versions = versionsToTheEnd(steady(contexts, 100), contexts);
    assertThat(versions).isBetween(LEAST, (int) Math.max(LEAST, Math.ceil(9 / contexts)));
  }

  @Test
  void noVersionAloneIsAnEnd() {
    assertThat(after(steady(1_000, 10), 1_000, 0).isEnd()).isFalse();
    assertThat(versionsToTheEnd(steady(1_000, 10), 1_000)).isEqualTo(LEAST);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 4, 10})
  void contextsAtRandomHardlyEverLookLikeAnEnd(double rate) {
    var random = new Random(1);
    var pulse = Pulse.ofNew(2 * rate);
    int ends = 0;
    for (int version = 0; version < MANY; version++) {
      pulse = after(pulse, rate, poisson(rate, random));
      if (pulse.isEnd()) {
        ends++;
        pulse = Pulse.ofNew(0);
      }
    }
    // A gap of so many contexts begins with each of them, whatever the versions.
    assertThat(ends).isLessThan((int) (3 * Math.exp(-Pulse.END) * rate * MANY) + 1);
  }

  @Test
  void aLullDoesNotEndACommunityThatComesInBursts() {
    var bursty = Pulse.ofNew(2);
    for (int round = 0; round < 40; round++) {
      for (int version = 0; version < 6; version++) {
        bursty = after(bursty, 2, version == 0 ? 12 : 0);
        assertThat(bursty.isEnd() && round > 2).as("round %d", round).isFalse();
      }
    }
    assertThat(versionsToTheEnd(steady(2, 240), 2)).isLessThanOrEqualTo(5);
    assertThat(versionsToTheEnd(bursty, 2)).as("but it can end").isBetween(10, 100);
  }

  @Test
  void howLongVersionsAreDoesNotMatter() {
    double missed = versionsToTheEnd(steady(0.1, 100), 0.1) * 0.1;
    assertThat(versionsToTheEnd(steady(1, 10), 1) * 1.0).isCloseTo(missed, within(1.0));
  }

  @Test
  void oneContextOfSevenIsNoEnd() {
    var pulse = steady(7, 20);
    for (int version = 0; version < 20; version++) {
      pulse = after(pulse, 7, version % 2 == 0 ? 2 : 1.5);
      assertThat(pulse.isEnd()).as("version %d", version).isFalse();
    }
  }

  private static int poisson(double rate, Random random) {
    int count = 0;
    for (double at = -Math.log(1 - random.nextDouble());
        at < rate;
        at -= Math.log(1 - random.nextDouble())) {
      count++;
    }
    return count;
  }
}
