package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Answers what may be meant by an alias, every question once, also with nothing. Keyed by {@code
 * channel/alias}. A question waits until all changes that its document is entitled to have come,
 * which is a moment; a change stays apart until no document can come that must not know of it.
 *
 * <p>First input: {@link AliasQuery}. Second input: {@link AliasChange}, of which the watermark
 * says that all up to an epoch have come. An operator and not a function, as a function knows only
 * the time of both inputs, and would keep questions waiting for documents.
 */
public final class CandidatesOperator extends AbstractStreamOperator<AliasAnswer>
    implements TwoInputStreamOperator<AliasQuery, AliasChange, AliasAnswer>,
        Triggerable<String, VoidNamespace> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "candidates";

  static final String METRIC_QUESTIONS = "questions";
  static final String METRIC_WAITED = "waitedQuestions";
  static final String METRIC_LEFT_OUT = "leftOutCandidates";

  private final EpochTime time;
  private final int maxCandidates;

  private transient ValueState<KnownAlias> knownState;
  private transient MapState<String, KbCandidate> othersState;
  private transient ListState<AliasChange> comingState;
  private transient ListState<AliasQuery> waitingState;
  private transient InternalTimerService<VoidNamespace> timers;

  private transient AliasCandidates candidates;
  private transient CandidateStore others;

  /** All changes up to here have come. */
  private transient long knownUntil;

  private transient Counter questions;
  private transient Counter waited;
  private transient Counter leftOut;

  /**
   * @param maxCandidates entries that are weighed for one alias
   */
  public CandidatesOperator(EpochTime time, int maxCandidates) {
    this.time = time;
    this.maxCandidates = maxCandidates;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var keyed = getKeyedStateStore();
    knownState =
        keyed.getState(new ValueStateDescriptor<>("best-candidates", LinkTypeInformation.ALIAS));
    othersState =
        keyed.getMapState(
            new MapStateDescriptor<>(
                "other-candidates", Types.STRING, LinkTypeInformation.CANDIDATE));
    comingState =
        keyed.getListState(new ListStateDescriptor<>("coming-changes", LinkTypeInformation.CHANGE));
    waitingState =
        keyed.getListState(
            new ListStateDescriptor<>("waiting-questions", TypeInformation.of(AliasQuery.class)));
    candidates = new AliasCandidates(maxCandidates);
    others = new Others();
    knownUntil = Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("waiting-questions", VoidNamespaceSerializer.INSTANCE, this);
    var metrics = getMetricGroup().addGroup(STAGE);
    questions = metrics.counter(METRIC_QUESTIONS);
    waited = metrics.counter(METRIC_WAITED);
    leftOut = metrics.counter(METRIC_LEFT_OUT);
  }

  @Override
  public void processElement1(StreamRecord<AliasQuery> element) throws Exception {
    var query = element.getValue();
    questions.inc();
    long ready = time.lastMillisOf(query.entitled());
    if (knownUntil >= ready) {
      fold();
      answer(query);
    } else {
      waited.inc();
      waitingState.add(query);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, ready);
    }
  }

  @Override
  public void processElement2(StreamRecord<AliasChange> element) throws Exception {
    var change = element.getValue();
    if (change.epoch() == Setting.ALWAYS) {
      load(change);
    } else {
      fold();
      comingState.add(change);
    }
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    knownUntil = mark.getTimestamp();
    super.processWatermark2(mark);
  }

  /**
   * Answers what has waited. Takes over no change before: time may have gone on by more than one
   * epoch, and what counts from the last one must not be known in the first.
   */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    var later = new ArrayList<AliasQuery>();
    for (AliasQuery query : waitingState.get()) {
      if (time.lastMillisOf(query.entitled()) <= timer.getTimestamp()) {
        answer(query);
      } else {
        later.add(query);
      }
    }
    waitingState.update(later);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    // There are none.
  }

  private void answer(AliasQuery query) throws Exception {
    var changes = new ArrayList<AliasChange>();
    for (AliasChange change : comingState.get()) {
      if (change.epoch() <= query.entitled()) {
        changes.add(change);
      }
    }
    var answer = candidates.answer(query, known(), changes, others);
    leftOut.inc(answer.more());
    output.collect(new StreamRecord<>(answer));
  }

  /** Takes over the changes that every document to come is entitled to. */
  private void fold() throws Exception {
    List<AliasChange> later = null;
    List<AliasChange> passed = null;
    for (AliasChange change : comingState.get()) {
      if (later == null) {
        later = new ArrayList<>();
        passed = new ArrayList<>();
      }
      boolean isForAll =
          time.lastMillisOf(change.epoch() - 1 + time.lag()) <= timers.currentWatermark();
      (isForAll ? passed : later).add(change);
    }
    if (passed != null && !passed.isEmpty()) {
      for (AliasChange change : passed) {
        take(change);
      }
      comingState.update(later);
    }
  }

  /**
   * Writes what holds for all time without reading what is there: it comes before all other changes
   * and before any question is answered, and a million of them at once.
   */
  private void load(AliasChange change) throws Exception {
    if (change.candidate() == null) {
      others.remove(change.id());
    } else {
      others.put(change.candidate());
    }
  }

  private void take(AliasChange change) throws Exception {
    keep(candidates.apply(known(), change.id(), change.candidate(), others));
  }

  /**
   * What is known of the current alias; when that is asked for the first time, it is put in order.
   */
  private KnownAlias known() throws Exception {
    var known = knownState.value();
    return known == null ? keep(candidates.gather(others)) : known;
  }

  private KnownAlias keep(KnownAlias known) throws Exception {
    if (known.isEmpty()) {
      knownState.clear();
    } else {
      knownState.update(known);
    }
    return known;
  }

  /** Those of the current alias. */
  private final class Others implements CandidateStore {

    @Override
    public boolean contains(String id) throws Exception {
      return othersState.contains(id);
    }

    @Override
    public void put(KbCandidate candidate) throws Exception {
      othersState.put(candidate.id(), candidate);
    }

    @Override
    public void remove(String id) throws Exception {
      othersState.remove(id);
    }

    @Override
    public Iterable<KbCandidate> all() throws Exception {
      return othersState.values();
    }
  }
}
