package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tags each document with the vocabulary and the settings that it is entitled to. A document whose
 * version may still come waits in keyed state until the watermark says that it has come; the
 * operator never blocks, as the branch that makes the versions reads from the same upstream.
 */
public final class TagWordsFunction
    extends KeyedBroadcastProcessFunction<Long, EnrichedDocument, TagKnowledge, EnrichedDocument>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "tag-words";

  /** Broadcast side: {@code channel/epoch} to the version of that epoch, the oldest one whole. */
  public static final MapStateDescriptor<String, VocabularyDelta> VOCABULARY =
      new MapStateDescriptor<>(
          "vocabulary", Types.STRING, TypeInformation.of(VocabularyDelta.class));

  /** Broadcast side: {@code epoch/kind/channel/target} to the setting that begins there. */
  public static final MapStateDescriptor<String, Setting> SETTINGS =
      new MapStateDescriptor<>("settings", Types.STRING, TypeInformation.of(Setting.class));

  static final String METRIC_WAITING = "waitingDocuments";
  static final String METRIC_WAITED = "waitedDocuments";
  static final String METRIC_LATE = "lateDocuments";
  static final String METRIC_WORDS = "words";

  private final EpochTime time;
  private final ModelChoice model;

  private transient ListState<EnrichedDocument> waitingState;
  private transient ListState<Long> lastClosedEpochState;
  private transient ListState<Long> waitingCountState;

  private transient WordTagger tagger;
  private transient VocabularyVersions versions;
  private transient Settings settings;

  /** Tells the watermark at a snapshot; {@code null} until the first document. */
  private transient TimerService clock;

  private transient long lastClosedEpoch;
  private transient long waiting;
  private transient Counter waited;
  private transient Counter late;
  private transient Counter words;

  /**
   * @param model what documents are extracted with where nobody chose
   */
  public TagWordsFunction(EpochTime time, ModelChoice model) {
    this.time = time;
    this.model = model;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var store = context.getOperatorStateStore();
    lastClosedEpochState =
        store.getUnionListState(
            new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    waitingCountState =
        store.getListState(
            new ListStateDescriptor<>("waiting-count", TypeInformation.of(Long.class)));
    lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
    for (long count : waitingCountState.get()) {
      waiting += count;
    }
    waitingState =
        context
            .getKeyedStateStore()
            .getListState(
                new ListStateDescriptor<>("waiting-documents", EnvelopeTypeInformation.ENVELOPE));
  }

  @Override
  public void open(OpenContext context) {
    tagger = new WordTagger(model);
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    metrics.gauge(METRIC_WAITING, () -> waiting);
    waited = metrics.counter(METRIC_WAITED);
    late = metrics.counter(METRIC_LATE);
    words = metrics.counter(METRIC_WORDS);
  }

  @Override
  public void processElement(
      EnrichedDocument document, ReadOnlyContext context, Collector<EnrichedDocument> out)
      throws Exception {
    clock = context.timerService();
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(clock.currentWatermark()));
    if (document.epoch() <= lastClosedEpoch) {
      late.inc();
      tag(document.withFlag(Flag.LATE), context, out);
      return;
    }
    long release = time.lastMillisOf(time.entitledEpoch(document.epoch()));
    if (context.currentWatermark() >= release) {
      tag(document, context, out);
    } else {
      waiting++;
      waited.inc();
      waitingState.add(document);
      context.timerService().registerEventTimeTimer(release);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EnrichedDocument> out)
      throws Exception {
    for (EnrichedDocument document : waitingState.get()) {
      waiting--;
      tag(document, context, out);
    }
    waitingState.clear();
  }

  @Override
  public void processBroadcastElement(
      TagKnowledge knowledge, Context context, Collector<EnrichedDocument> out) throws Exception {
    if (knowledge.vocabulary() != null) {
      learn(knowledge.vocabulary(), context);
    } else {
      settle(knowledge.setting(), context);
    }
  }

  private void learn(VocabularyDelta delta, Context context) throws Exception {
    var state = context.getBroadcastState(VOCABULARY);
    var kept = versions(state);
    kept.apply(delta);
    state.put(key(delta), delta);
    var folded = kept.fold(delta.channel(), oldestEntitled(context));
    for (VocabularyDelta passed : folded) {
      state.remove(key(passed));
    }
    if (!folded.isEmpty()) {
      var base = kept.delta(delta.channel(), folded.get(folded.size() - 1).epoch());
      state.put(key(base), base);
    }
  }

  private void settle(Setting setting, Context context) throws Exception {
    var state = context.getBroadcastState(SETTINGS);
    var kept = settings(state);
    for (Setting replaced : kept.apply(setting)) {
      state.remove(key(replaced));
    }
    state.put(key(setting), setting);
    for (Setting passed : kept.fold(setting.channel(), oldestEntitled(context))) {
      state.remove(key(passed));
    }
  }

  /** The oldest epoch that a coming document may be entitled to. */
  private long oldestEntitled(Context context) {
    long closed = Math.max(lastClosedEpoch, time.lastClosedBy(context.currentWatermark()));
    return time.entitledEpoch(closed + 1);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // The watermark may have moved since the last document, and is itself in no snapshot.
    if (clock != null) {
      lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(clock.currentWatermark()));
    }
    lastClosedEpochState.update(List.of(lastClosedEpoch));
    waitingCountState.update(List.of(waiting));
  }

  private void tag(
      EnrichedDocument document, ReadOnlyContext context, Collector<EnrichedDocument> out)
      throws Exception {
    // A late document may ask for what is no longer kept: it gets the oldest that an open epoch
    // can.
    long entitled = time.entitledEpoch(Math.max(document.epoch(), lastClosedEpoch + 1));
    var channel = document.document().channel();
    var version = versions(context.getBroadcastState(VOCABULARY)).at(channel, entitled);
    var inForce = settings(context.getBroadcastState(SETTINGS)).at(channel, entitled);
    var tagged = tagger.tag(document, version, inForce);
    words.inc(tagged.words().size());
    out.collect(tagged);
  }

  /** The versions in memory; read back from state at the first call after a restore. */
  private VocabularyVersions versions(ReadOnlyBroadcastState<String, VocabularyDelta> state)
      throws Exception {
    if (versions == null) {
      versions = new VocabularyVersions();
      for (var entry : state.immutableEntries()) {
        versions.apply(entry.getValue());
      }
    }
    return versions;
  }

  /** The settings in memory; read back likewise. */
  private Settings settings(ReadOnlyBroadcastState<String, Setting> state) throws Exception {
    if (settings == null) {
      var kept = new ArrayList<Setting>();
      for (var entry : state.immutableEntries()) {
        kept.add(entry.getValue());
      }
      settings = Settings.of(kept);
    }
    return settings;
  }

  private static String key(VocabularyDelta delta) {
    return delta.channel() + "/" + delta.epoch();
  }

  private static String key(Setting setting) {
    return setting.epoch() + "/" + setting.key();
  }
}
