package io.github.wenliu.operators.trends;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts the documents of an epoch by their words, each text once, and hands the counts on when the
 * epoch closes. Keyed by {@link DocumentWords#key}.
 */
public final class TallyWordsFunction
    extends KeyedProcessFunction<String, DocumentWords, EpochTally>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "tally-words";

  static final String METRIC_LATE = "lateDocuments";
  static final String METRIC_REPOSTS = "reposts";

  private final EpochTime time;

  private transient ListState<DocumentWords> waitingState;
  private transient ListState<Long> lastClosedEpochState;

  /** Tells the watermark at a snapshot; {@code null} until the first element. */
  private transient TimerService clock;

  private transient long lastClosedEpoch;
  private transient Counter late;
  private transient Counter reposts;

  public TallyWordsFunction(EpochTime time) {
    this.time = time;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    lastClosedEpochState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
  }

  @Override
  public void open(OpenContext context) {
    waitingState =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "waiting-documents", TypeInformation.of(DocumentWords.class)));
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    late = metrics.counter(METRIC_LATE);
    reposts = metrics.counter(METRIC_REPOSTS);
  }

  @Override
  public void processElement(DocumentWords document, Context context, Collector<EpochTally> out)
      throws Exception {
    close(context.timerService());
    if (document.epoch() <= lastClosedEpoch) {
      late.inc();
    }
    waitingState.add(document);
    long epoch = Math.max(document.epoch(), lastClosedEpoch + 1);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(epoch));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EpochTally> out)
      throws Exception {
    var documents = new ArrayList<DocumentWords>();
    waitingState.get().forEach(documents::add);
    waitingState.clear();
    if (documents.isEmpty()) {
      return;
    }
    var tally = EpochTally.of(documents.get(0).channel(), time.epochOf(timestamp), documents);
    reposts.inc(documents.size() - tally.documents());
    out.collect(tally);
  }

  private void close(TimerService timers) {
    clock = timers;
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(timers.currentWatermark()));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // The watermark may have moved since the last element, and is itself in no snapshot.
    if (clock != null) {
      close(clock);
    }
    lastClosedEpochState.update(List.of(lastClosedEpoch));
  }
}
