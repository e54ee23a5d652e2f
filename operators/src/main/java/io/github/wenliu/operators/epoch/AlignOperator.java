package io.github.wenliu.operators.epoch;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tags each document with what was learned up to the epoch that it is entitled to. A document of
 * which more may still come waits in keyed state until the watermark says that all has come; the
 * operator never blocks, as the branch that learns reads from the same upstream.
 *
 * <p>First input: documents, keyed by {@link TagKey}. Second input: what was learned, to every
 * subtask, each version before the watermark that passes its epoch.
 *
 * @param <K> what was learned
 */
public abstract class AlignOperator<K> extends AbstractStreamOperator<EnrichedDocument>
    implements TwoInputStreamOperator<EnrichedDocument, K, EnrichedDocument>,
        Triggerable<Long, VoidNamespace> {

  private static final long serialVersionUID = 1L;

  public static final String METRIC_WAITING = "waitingDocuments";
  public static final String METRIC_WAITED = "waitedDocuments";
  public static final String METRIC_LATE = "lateDocuments";

  /** Name of the timers in state. */
  private static final String TIMERS = "user-timers";

  private final String stage;
  private final EpochTime time;

  private transient ListState<EnrichedDocument> waitingState;
  private transient ListState<Long> lastClosedEpochState;
  private transient ListState<Long> waitingCountState;

  private transient InternalTimerService<VoidNamespace> timers;
  private transient long lastClosedEpoch;
  private transient long waiting;
  private transient Counter waited;
  private transient Counter late;

  /**
   * @param stage its name, which is that of its metrics
   * @param time with the lag of what is learned here
   */
  protected AlignOperator(String stage, EpochTime time) {
    this.stage = stage;
    this.time = time;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    lastClosedEpochState =
        store.getUnionListState(
            new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    waitingCountState =
        store.getListState(
            new ListStateDescriptor<>("waiting-count", TypeInformation.of(Long.class)));
    waitingState =
        getKeyedStateStore()
            .getListState(
                new ListStateDescriptor<>("waiting-documents", EnvelopeTypeInformation.ENVELOPE));
    lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
    waiting = 0;
    for (long count : waitingCountState.get()) {
      waiting += count;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    var metrics = getMetricGroup().addGroup(stage);
    metrics.gauge(METRIC_WAITING, () -> waiting);
    waited = metrics.counter(METRIC_WAITED);
    late = metrics.counter(METRIC_LATE);
  }

  @Override
  public void processElement1(StreamRecord<EnrichedDocument> element) throws Exception {
    var document = element.getValue();
    closeEpochs();
    if (document.epoch() <= lastClosedEpoch) {
      late.inc();
      output.collect(element.replace(tagEntitled(document.withFlag(Flag.LATE))));
      return;
    }
    long release = time.lastMillisOf(time.entitledEpoch(document.epoch()));
    if (timers.currentWatermark() >= release) {
      output.collect(element.replace(tagEntitled(document)));
    } else {
      waiting++;
      waited.inc();
      waitingState.add(document);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, release);
    }
  }

  @Override
  public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
    for (EnrichedDocument document : waitingState.get()) {
      waiting--;
      output.collect(new StreamRecord<>(tagEntitled(document), timer.getTimestamp()));
    }
    waitingState.clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
    // There are none.
  }

  @Override
  public void processElement2(StreamRecord<K> element) throws Exception {
    closeEpochs();
    learn(element.getValue(), time.entitledEpoch(lastClosedEpoch + 1));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // The watermark may have moved since the last element, and is itself in no snapshot.
    closeEpochs();
    lastClosedEpochState.update(List.of(lastClosedEpoch));
    waitingCountState.update(List.of(waiting));
  }

  private void closeEpochs() {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(timers.currentWatermark()));
  }

  /** A late document may ask for what is no longer kept: it gets the oldest an open epoch can. */
  private EnrichedDocument tagEntitled(EnrichedDocument document) throws Exception {
    return tag(document, time.entitledEpoch(Math.max(document.epoch(), lastClosedEpoch + 1)));
  }

  /**
   * Takes over what was learned.
   *
   * @param oldestEntitled the oldest epoch that a coming document may be entitled to: what only
   *     older ones need may be forgotten
   */
  protected abstract void learn(K learned, long oldestEntitled) throws Exception;

  /** A copy of a document with what was learned up to an epoch. */
  protected abstract EnrichedDocument tag(EnrichedDocument document, long entitledEpoch)
      throws Exception;
}
