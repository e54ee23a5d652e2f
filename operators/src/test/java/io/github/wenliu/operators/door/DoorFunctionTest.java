package io.github.wenliu.operators.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorFunctionTest {

  private static final long BOUND = 5_000;
  private static final long FUTURE = 60_000;
  private static final EpochTime TIME = new EpochTime(BOUND, FUTURE, 10_000, 2);
  private static final FloodGuardParameters FLOOD = new FloodGuardParameters(10, 5, 0.5);
  private static final int MAX_PARALLELISM = 720;

  /** The broker's append time, on the edge of an epoch; sample documents are about as old. */
  private static final long NOW = Samples.APPEND_MILLIS;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  @Test
  void aDocumentEntersWithItsEventTimeAndEpochAndNoLayer() throws Exception {
    var harness = started(TIME);
    var arriving = Samples.arriving(3, 14, NOW - 1);
    harness.processElement(arriving, 0);
    assertThat(harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            EnrichedDocument.entering(
                arriving.raw(), arriving.document(), NOW - 1, NOW / 10_000 - 1, 0));
    assertThat(harness.getSideOutput(DoorFunction.DEAD_LETTERS)).isNull();
  }

  @Test
  void aTimeBehindTheBoundIsLiftedAndAMissingOneIsTheCurrentOne() throws Exception {
    var harness = started(TIME);
    feed(
        harness,
        Samples.arriving(0, 0, null),
        Samples.arriving(0, 1, NOW),
        Samples.arriving(0, 2, 0L),
        Samples.arriving(0, 3, null),
        Samples.arriving(0, 4, NOW - BOUND + 1),
        Samples.arriving(1, 0, 7L));
    assertThat(effectiveTimes(harness))
        .containsExactly(0L, NOW, NOW - BOUND, NOW - BOUND, NOW - BOUND + 1, 7L);
    assertThat(harness.extractOutputValues()).extracting(EnrichedDocument::flags).containsOnly(0);
  }

  @Test
  void aTimeTooFarInTheFutureIsFlaggedAndMovesNothing() throws Exception {
    var harness = started(TIME);
    feed(
        harness,
        Samples.arriving(0, 0, NOW),
        Samples.arriving(0, 1, NOW + FUTURE + 1),
        Samples.arriving(0, 2, NOW + 1),
        Samples.arriving(0, 3, NOW + FUTURE));
    assertThat(effectiveTimes(harness)).containsExactly(NOW, NOW - BOUND, NOW + 1, NOW + FUTURE);
    assertThat(harness.extractOutputValues())
        .extracting(document -> Flag.CLAMPED.in(document.flags()))
        .containsExactly(false, true, false, false);
    assertThat(harness.extractOutputValues().get(1).document().timeMillis())
        .as("the producer's own time stays as it was")
        .isEqualTo(NOW + FUTURE + 1);
  }

  @Test
  void aRejectedRecordLeavesAtTheCurrentTimeOfItsPartitionAndMovesNothing() throws Exception {
    var harness = started(TIME);
    feed(
        harness,
        Samples.bad(0, 0),
        Samples.arriving(0, 1, NOW),
        Samples.bad(0, 2),
        Samples.arriving(0, 3, NOW - BOUND));
    assertThat(deadLetters(harness))
        .extracting(DeadLetter::epoch)
        .containsExactly(0L, TIME.epochOf(NOW - BOUND));
    var bad = Samples.bad(0, 2);
    assertThat(deadLetters(harness).get(1))
        .usingRecursiveComparison()
        .isEqualTo(
            new DeadLetter(
                bad.raw(), DoorFunction.STAGE, bad.rejection(), TIME.epochOf(NOW - BOUND)));
    assertThat(effectiveTimes(harness)).containsExactly(NOW, NOW - BOUND);
  }

  @Test
  void aRestoredDoorGivesTheSameTimesAsOneThatNeverStopped() throws Exception {
    var whole = started(TIME);
    feed(whole, beforeStop());
    feed(whole, afterStop());

    var stopped = started(TIME);
    feed(stopped, beforeStop());
    var restored = restored(TIME, stopped.snapshot(1, 1));
    feed(restored, afterStop());

    var pieces = new ArrayList<>(effectiveTimes(stopped));
    pieces.addAll(effectiveTimes(restored));
    assertThat(pieces).isEqualTo(effectiveTimes(whole));
    assertThat(effectiveTimes(restored))
        .as("a door without state would give other times")
        .isNotEqualTo(effectiveTimes(startedWith(afterStop())));
  }

  @Test
  void afterScalingOutEverySubtaskKnowsEveryMark() throws Exception {
    var one = started(TIME);
    feed(one, Samples.arriving(0, 0, NOW), Samples.arriving(1, 0, NOW + 1_000));
    var state = one.snapshot(1, 1);
    for (int subtask = 0; subtask < 2; subtask++) {
      var scaled = subtask(TIME, 2, subtask);
      scaled.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 2, subtask));
      scaled.open();
      feed(scaled, Samples.arriving(0, 1, null), Samples.arriving(1, 1, null));
      assertThat(effectiveTimes(scaled)).containsExactly(NOW - BOUND, NOW + 1_000 - BOUND);
    }
  }

  @Test
  void afterScalingInTheLargestMarkOfEachPartitionHolds() throws Exception {
    var left = subtask(TIME, 2, 0);
    left.initializeEmptyState();
    left.open();
    feed(left, Samples.arriving(0, 0, NOW), Samples.arriving(1, 0, NOW - 70_000));
    var right = subtask(TIME, 2, 1);
    right.initializeEmptyState();
    right.open();
    feed(right, Samples.arriving(0, 1, NOW - 70_000), Samples.arriving(1, 1, NOW + 2));
    var state =
        AbstractStreamOperatorTestHarness.repackageState(right.snapshot(1, 1), left.snapshot(1, 1));

    var one =
        restored(
            TIME,
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, 2, 1, 0));
    feed(one, Samples.arriving(0, 2, null), Samples.arriving(1, 2, null));
    assertThat(effectiveTimes(one)).containsExactly(NOW - BOUND, NOW + 2 - BOUND);
  }

  @Test
  void stateOfAnotherEpochLengthIsRefusedForGood() throws Exception {
    var harness = started(TIME);
    feed(harness, Samples.arriving(0, 0, NOW));
    var state = harness.snapshot(1, 1);
    var other = subtask(new EpochTime(BOUND, FUTURE, 20_000, 2), 1, 0);
    var refusal = catchThrowable(() -> other.initializeState(state));
    assertThat(ExceptionUtils.findThrowable(refusal, SuppressRestartsException.class)).isPresent();
    assertThat(ExceptionUtils.stringifyException(refusal))
        .contains("time.epoch is 20000 ms")
        .contains("written with 10000 ms");
  }

  @Test
  void theRestOfTheRulesOfTimeMayChange() throws Exception {
    var harness = started(TIME);
    feed(harness, Samples.arriving(0, 0, NOW));
    var changed = restored(new EpochTime(1_000, 0, 10_000, 7), harness.snapshot(1, 1));
    feed(changed, Samples.arriving(0, 1, null));
    assertThat(effectiveTimes(changed)).containsExactly(NOW - 1_000);
  }

  @Test
  void aFloodStopsTheJobForGoodAndSaysWhatToDoWithoutShowingText() throws Exception {
    var harness = started(TIME);
    var secret = "机密文本";
    for (int i = 0; i < FLOOD.minimum() - 1; i++) {
      harness.processElement(Samples.bad(0, i), 0);
    }
    var last =
        SourceRecord.rejected(
            new RawRecord(
                Samples.TOPIC, 0, 4, NOW, null, secret.getBytes(StandardCharsets.UTF_8), List.of()),
            new Rejection(ErrorClass.SCHEMA, "E", "text: " + secret));
    var flood = catchThrowable(() -> harness.processElement(last, 0));
    assertThat(flood).isInstanceOf(SuppressRestartsException.class);
    assertThat(flood.getCause())
        .isInstanceOf(FloodException.class)
        .hasMessageContaining("5 of the last 5")
        .hasMessageContaining(Samples.TOPIC + "-0-4")
        .hasMessageContaining("SCHEMA")
        .hasMessageContaining("deadLetters.flood.share");
    assertThat(ExceptionUtils.stringifyException(flood)).doesNotContain(secret);
    assertThat(deadLetters(harness)).as("the last one did not get out").hasSize(4);
  }

  @Test
  void aFewBadRecordsAmongGoodOnesNeverStopTheJob() throws Exception {
    var harness = started(TIME);
    for (int i = 0; i < 100; i++) {
      harness.processElement(i % 3 == 2 ? Samples.bad(0, i) : Samples.arriving(0, i, NOW + i), 0);
    }
    assertThat(harness.extractOutputValues()).hasSize(67);
    assertThat(deadLetters(harness)).hasSize(33);
  }

  private static SourceRecord[] beforeStop() {
    return new SourceRecord[] {
      Samples.arriving(0, 0, NOW), Samples.arriving(1, 0, NOW - 90_000), Samples.arriving(0, 1, 0L)
    };
  }

  private static SourceRecord[] afterStop() {
    return new SourceRecord[] {
      Samples.arriving(0, 2, null),
      Samples.arriving(0, 3, NOW - 20_000),
      Samples.arriving(1, 1, NOW - 200_000),
      Samples.arriving(0, 4, NOW + FUTURE + 1),
      Samples.arriving(1, 2, NOW)
    };
  }

  private OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> started(EpochTime time)
      throws Exception {
    var harness = subtask(time, 1, 0);
    harness.initializeEmptyState();
    harness.open();
    return harness;
  }

  private OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> startedWith(
      SourceRecord... records) throws Exception {
    var harness = started(TIME);
    feed(harness, records);
    return harness;
  }

  private OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> restored(
      EpochTime time, OperatorSubtaskState state) throws Exception {
    var harness = subtask(time, 1, 0);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> subtask(
      EpochTime time, int parallelism, int index) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DoorFunction(time, FLOOD)),
            MAX_PARALLELISM,
            parallelism,
            index);
    open.add(harness);
    harness.setup();
    return harness;
  }

  private static void feed(
      OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> harness,
      SourceRecord... records)
      throws Exception {
    for (SourceRecord record : records) {
      harness.processElement(record, 0);
    }
  }

  private static List<Long> effectiveTimes(
      OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> harness) {
    return harness.extractOutputValues().stream().map(EnrichedDocument::effectiveMillis).toList();
  }

  private static List<DeadLetter> deadLetters(
      OneInputStreamOperatorTestHarness<SourceRecord, EnrichedDocument> harness) {
    return harness.getSideOutput(DoorFunction.DEAD_LETTERS).stream()
        .map(StreamRecord::getValue)
        .toList();
  }
}
