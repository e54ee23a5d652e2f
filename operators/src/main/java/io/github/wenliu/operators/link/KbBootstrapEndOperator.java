package io.github.wenliu.operators.link;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Joins what stood in the topic {@code kb} when the job was submitted, which ends, with what is
 * written to it later, and says where the first has ended: {@link KbRecord#END}, once in the life
 * of the state. Behind that nothing of the first is handed on, such as a partition that was added
 * before the job was submitted anew: it is among the later changes.
 *
 * <p>The stream has no time, ever, and is idle; see {@code ControlOperator}. An operator with two
 * inputs, because a source that has ended gives its successor the largest watermark after each
 * restore. Runs as one subtask: changes of a key must stay in order.
 */
public final class KbBootstrapEndOperator extends AbstractStreamOperator<KbRecord>
    implements TwoInputStreamOperator<KbRecord, KbRecord, KbRecord>, BoundedMultiInput {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "kb bootstrap end";

  private static final int BOOTSTRAP = 1;

  private transient ListState<Boolean> endedState;

  private transient boolean ended;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    endedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("bootstrap-ended", Types.BOOLEAN));
    for (boolean did : endedState.get()) {
      ended |= did;
    }
  }

  /** What stood there. */
  @Override
  public void processElement1(StreamRecord<KbRecord> element) {
    if (!ended) {
      output.collect(element);
    }
  }

  /** What came later. */
  @Override
  public void processElement2(StreamRecord<KbRecord> element) {
    output.collect(element);
  }

  @Override
  public void endInput(int input) {
    if (input == BOOTSTRAP && !ended) {
      ended = true;
      output.collect(new StreamRecord<>(KbRecord.END));
    }
  }

  @Override
  public void processWatermark1(Watermark watermark) {
    // Only says that there will be no more.
  }

  @Override
  public void processWatermark2(Watermark watermark) {
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {
    // Idle, whatever its sources are.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    endedState.update(List.of(ended));
  }
}
