package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Finds the places of each document that may mean an entry, by the aliases that it is entitled to,
 * and asks for each of these once what it may mean. A document waits until all changes of the
 * knowledge base that it is entitled to have come; as it has waited for them before, that is a
 * moment.
 *
 * <p>First input: documents, spread over the subtasks from all subtasks before, so that each has
 * the time of all of them. Second input: {@link AliasMark}, to every subtask. At a checkpoint all
 * subtasks have therefore seen the same marks and the same time and have the same index: the first
 * one writes it, all read it. That costs 12 bytes an alias at each checkpoint.
 */
public final class FindMentionsOperator extends AbstractStreamOperator<LinkTask>
    implements TwoInputStreamOperator<EnrichedDocument, AliasMark, LinkTask> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "find-mentions";

  /** What may be meant by an alias? */
  public static final OutputTag<AliasQuery> QUERIES =
      new OutputTag<>("alias-queries", TypeInformation.of(AliasQuery.class));

  static final String METRIC_MENTIONS = "mentions";
  static final String METRIC_QUESTIONS = "questions";
  static final String METRIC_ALIASES = "aliases";
  static final String METRIC_WAITING = "waitingDocuments";
  static final String METRIC_LATE = "lateDocuments";

  private final EpochTime time;
  private final int maxMentions;

  private transient ListState<AliasBlock> indexState;
  private transient ListState<EnrichedDocument> waitingState;
  private transient ListState<Long> lastClosedEpochState;

  private transient AliasIndex index;
  private transient MentionFinder finder;

  /** By the time of the knowledge base at which they go on. */
  private transient TreeMap<Long, List<EnrichedDocument>> waiting;

  /** All changes up to here have come. */
  private transient long knownUntil;

  private transient long lastClosedEpoch;
  private transient int aliases;
  private transient int waitingCount;
  private transient Counter mentions;
  private transient Counter questions;
  private transient Counter late;

  /**
   * @param maxMentions places of a document that are looked at
   */
  public FindMentionsOperator(EpochTime time, int maxMentions) {
    this.time = time;
    this.maxMentions = maxMentions;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    indexState =
        store.getUnionListState(
            new ListStateDescriptor<>("alias-index", TypeInformation.of(AliasBlock.class)));
    waitingState =
        store.getListState(
            new ListStateDescriptor<>("waiting-documents", EnvelopeTypeInformation.ENVELOPE));
    lastClosedEpochState =
        store.getUnionListState(new ListStateDescriptor<>("last-closed-epoch", Types.LONG));
    index = new AliasIndex();
    for (AliasBlock block : indexState.get()) {
      index.restore(block);
    }
    finder = new MentionFinder(index, maxMentions);
    aliases = index.size();
    lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
    knownUntil = Long.MIN_VALUE;
    waiting = new TreeMap<>();
    for (EnrichedDocument document : waitingState.get()) {
      await(document);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup(STAGE);
    mentions = metrics.counter(METRIC_MENTIONS);
    questions = metrics.counter(METRIC_QUESTIONS);
    late = metrics.counter(METRIC_LATE);
    metrics.gauge(METRIC_ALIASES, () -> aliases);
    metrics.gauge(METRIC_WAITING, () -> waitingCount);
  }

  @Override
  public void processElement1(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    if (document.epoch() <= lastClosedEpoch) {
      late.inc();
    }
    if (knownUntil >= time.lastMillisOf(entitled(document))) {
      find(document);
    } else {
      await(document);
    }
  }

  @Override
  public void processElement2(StreamRecord<AliasMark> element) {
    index.apply(element.getValue());
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    knownUntil = mark.getTimestamp();
    var ready = waiting.headMap(knownUntil, true);
    for (var documents : ready.values()) {
      waitingCount -= documents.size();
      documents.forEach(this::find);
    }
    ready.clear();
    super.processWatermark2(mark);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(mark.getTimestamp()));
    index.fold(time.entitledEpoch(lastClosedEpoch + 1));
    aliases = index.size();
    super.processWatermark(mark);
  }

  /** A document of a closed epoch asks for the oldest version that one of an open epoch can. */
  private long entitled(EnrichedDocument document) {
    return time.entitledEpoch(Math.max(document.epoch(), lastClosedEpoch + 1));
  }

  private void await(EnrichedDocument document) {
    waitingCount++;
    waiting
        .computeIfAbsent(time.lastMillisOf(entitled(document)), until -> new ArrayList<>())
        .add(document);
  }

  private void find(EnrichedDocument document) {
    long entitled = entitled(document);
    var channel = document.document().channel();
    var found = finder.find(document, entitled);
    var versions = document.versions().withKb(index.version(channel, entitled));
    var task =
        new LinkTask(
            document.withExtraction(document.entities(), document.relations(), versions),
            found,
            List.of());
    mentions.inc(found.size());
    output.collect(new StreamRecord<>(task));
    var origin = document.raw().origin();
    var asked = new HashSet<String>();
    for (Mention mention : found) {
      if (asked.add(mention.alias())) {
        questions.inc();
        output.collect(
            QUERIES,
            new StreamRecord<>(new AliasQuery(origin, channel, mention.alias(), entitled)));
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    indexState.update(isFirst ? index.blocks() : List.of());
    var documents = new ArrayList<EnrichedDocument>();
    waiting.values().forEach(documents::addAll);
    waitingState.update(documents);
    lastClosedEpochState.update(List.of(lastClosedEpoch));
  }
}
