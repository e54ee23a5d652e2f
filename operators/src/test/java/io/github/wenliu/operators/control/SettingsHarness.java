package io.github.wenliu.operators.control;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** The operator of the settings with its two inputs and the mailbox of its task. */
final class SettingsHarness extends AbstractStreamOperatorTestHarness<Setting> {

  private SettingsHarness(SettingsOperator.Factory factory) throws Exception {
    super(factory, 1, 1, 0);
  }

  /**
   * An open one.
   *
   * @param state {@code null} to begin
   */
  static SettingsHarness open(
      EpochTime time, ModelProbe probe, Duration timeout, OperatorSubtaskState state)
      throws Exception {
    var harness = new SettingsHarness(new SettingsOperator.Factory(time, probe, timeout));
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  void change(ControlChange change) throws Exception {
    operator().processElement1(new StreamRecord<>(change, 0));
  }

  void watermark(long watermark) throws Exception {
    operator().processWatermark1(new Watermark(watermark));
    operator().processWatermark2(new Watermark(watermark));
  }

  /** Waits for a model to be checked, and takes the result. */
  void awaitCheck() throws Exception {
    getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
  }

  List<ControlAck> acks() {
    var acks = getSideOutput(SettingsOperator.ACKS);
    return acks == null ? List.of() : acks.stream().map(StreamRecord::getValue).toList();
  }

  /** The newest watermark that came out, or the smallest there is. */
  long emittedWatermark() {
    return getOutput().stream()
        .filter(Watermark.class::isInstance)
        .mapToLong(mark -> ((Watermark) mark).getTimestamp())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private SettingsOperator operator() {
    return (SettingsOperator) getOperator();
  }
}
