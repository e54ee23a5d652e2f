package io.github.wenliu.operators.epoch;

import io.github.wenliu.operators.document.EpochTime;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Collects what documents say of their epochs and sends it on in batches. What has been collected
 * leaves before a watermark that closes one of its epochs and before every checkpoint, so none of
 * it is in state.
 *
 * <p>An operator and not a function, as only an operator is told of a checkpoint in time to emit.
 */
public abstract class CollectOperator<IN, OUT> extends AbstractStreamOperator<OUT>
    implements OneInputStreamOperator<IN, OUT> {

  private static final long serialVersionUID = 1L;

  private final EpochTime time;
  private final long most;

  private transient ListState<Long> lastClosedEpochState;

  private transient long collected;
  private transient long firstEpoch;
  private transient long lastClosedEpoch;

  /**
   * @param most pieces that are collected at most
   */
  protected CollectOperator(EpochTime time, long most) {
    this.time = time;
    this.most = most;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    lastClosedEpochState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    lastClosedEpoch = slowest(lastClosedEpochState.get());
    firstEpoch = Long.MAX_VALUE;
  }

  /**
   * What all subtasks had closed, and so those behind them. Not what the fastest had: partitions
   * need not stand at the same time, and a document is late only where its own subtask was.
   */
  private static long slowest(Iterable<Long> lastClosedEpochs) {
    var epochs = lastClosedEpochs.iterator();
    long slowest = epochs.hasNext() ? epochs.next() : Long.MIN_VALUE;
    while (epochs.hasNext()) {
      slowest = Math.min(slowest, epochs.next());
    }
    return slowest;
  }

  /** The epoch that a document counts for: that of a closed epoch counts in the first open one. */
  protected final long openEpoch(long epoch) {
    return Math.max(epoch, lastClosedEpoch + 1);
  }

  /** Says that so many pieces of an open epoch have been collected. */
  protected final void collected(long epoch, long pieces) {
    collected += pieces;
    firstEpoch = Math.min(firstEpoch, epoch);
    if (collected >= most) {
      sendOn();
    }
  }

  @Override
  public final void processWatermark(Watermark mark) throws Exception {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(mark.getTimestamp()));
    if (firstEpoch <= lastClosedEpoch) {
      sendOn();
    }
    super.processWatermark(mark);
  }

  @Override
  public final void prepareSnapshotPreBarrier(long checkpointId) {
    sendOn();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    lastClosedEpochState.update(List.of(lastClosedEpoch));
  }

  private void sendOn() {
    emitCollected();
    collected = 0;
    firstEpoch = Long.MAX_VALUE;
  }

  /** Emits all that has been collected, and forgets it. */
  protected abstract void emitCollected();
}
