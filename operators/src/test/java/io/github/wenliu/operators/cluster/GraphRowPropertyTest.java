package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GraphRowPropertyTest {

  @Property(tries = 500)
  void comesBackAsItWas(
      @ForAll String name, @ForAll double weight, @ForAll int[] others, @ForAll double anyWeight) {
    int[] sorted = IntStream.of(others).map(other -> other & Integer.MAX_VALUE).sorted().toArray();
    double[] weights = new double[sorted.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = anyWeight / (i + 1);
    }
    float[] recent = new float[sorted.length];
    for (int i = 0; i < recent.length; i++) {
      recent[i] = (float) (i * anyWeight);
    }
    var row = GraphRow.of(new GraphRow(name, weight, sorted, weights, recent).toByteArray());
    assertThat(row.name()).isEqualTo(name);
    assertThat(row.weight()).isEqualTo(weight);
    assertThat(row.others()).containsExactly(sorted);
    assertThat(row.weights()).containsExactly(weights);
    assertThat(row.recent()).containsExactly(recent);
  }
}
