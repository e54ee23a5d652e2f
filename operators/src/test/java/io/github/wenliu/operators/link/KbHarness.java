package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operator of the knowledge base with its two inputs. */
final class KbHarness
    extends TwoInputStreamOperatorTestHarness<KbRecord, EnrichedDocument, KbUpdate> {

  private KbHarness(KbOperator operator) throws Exception {
    super(operator, 1, 1, 0);
  }

  /**
   * An open one.
   *
   * @param state {@code null} to begin
   */
  static KbHarness open(EpochTime time, int ends, Duration limit, OperatorSubtaskState state)
      throws Exception {
    var harness = new KbHarness(new KbOperator(time, ends, limit));
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  void record(KbRecord record) throws Exception {
    processElement1(new StreamRecord<>(record, 0));
  }

  void documentsUntil(long watermark) throws Exception {
    processWatermark2(new Watermark(watermark));
  }

  List<ControlAck> acks() {
    return side(KbOperator.ACKS);
  }

  List<DeadLetter> deadLetters() {
    return side(KbOperator.DEAD_LETTERS);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  /** The watermarks that came out. */
  List<Long> watermarks() {
    return getOutput().stream()
        .filter(Watermark.class::isInstance)
        .map(mark -> ((Watermark) mark).getTimestamp())
        .toList();
  }

  boolean wasEverIdle() {
    return getOutput().stream().anyMatch(WatermarkStatus.class::isInstance);
  }
}
