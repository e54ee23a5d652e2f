package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PairCountsPropertyTest {

  @Property(tries = 30)
  void countsAsAMapDoes(@ForAll Random random, @ForAll @IntRange(min = 1, max = 2_000) int range) {
    var counts = new PairCounts();
    var map = new LinkedHashMap<List<Integer>, Integer>();
    for (int i = 0; i < 20_000; i++) {
      int first = random.nextInt(range) - 1;
      int second = range * random.nextInt(range);
      counts.add(first, second);
      map.merge(List.of(first, second), 1, Integer::sum);
    }

    assertThat(counts.size()).isEqualTo(map.size());
    int number = 0;
    for (var entry : map.entrySet()) {
      assertThat(counts.first(number)).isEqualTo(entry.getKey().get(0));
      assertThat(counts.second(number)).isEqualTo(entry.getKey().get(1));
      assertThat(counts.count(number)).isEqualTo(entry.getValue());
      assertThat(counts.find(counts.first(number), counts.second(number))).isEqualTo(number);
      number++;
    }
    assertThat(counts.find(range, 0)).isEqualTo(PairCounts.NONE);
  }
}
