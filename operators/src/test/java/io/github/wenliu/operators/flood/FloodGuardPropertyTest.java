package io.github.wenliu.operators.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FloodGuardPropertyTest {

  @Property
  void judgesAsCountingTheWindowAnewWould(
      @ForAll @Size(max = 60) List<Boolean> rejected,
      @ForAll @IntRange(min = 1, max = 12) int window,
      @ForAll @IntRange(min = 1, max = 12) int minimum,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    var parameters = new FloodGuardParameters(window, Math.min(minimum, window), share);
    var guard = new FloodGuard(parameters);
    for (int i = 0; i < rejected.size(); i++) {
      var last = rejected.subList(Math.max(0, i + 1 - window), i + 1);
      long bad = last.stream().filter(isRejected -> isRejected).count();
      boolean flooded =
          rejected.get(i) && bad >= parameters.minimum() && bad >= share * last.size();
      assertThat(guard.isFlooded(rejected.get(i))).isEqualTo(flooded);
      assertThat(guard.rejected()).isEqualTo((int) bad);
      assertThat(guard.seen()).isEqualTo(last.size());
    }
  }
}
