package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes one version of a channel's vocabulary for each epoch in which something changed: from the
 * scorer's reports, and from what people say of words. Emits version {@code e} before its watermark
 * passes {@code e}.
 *
 * <p>A control change counts from the first epoch that is still open when it comes, or from the
 * later one that it names; what comes before the first watermark is valid for all time. Changes
 * that are not about words are left to others.
 */
public final class VocabularyFunction
    extends KeyedCoProcessFunction<String, WordReport, ControlChange, VocabularyDelta>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "vocabulary";

  public static final OutputTag<WordState> WORDS =
      new OutputTag<>("words", TypeInformation.of(WordState.class));
  public static final OutputTag<WordEvent> EVENTS =
      new OutputTag<>("word-events", TypeInformation.of(WordEvent.class));
  public static final OutputTag<ControlAck> ACKS =
      new OutputTag<>("control-acks", TypeInformation.of(ControlAck.class));

  static final String METRIC_VERSIONS = "versions";
  static final String METRIC_EVENTS = "wordEvents";

  /** The timer of what is valid for all time: it fires before any other. */
  private static final long ALWAYS_TIMER = Long.MIN_VALUE + 1;

  private final EpochTime time;
  private final Set<String> known;
  private final boolean emitKnown;

  private transient MapState<String, VocabularyEntry> entriesState;
  private transient ListState<WordReport> reportsState;
  private transient ListState<StampedControl> controlsState;
  private transient ListState<Long> lastClosedEpochState;

  /** Tells the watermark at a snapshot; {@code null} until the first element. */
  private transient TimerService clock;

  private transient long lastClosedEpoch;

  private transient Counter versions;
  private transient Counter events;

  /**
   * @param known words that are no news, in their normalised form
   * @param emitKnown whether they are written to the topic of words all the same
   */
  public VocabularyFunction(EpochTime time, Set<String> known, boolean emitKnown) {
    this.time = time;
    this.known = known;
    this.emitKnown = emitKnown;
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
    entriesState =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "vocabulary-entries", Types.STRING, TypeInformation.of(VocabularyEntry.class)));
    reportsState =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("reports", TypeInformation.of(WordReport.class)));
    controlsState =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("controls", TypeInformation.of(StampedControl.class)));
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    versions = metrics.counter(METRIC_VERSIONS);
    events = metrics.counter(METRIC_EVENTS);
  }

  @Override
  public void processElement1(WordReport report, Context context, Collector<VocabularyDelta> out)
      throws Exception {
    clock = context.timerService();
    reportsState.add(report);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(report.epoch()));
  }

  @Override
  public void processElement2(ControlChange change, Context context, Collector<VocabularyDelta> out)
      throws Exception {
    if (!change.kind().equals(ControlChange.WORD)) {
      return;
    }
    long epoch = firstEpochOf(change, context.timerService());
    context
        .timerService()
        .registerEventTimeTimer(
            epoch == VocabularyDelta.ALWAYS ? ALWAYS_TIMER : time.lastMillisOf(epoch));
    controlsState.add(new StampedControl(epoch, change));
    if (!change.isForAllTime()) {
      context.output(ACKS, new ControlAck(change, shown(epoch), null));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<VocabularyDelta> out)
      throws Exception {
    long epoch = timestamp == ALWAYS_TIMER ? VocabularyDelta.ALWAYS : time.epochOf(timestamp);
    var version =
        new VocabularyVersion(
            context.getCurrentKey(),
            epoch,
            epoch == VocabularyDelta.ALWAYS ? 0 : timestamp,
            known,
            emitKnown,
            new StateStore());
    version.update(reports(epoch), controls(epoch));
    for (var state : version.states()) {
      context.output(WORDS, state);
    }
    for (var event : version.events()) {
      context.output(EVENTS, event);
      events.inc();
    }
    var delta = version.delta();
    if (!delta.added().isEmpty() || !delta.removed().isEmpty()) {
      versions.inc();
      out.collect(delta);
    }
  }

  /** The first epoch whose version shows a change that comes now. */
  private long firstEpochOf(ControlChange change, TimerService timers) {
    close(timers);
    var from = change.isForAllTime() ? null : change.effectiveFromMillis();
    if (from == null && lastClosedEpoch == Long.MIN_VALUE) {
      return VocabularyDelta.ALWAYS;
    }
    long firstOpen = lastClosedEpoch + 1;
    return from == null ? firstOpen : Math.max(firstOpen, time.epochOf(from));
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

  /** The epoch that names a version in output. */
  private static long shown(long epoch) {
    return epoch == VocabularyDelta.ALWAYS ? VocabularyVersions.EMPTY_VERSION : epoch;
  }

  private List<WordReport> reports(long epoch) throws Exception {
    var due = new ArrayList<WordReport>();
    var later = new ArrayList<WordReport>();
    for (WordReport report : reportsState.get()) {
      (report.epoch() == epoch ? due : later).add(report);
    }
    reportsState.update(later);
    return due;
  }

  private List<ControlChange> controls(long epoch) throws Exception {
    var due = new ArrayList<ControlChange>();
    var later = new ArrayList<StampedControl>();
    for (StampedControl control : controlsState.get()) {
      if (control.epoch() == epoch) {
        due.add(control.change());
      } else {
        later.add(control);
      }
    }
    controlsState.update(later);
    return due;
  }

  /** The entries of the current key. */
  private final class StateStore implements VocabularyStore {

    @Override
    public VocabularyEntry get(String word) throws Exception {
      return entriesState.get(word);
    }

    @Override
    public void put(String word, VocabularyEntry entry) throws Exception {
      entriesState.put(word, entry);
    }

    @Override
    public void remove(String word) throws Exception {
      entriesState.remove(word);
    }
  }
}
