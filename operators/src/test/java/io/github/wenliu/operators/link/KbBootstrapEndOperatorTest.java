package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class KbBootstrapEndOperatorTest {

  private static final KbRecord OLD =
      KbRecord.of(new KbChange("main", "Q1", null, null, "kb-0-1")).forAllTime();
  private static final KbRecord LATER =
      KbRecord.of(
          new KbChange(
              "main",
              "Q1",
              new KbEntry("main", "Q1", "绍兴", List.of(), List.of(), "", List.of(), null, null),
              7L,
              "kb-0-2"));

  @Test
  void saysWhereTheBootstrapHasEnded() throws Exception {
    try (var harness = harness(null)) {
      harness.processElement1(new StreamRecord<>(OLD));
      harness.processElement2(new StreamRecord<>(LATER));
      harness.processElement1(new StreamRecord<>(OLD));
      harness.endInput1();
      harness.processElement2(new StreamRecord<>(LATER));
      harness.endInput2();

      assertThat(harness.extractOutputValues())
          .containsExactly(OLD, LATER, OLD, KbRecord.END, LATER);
    }
  }

  @Test
  void saysItOnceInTheLifeOfTheState() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      harness.endInput1();
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      harness.processElement1(new StreamRecord<>(OLD));
      harness.processElement2(new StreamRecord<>(LATER));
      harness.endInput1();

      assertThat(harness.extractOutputValues()).containsExactly(LATER);
    }
  }

  @Test
  void goesOnWithABootstrapThatHadNotEnded() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      harness.processElement1(new StreamRecord<>(OLD));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      harness.processElement1(new StreamRecord<>(OLD));
      harness.endInput1();

      assertThat(harness.extractOutputValues()).containsExactly(OLD, KbRecord.END);
    }
  }

  @Test
  void hasNoTimeAndIsIdle() throws Exception {
    try (var harness = harness(null)) {
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      harness.processWatermarkStatus1(WatermarkStatus.IDLE);
      harness.processWatermarkStatus2(WatermarkStatus.IDLE);
      harness.processWatermarkStatus2(WatermarkStatus.ACTIVE);
      assertThat(harness.getOutput()).isEmpty();

      harness.processWatermark2(Watermark.MAX_WATERMARK);
      harness.processWatermarkStatus2(WatermarkStatus.ACTIVE);
      assertThat(harness.getOutput()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  private static TwoInputStreamOperatorTestHarness<KbRecord, KbRecord, KbRecord> harness(
      OperatorSubtaskState state) throws Exception {
    var harness = new TwoInputStreamOperatorTestHarness<>(new KbBootstrapEndOperator());
    harness.setup(
        TypeInformation.of(KbRecord.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
