package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest {

  private static final int DRAWS = 40_000;
  private static final double DEVIATIONS = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 1, 3.7, 16, 250.25, 9e5, 3e6})
  void hasMeanAndVariance(double mean) {
    var poisson = new Poisson(new SplitMix(5));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = poisson.draw(mean);
      assertThat(drawn).isNotNegative().isEqualTo(Math.rint(drawn));
      sum += drawn - mean;
      squares += (drawn - mean) * (drawn - mean);
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(DEVIATIONS * Math.sqrt(mean / DRAWS)));
    // The variance of squares is 2 mean^2 + mean.
    double deviation = Math.sqrt((2 * mean * mean + mean) / DRAWS);
    assertThat(squares / DRAWS).isCloseTo(mean, within(DEVIATIONS * deviation));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 2, 7.5, 40})
  void numbersComeAsOftenAsTheyShould(double mean) {
    var poisson = new Poisson(new SplitMix(9));
    var counts = new int[(int) (10 * mean + 20)];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) poisson.draw(mean)]++;
    }
    double all = 0;
    for (int number = 0; number < counts.length; number++) {
      double probability = Poisson.probability(number, mean);
      all += probability;
      assertThat((double) counts[number] / DRAWS)
          .isCloseTo(probability, within(DEVIATIONS * Math.sqrt((probability + 1e-4) / DRAWS)));
    }
    assertThat(all).isCloseTo(1, within(1e-8));
  }

  @Test
  void noWeightStaysNone() {
    assertThat(new Poisson(new SplitMix(1)).draw(0)).isZero();
  }

  @Test
  void probabilitiesMeetWhereTheSeriesBegins() {
    for (int number = 10; number < 25; number++) {
      assertThat(Poisson.probability(number + 1, 17.5) / Poisson.probability(number, 17.5))
          .isCloseTo(17.5 / (number + 1), within(1e-7));
    }
  }
}
