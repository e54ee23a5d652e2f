package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EdgeSumsPropertyTest {

  /** A pair that was seen. */
  record Seen(long epoch, String one, String other, int count) {

    /** Both orders of two words are one pair. */
    String name() {
      return epoch + (one.compareTo(other) < 0 ? one + "/" + other : other + "/" + one);
    }
  }

  @Provide
  Arbitrary<List<Seen>> pairs() {
    var names = Arbitraries.of("", "甲甲", "乙乙", "丙丙", "ab", "𠮷𠮷");
    return Combinators.combine(
            Arbitraries.longs().between(-2, 3), names, names, Arbitraries.integers().between(1, 9))
        .as(EdgeSumsPropertyTest::seen)
        .list()
        .ofMaxSize(60);
  }

  /** The name of the contexts makes no pair with others. */
  private static Seen seen(long epoch, String one, String other, int count) {
    return new Seen(epoch, one.isEmpty() ? other : one, other.isEmpty() ? one : other, count);
  }

  private static Map<String, Integer> naive(List<Seen> pairs, long lastEpoch) {
    var sums = new TreeMap<String, Integer>();
    for (Seen pair : pairs) {
      if (pair.epoch() <= lastEpoch) {
        sums.merge(pair.name(), pair.count(), Integer::sum);
      }
    }
    return sums;
  }

  private static EdgeSums sums(List<Seen> pairs) {
    var sums = new EdgeSums();
    for (Seen pair : pairs) {
      sums.add(pair.epoch(), sums.number(pair.one()), sums.number(pair.other()), pair.count());
    }
    return sums;
  }

  private static List<EdgeBatch> batches(EdgeSums sums) {
    var batches = new ArrayList<EdgeBatch>();
    sums.forEachBatch("main", batches::add);
    return batches;
  }

  /** What is in there, epoch by epoch; nothing is left. */
  private static Map<String, Integer> taken(EdgeSums sums) {
    var taken = new TreeMap<String, Integer>();
    long last = Long.MIN_VALUE;
    long size = sums.size();
    while (!sums.isEmpty()) {
      var edges = sums.takeFirst();
      assertThat(edges.epoch()).isGreaterThan(last);
      size -= edges.counts().size() + (edges.contexts() > 0 ? 1 : 0);
      assertThat(sums.size()).isEqualTo(size);
      last = edges.epoch();
      var counts = edges.counts();
      assertThat(counts.names()).doesNotHaveDuplicates();
      if (edges.contexts() > 0) {
        taken.put(edges.epoch() + "/", (int) edges.contexts());
      }
      for (int i = 0; i < counts.size(); i++) {
        var pair =
            new Seen(
                edges.epoch(),
                counts.names()[counts.first()[i]],
                counts.names()[counts.second()[i]],
                counts.counts()[i]);
        assertThat(taken.put(pair.name(), pair.count())).isNull();
      }
    }
    return taken;
  }

  @Property
  void sumsAreThoseOfThePairsWhateverTheirOrderAndPortions(
      @ForAll("pairs") List<Seen> pairs, @ForAll @IntRange(max = 60) int cut, @ForAll long seed) {
    var shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, new Random(seed));
    int middle = Math.min(cut, shuffled.size());
    var joined = new EdgeSums();
    for (var portion :
        List.of(shuffled.subList(0, middle), shuffled.subList(middle, shuffled.size()))) {
      batches(sums(portion)).forEach(batch -> joined.add(batch, Long.MAX_VALUE));
    }
    var expected = naive(pairs, Long.MAX_VALUE);
    assertThat(joined.size()).isEqualTo(expected.size());
    assertThat(taken(joined)).isEqualTo(expected);
    assertThat(joined.size()).isZero();
  }

  @Property
  void aBatchIsCutAtAnEpochWithoutLoss(
      @ForAll("pairs") List<Seen> pairs, @ForAll @IntRange(min = -3, max = 4) int epoch) {
    var before = new EdgeSums();
    var after = new EdgeSums();
    for (EdgeBatch batch : batches(sums(pairs))) {
      assertThat(EdgeBatch.bucketOf(batch.names()[batch.entries()[0]])).isEqualTo(batch.bucket());
      before.add(batch, epoch);
      if (!batch.isUpTo(epoch)) {
        after.add(batch.after(epoch), Long.MAX_VALUE);
      }
    }
    var sums = taken(before);
    assertThat(sums).isEqualTo(naive(pairs, epoch));
    sums.putAll(taken(after));
    assertThat(sums).isEqualTo(naive(pairs, Long.MAX_VALUE));
  }
}
