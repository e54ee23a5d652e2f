package io.github.wenliu.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StayActiveOperatorTest {

  @Test
  void handsOnAllButIdleness() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<String, String>(new StayActiveOperator<>())) {
      harness.open();
      harness.processElement(new StreamRecord<>("a", 1));
      harness.processWatermark(new Watermark(5));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.processWatermark(new Watermark(6));
      assertThat(harness.getOutput())
          .containsExactly(new StreamRecord<>("a", 1), new Watermark(5), new Watermark(6));
    }
  }
}
