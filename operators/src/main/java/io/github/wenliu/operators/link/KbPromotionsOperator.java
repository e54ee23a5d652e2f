package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Makes records of the knowledge base of what people ask of groups of unlinked mentions, and says
 * once when all is out that stood in the control topic when the job was submitted: that is when the
 * stream says for the first time that it is idle, or anything of time.
 */
public final class KbPromotionsOperator extends AbstractStreamOperator<KbRecord>
    implements OneInputStreamOperator<ControlChange, KbRecord> {

  private static final long serialVersionUID = 1L;

  private transient ListState<Boolean> endedState;

  private transient boolean ended;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    endedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("ended", Types.BOOLEAN));
    for (boolean before : endedState.get()) {
      ended |= before;
    }
  }

  @Override
  public void processElement(StreamRecord<ControlChange> element) {
    if (element.getValue().kind().equals(ControlChange.CANDIDATE)) {
      output.collect(new StreamRecord<>(KbRecord.promoting(element.getValue())));
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    // Swallowed: the knowledge base has no time of its own.
    endOnce();
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    endOnce();
    super.processWatermarkStatus(status);
  }

  private void endOnce() {
    if (!ended) {
      ended = true;
      output.collect(new StreamRecord<>(KbRecord.END));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    endedState.update(List.of(ended));
  }
}
