package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void isTheMedianOfTheOthers() {
    var pace = new Pace(new double[] {10, 10, 10, 10}, new double[] {1, 2, 3, 40});
    assertThat(pace.of(0)).isEqualTo(0.3);
    assertThat(pace.of(3)).isEqualTo(0.2);
  }

  @Test
  void oneThatTakesTheFloorHasOneVoice() {
    var pace = new Pace(new double[] {2, 2, 2, 500}, new double[] {1, 1, 1, 600});
    assertThat(pace.of(0)).isEqualTo(0.5);
  }

  @Test
  void oneThatFallsSilentDoesNotSlowItself() {
    var pace = new Pace(new double[] {500, 2, 2}, new double[] {0, 2, 2});
    assertThat(pace.of(0)).isEqualTo(1);
  }

  @Test
  void thoseThatAreSeldomMetSayLittle() {
    var pace = new Pace(new double[] {5, 5, 5, 0.1, 0.1, 0.1}, new double[] {4, 4, 4, 0, 0, 0});
    assertThat(pace.of(0)).isEqualTo(0.8);
  }

  @Test
  void aloneThereIsNoOther() {
    assertThat(new Pace(new double[] {5}, new double[] {0}).of(0)).isEqualTo(1);
    assertThat(new Pace(new double[] {5, 0}, new double[] {0, 0}).of(0)).isEqualTo(1);
  }

  @Property(tries = 300)
  void atMostHalfOfTheOthersIsSlowerAndAtMostHalfFaster(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 6) Integer> expected,
      @ForAll @Size(value = 12) List<@IntRange(max = 6) Integer> counted) {
    int size = expected.size();
    double[] contexts = expected.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] met = counted.stream().mapToDouble(Integer::doubleValue).limit(size).toArray();
    var pace = new Pace(contexts, met);
    for (int one = 0; one < size; one++) {
      int slower = 0;
      int faster = 0;
      int others = 0;
      for (int other = 0; other < size; other++) {
        if (other != one && contexts[other] > 0) {
          double ratio = Math.min(1, met[other] / contexts[other]);
          others++;
          slower += ratio < pace.of(one) ? 1 : 0;
          faster += ratio > pace.of(one) ? 1 : 0;
        }
      }
      assertThat(2 * slower).isLessThanOrEqualTo(others);
      assertThat(2 * faster).isLessThanOrEqualTo(others);
    }
  }
}
