package io.github.wenliu.operators.nil;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts the unlinked mentions of each name to groups when their epoch closes, and publishes each
 * group that changed at most once an epoch. What people decided of a group is marked in the first
 * epoch that is open when it comes.
 */
public final class NilGroupsFunction
    extends KeyedCoProcessFunction<String, UnlinkedMention, GroupPromotion, GroupState>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "nil-groups";

  static final String METRIC_MENTIONS = "mentions";
  static final String METRIC_LATE = "lateMentions";
  static final String METRIC_BEGUN = "begunGroups";
  static final String METRIC_MERGED = "mergedGroups";
  static final String METRIC_PUBLISHED = "publishedGroups";
  static final String METRIC_FORGOTTEN = "forgottenGroups";

  private final EpochTime time;
  private final NilParameters parameters;
  private final long retentionEpochs;

  private transient ListState<UnlinkedMention> waitingState;
  private transient ValueState<NameGroups> groupsState;
  private transient ListState<Long> lastClosedEpochState;

  /** Tells the watermark at a snapshot; {@code null} until the first element. */
  private transient TimerService clock;

  private transient long lastClosedEpoch;
  private transient ContextLikeness likeness;

  private transient Counter mentions;
  private transient Counter late;
  private transient Counter begun;
  private transient Counter merged;
  private transient Counter published;
  private transient Counter forgotten;

  public NilGroupsFunction(EpochTime time, NilParameters parameters) {
    this.time = time;
    this.parameters = parameters;
    this.retentionEpochs = parameters.retentionEpochs(time.epochMillis());
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
                    "waiting-mentions", TypeInformation.of(UnlinkedMention.class)));
    groupsState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("name-groups", TypeInformation.of(NameGroups.class)));
    likeness = new ContextLikeness(Lexicon.base());
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    mentions = metrics.counter(METRIC_MENTIONS);
    late = metrics.counter(METRIC_LATE);
    begun = metrics.counter(METRIC_BEGUN);
    merged = metrics.counter(METRIC_MERGED);
    published = metrics.counter(METRIC_PUBLISHED);
    forgotten = metrics.counter(METRIC_FORGOTTEN);
  }

  @Override
  public void processElement1(UnlinkedMention mention, Context context, Collector<GroupState> out)
      throws Exception {
    close(context.timerService());
    mentions.inc();
    boolean isLate = mention.epoch() <= lastClosedEpoch;
    if (isLate) {
      late.inc();
    }
    var counted = isLate ? mention.in(lastClosedEpoch + 1) : mention;
    waitingState.add(counted);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(counted.epoch()));
  }

  @Override
  public void processElement2(GroupPromotion promotion, Context context, Collector<GroupState> out)
      throws Exception {
    close(context.timerService());
    var before = before();
    var groups = new NilGroups(parameters, likeness, before);
    if (groups.promote(GroupId.numberOf(promotion.group()), promotion.entity())) {
      context.timerService().registerEventTimeTimer(time.lastMillisOf(lastClosedEpoch + 1));
    }
    groupsState.update(groups.state(before.wakeEpoch()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<GroupState> out)
      throws Exception {
    long epoch = time.epochOf(timestamp);
    var before = before();
    var groups = new NilGroups(parameters, likeness, before);
    groups.forget(epoch - 1, retentionEpochs);
    groups.add(waiting(epoch));
    // At the end of an input all timers fire, though no time has gone by.
    boolean sweeps =
        parameters.sweeps() && context.timerService().currentWatermark() != Long.MAX_VALUE;
    if (sweeps) {
      groups.forget(epoch, retentionEpochs);
    }
    var key = context.getCurrentKey();
    for (GroupState state : groups.publish(key.substring(0, key.indexOf('/')), epoch)) {
      out.collect(state);
      published.inc();
    }
    begun.inc(groups.begun());
    merged.inc(groups.merged());
    forgotten.inc(groups.forgotten());
    var wake = sweeps ? wakeEpoch(before.wakeEpoch(), epoch, groups.oldestEpoch(), context) : null;
    var after = groups.state(wake);
    if (after.isForgettable()) {
      groupsState.clear();
    } else {
      groupsState.update(after);
    }
  }

  /** When groups are next looked at to be forgotten: one timer stands for that, and no more. */
  private Long wakeEpoch(Long set, long epoch, Long oldest, OnTimerContext context) {
    if (set != null && set > epoch) {
      return set;
    }
    if (oldest == null) {
      return null;
    }
    long wake = oldest + retentionEpochs;
    context.timerService().registerEventTimeTimer(time.lastMillisOf(wake));
    return wake;
  }

  private NameGroups before() throws Exception {
    var groups = groupsState.value();
    return groups == null ? NameGroups.NONE : groups;
  }

  /** The mentions of an epoch, which wait no more. */
  private List<UnlinkedMention> waiting(long epoch) throws Exception {
    var due = new ArrayList<UnlinkedMention>();
    var later = new ArrayList<UnlinkedMention>();
    for (UnlinkedMention mention : waitingState.get()) {
      (mention.epoch() == epoch ? due : later).add(mention);
    }
    if (!due.isEmpty()) {
      waitingState.update(later);
    }
    return due;
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
