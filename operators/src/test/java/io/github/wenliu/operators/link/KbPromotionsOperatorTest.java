package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ControlChange;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class KbPromotionsOperatorTest {

  private static final ControlChange PROMOTION = Kb.promotion("墨鲷#1", "墨鲷");
  private static final ControlChange WORD =
      new ControlChange("word", "main", "墨鲷", "pin", null, null, "control-0-1");

  @Test
  void handsPromotionsOnAndSaysOnceThatThoseThatStoodThereAreOut() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(new StreamRecord<>(WORD));
      harness.processElement(new StreamRecord<>(PROMOTION));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.processWatermark(new Watermark(7));
      harness.processElement(new StreamRecord<>(PROMOTION));
      assertThat(harness.extractOutputValues())
          .containsExactly(
              KbRecord.promoting(PROMOTION), KbRecord.END, KbRecord.promoting(PROMOTION));
      assertThat(harness.getOutput()).doesNotContain(new Watermark(7));

      var state = harness.snapshot(1, 1);
      try (var restored = harness()) {
        restored.initializeState(state);
        restored.open();
        restored.processWatermarkStatus(WatermarkStatus.IDLE);
        assertThat(restored.extractOutputValues()).isEmpty();
      }
    }
  }

  @Test
  void aStreamThatEndsSaysSoByItsLastWatermark() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).isEqualTo(List.of(KbRecord.END));
    }
  }

  private static OneInputStreamOperatorTestHarness<ControlChange, KbRecord> harness()
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(new KbPromotionsOperator(), 1, 1, 0);
  }
}
