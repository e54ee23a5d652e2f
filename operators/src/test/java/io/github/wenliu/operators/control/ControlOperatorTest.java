package io.github.wenliu.operators.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ControlChange;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ControlOperatorTest {

  private static final ControlChange OLD =
      new ControlChange("word", "main", "墨鲷", "pin", null, 5L, "control-0-1");
  private static final ControlChange LIVE =
      new ControlChange("word", "main", "屿安市", "ban", null, 7L, "control-0-2");
  private static final ControlChange WRONG =
      new ControlChange("model", "main", "x", null, null, null, "control-0-3");
  private static final List<ControlRecord> BOOTSTRAP =
      List.of(ControlRecord.of(OLD), ControlRecord.refused(WRONG, "unknown kind"));

  @Test
  void whatStoodThereComesBeforeTheFirstWatermark() throws Exception {
    try (var harness = harness(null)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.getOutput())
          .containsExactly(new StreamRecord<>(OLD.forAllTime()), WatermarkStatus.IDLE);
      assertThat(harness.getSideOutput(ControlOperator.REFUSALS)).hasSize(1);
    }
  }

  @Test
  void whatStoodThereComesBeforeTheFirstChangeAndOnce() throws Exception {
    try (var harness = harness(null)) {
      send(harness, ControlRecord.of(LIVE));
      send(harness, ControlRecord.of(LIVE));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues()).containsExactly(OLD.forAllTime(), LIVE, LIVE);
      assertThat(OLD.forAllTime().isForAllTime()).isTrue();
      assertThat(LIVE.isForAllTime()).isFalse();
    }
  }

  @Test
  void isNotRepeatedAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);
      send(harness, ControlRecord.of(LIVE));

      assertThat(harness.extractOutputValues()).containsExactly(LIVE);
      assertThat(harness.getSideOutput(ControlOperator.REFUSALS)).isNull();
    }
  }

  @Test
  void comesAfterARestoreIfItWasNotOutBefore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues()).containsExactly(OLD.forAllTime());
    }
  }

  @Test
  void refusalsLeaveByTheSide() throws Exception {
    try (var harness = harness(null)) {
      send(harness, ControlRecord.refused(WRONG, "unknown kind"));

      assertThat(harness.getSideOutput(ControlOperator.REFUSALS))
          .extracting(record -> record.getValue().reason())
          .containsExactly("unknown kind", "unknown kind");
    }
  }

  private static void send(
      OneInputStreamOperatorTestHarness<ControlRecord, ControlChange> harness, ControlRecord record)
      throws Exception {
    harness.processElement(new StreamRecord<>(record));
  }

  private static OneInputStreamOperatorTestHarness<ControlRecord, ControlChange> harness(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<ControlRecord, ControlChange>(
            new ControlOperator(BOOTSTRAP));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
