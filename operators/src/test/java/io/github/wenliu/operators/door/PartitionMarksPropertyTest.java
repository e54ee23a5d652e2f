package io.github.wenliu.operators.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PartitionMarksPropertyTest {

  private static final long BOUND = 500;
  private static final EpochTime TIME = new EpochTime(BOUND, 1_000, 1_000, 2);

  /** One document: its partition, and its event time or {@code null}. */
  record Arrival(int partition, Long eventMillis) {}

  @Property
  void noEffectiveTimeIsBehindThePartitionsWatermark(@ForAll("arrivals") List<Arrival> arrivals) {
    var marks = new PartitionMarks(TIME);
    Map<Integer, Long> newest = new HashMap<>();
    for (Arrival arrival : arrivals) {
      long effective = effective(marks, arrival);
      Long before = newest.get(arrival.partition());
      if (before != null) {
        long watermark = before - BOUND - 1;
        assertThat(effective).isGreaterThan(watermark);
      }
      if (arrival.eventMillis() != null) {
        newest.merge(arrival.partition(), arrival.eventMillis(), Math::max);
      }
    }
  }

  @Property
  void aMissingOrAncientTimeChangesNoOtherDocument(
      @ForAll("arrivals") List<Arrival> arrivals, @ForAll("places") int place) {
    var plain = effectiveTimes(new PartitionMarks(TIME), arrivals);
    for (Long intruder : new Long[] {null, -1_000_000L}) {
      int at = Math.min(place, arrivals.size());
      var disturbed = new ArrayList<>(arrivals);
      disturbed.add(at, new Arrival(0, intruder));
      var effective = effectiveTimes(new PartitionMarks(TIME), disturbed);
      effective.remove(at);
      if (intruder == null || hasTime(arrivals.subList(0, at))) {
        assertThat(effective).isEqualTo(plain);
      }
    }
  }

  @Property
  void aSnapshotAtAnyPlaceGivesTheSameEffectiveTimes(
      @ForAll("arrivals") List<Arrival> arrivals, @ForAll("places") int place) {
    int cut = Math.min(place, arrivals.size());
    var whole = effectiveTimes(new PartitionMarks(TIME), arrivals);
    var before = new PartitionMarks(TIME);
    var pieces = effectiveTimes(before, arrivals.subList(0, cut));
    var after = new PartitionMarks(TIME);
    before.snapshot().forEach(after::merge);
    pieces.addAll(effectiveTimes(after, arrivals.subList(cut, arrivals.size())));
    assertThat(pieces).isEqualTo(whole);
  }

  @Property
  void mergingCopiesInAnyOrderGivesTheSameMarks(
      @ForAll("arrivals") List<Arrival> left,
      @ForAll("arrivals") List<Arrival> right,
      @ForAll Random random) {
    var marks = new ArrayList<PartitionMark>();
    for (var arrivals : List.of(left, right)) {
      var one = new PartitionMarks(TIME);
      effectiveTimes(one, arrivals);
      marks.addAll(one.snapshot());
    }
    var once = merged(marks);
    var shuffled = new ArrayList<>(marks);
    shuffled.addAll(marks);
    Collections.shuffle(shuffled, random);
    assertThat(merged(shuffled)).containsExactlyInAnyOrderElementsOf(once);

    var together = new PartitionMarks(TIME);
    effectiveTimes(together, left);
    effectiveTimes(together, right);
    assertThat(once).containsExactlyInAnyOrderElementsOf(together.snapshot());
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    var times = Arbitraries.longs().between(-3_000, 3_000).injectNull(0.2);
    return Combinators.combine(Arbitraries.integers().between(0, 2), times)
        .as(Arrival::new)
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 40);
  }

  private static List<PartitionMark> merged(List<PartitionMark> marks) {
    var into = new PartitionMarks(TIME);
    marks.forEach(into::merge);
    return into.snapshot();
  }

  private static boolean hasTime(List<Arrival> arrivals) {
    return arrivals.stream()
        .anyMatch(arrival -> arrival.partition() == 0 && arrival.eventMillis() != null);
  }

  private static List<Long> effectiveTimes(PartitionMarks marks, List<Arrival> arrivals) {
    var effective = new ArrayList<Long>();
    arrivals.forEach(arrival -> effective.add(effective(marks, arrival)));
    return effective;
  }

  private static long effective(PartitionMarks marks, Arrival arrival) {
    return arrival.eventMillis() == null
        ? marks.current("t", arrival.partition())
        : marks.advance("t", arrival.partition(), arrival.eventMillis());
  }
}
