package io.github.wenliu.operators.control;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Hands control changes on, those first that stood in the topic when the job was submitted. They
 * are out before the stream says that it is idle, and until then whoever joins it with another one
 * has no watermark; a function cannot do that, as it does not see watermarks. The stream itself has
 * none, ever: where the documents were idle, too, Flink would take the largest of all for the time,
 * and the largest there is would close every epoch there will ever be. Runs as one subtask: changes
 * of a key must stay in order.
 */
public final class ControlOperator extends AbstractStreamOperator<ControlChange>
    implements OneInputStreamOperator<ControlRecord, ControlChange> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "control";

  /** Answers to what is no change. */
  public static final OutputTag<ControlAck> REFUSALS =
      new OutputTag<>("refusals", TypeInformation.of(ControlAck.class));

  static final String METRIC_CHANGES = "changes";
  static final String METRIC_REFUSED = "refused";

  private final List<ControlRecord> bootstrap;

  private transient ListState<Boolean> bootstrappedState;

  private transient boolean bootstrapped;
  private transient Counter changes;
  private transient Counter refused;

  /**
   * @param bootstrap what stood in the topic when the job was submitted
   */
  public ControlOperator(List<ControlRecord> bootstrap) {
    this.bootstrap = bootstrap.stream().map(ControlRecord::forAllTime).toList();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    bootstrappedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("bootstrapped", Types.BOOLEAN));
    // Not whether the job was restored: its state may be older than this operator.
    for (boolean done : bootstrappedState.get()) {
      bootstrapped |= done;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup(STAGE);
    changes = metrics.counter(METRIC_CHANGES);
    refused = metrics.counter(METRIC_REFUSED);
  }

  @Override
  public void processElement(StreamRecord<ControlRecord> element) {
    bootstrapOnce();
    emit(element.getValue());
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    // Swallowed: where all inputs are idle, Flink goes on to the largest watermark of all of them.
    bootstrapOnce();
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    bootstrappedState.update(List.of(bootstrapped));
  }

  private void bootstrapOnce() {
    if (!bootstrapped) {
      bootstrapped = true;
      bootstrap.forEach(this::emit);
    }
  }

  private void emit(ControlRecord record) {
    if (record.change() != null) {
      changes.inc();
      output.collect(new StreamRecord<>(record.change()));
    } else {
      refused.inc();
      output.collect(REFUSALS, new StreamRecord<>(record.refusal()));
    }
  }
}
