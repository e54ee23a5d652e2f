package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.link.KbChanges.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;

/**
 * Says from which epoch on each change of the knowledge base counts, and answers it. Emits what
 * counts from epoch {@code e} before its watermark passes {@code e}, and no watermark at all before
 * everything has come that stood in the topic when the job was submitted: documents wait for that
 * where they wait for their vocabulary. Runs as one subtask: changes of an entry must stay in
 * order.
 *
 * <p>First input: what is asked for; it has no time. Second input: documents, for their time alone.
 * Never passes for idle: whoever joins it with documents would go on without what it has still to
 * say.
 */
public final class KbOperator extends AbstractStreamOperator<KbUpdate>
    implements TwoInputStreamOperator<KbRecord, EnrichedDocument, KbUpdate>, BoundedMultiInput {

  private static final long serialVersionUID = 1L;

  /** Name of this stage, also in dead letters. */
  public static final String STAGE = "kb";

  public static final OutputTag<ControlAck> ACKS =
      new OutputTag<>("kb-acks", TypeInformation.of(ControlAck.class));

  /** Records of the topic that ask for nothing sensible. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("kb-dead-letters", TypeInformation.of(DeadLetter.class));

  static final String METRIC_ACCEPTED = "accepted";
  static final String METRIC_REFUSED = "refused";
  static final String METRIC_REDIRECTS = "redirects";
  static final String METRIC_WAITING = "waitingChanges";
  static final String METRIC_VERSION = "kbVersion";
  static final String METRIC_READ = "bootstrapRead";

  /** How often it is said that the bootstrap is still being read. */
  private static final long REMINDER_MILLIS = 60_000;

  private final EpochTime time;
  private final int ends;
  private final Duration limit;

  private transient ListState<Redirect> redirectsState;
  private transient ListState<PromotedGroup> promotedState;
  private transient ListState<KbRecord> waitingState;
  private transient ListState<ScheduledChange> scheduledState;
  private transient ListState<Long> endsState;
  private transient ListState<Long> lastClosedEpochState;

  private transient KbChanges changes;

  /** The newest watermark of the documents while it may not pass, or {@code null}. */
  private transient Watermark heldBack;

  private transient long records;
  private transient long beganMillis;
  private transient Counter accepted;
  private transient Counter refused;

  /**
   * @param ends how many times {@link KbRecord#END} comes before the bootstrap is read
   * @param limit how long that may take before the job fails
   */
  public KbOperator(EpochTime time, int ends, Duration limit) {
    this.time = time;
    this.ends = ends;
    this.limit = limit;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    redirectsState =
        store.getListState(
            new ListStateDescriptor<>("redirects", TypeInformation.of(Redirect.class)));
    promotedState =
        store.getListState(
            new ListStateDescriptor<>("promoted-groups", TypeInformation.of(PromotedGroup.class)));
    waitingState =
        store.getListState(
            new ListStateDescriptor<>("waiting-records", TypeInformation.of(KbRecord.class)));
    scheduledState =
        store.getListState(
            new ListStateDescriptor<>(
                "scheduled-changes", TypeInformation.of(ScheduledChange.class)));
    endsState = store.getListState(new ListStateDescriptor<>("bootstrap-ends", Types.LONG));
    lastClosedEpochState =
        store.getListState(new ListStateDescriptor<>("last-closed-epoch", Types.LONG));
    changes = new KbChanges(time, ends);
    changes.restore(
        list(redirectsState),
        list(promotedState),
        list(waitingState),
        list(scheduledState),
        newest(endsState, 0),
        newest(lastClosedEpochState, Long.MIN_VALUE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup(STAGE);
    accepted = metrics.counter(METRIC_ACCEPTED);
    refused = metrics.counter(METRIC_REFUSED);
    metrics.gauge(METRIC_REDIRECTS, () -> changes.redirectCount());
    metrics.gauge(METRIC_WAITING, () -> changes.waitingCount());
    metrics.gauge(METRIC_VERSION, () -> changes.version());
    metrics.gauge(METRIC_READ, () -> changes.isRead() ? 1 : 0);
    if (!changes.isRead()) {
      beganMillis = getProcessingTimeService().getCurrentProcessingTime();
      remindLater(beganMillis);
    }
  }

  private void remindLater(long nowMillis) {
    long next = Math.min(nowMillis + REMINDER_MILLIS, beganMillis + limit.toMillis());
    getProcessingTimeService().registerTimer(next, this::remind);
  }

  private void remind(long atMillis) {
    if (changes.isRead()) {
      return;
    }
    if (atMillis - beganMillis >= limit.toMillis()) {
      throw new FlinkRuntimeException(
          "the knowledge base was not read within "
              + limit.toSeconds()
              + " s, after "
              + records
              + " records: see whether the topic kb can be read, or raise link.bootstrapLimit");
    }
    LOG.warn("documents wait for the knowledge base: {} records have been read so far", records);
    remindLater(atMillis);
  }

  @Override
  public void processElement1(StreamRecord<KbRecord> element) throws Exception {
    var record = element.getValue();
    if (record.rejection() != null) {
      refused.inc();
      long epoch = Math.max(0, changes.lastClosedEpoch() + 1);
      output.collect(
          DEAD_LETTERS,
          new StreamRecord<>(new DeadLetter(record.raw(), STAGE, record.rejection(), epoch)));
      return;
    }
    boolean wasRead = changes.isRead();
    if (!wasRead && !record.isEnd()) {
      records++;
    }
    emit(changes.take(record));
    if (!wasRead && changes.isRead()) {
      LOG.info("the knowledge base is read: {} records, documents go on", records);
      passTime();
    }
  }

  @Override
  public void processElement2(StreamRecord<EnrichedDocument> element) {
    // Only its watermark matters.
  }

  @Override
  public void processWatermark1(Watermark mark) {
    // The knowledge base has no time of its own.
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    heldBack = mark;
    passTime();
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {
    // Never idle.
  }

  private void passTime() throws Exception {
    if (heldBack != null && changes.isRead()) {
      var mark = heldBack;
      heldBack = null;
      emit(changes.advance(mark.getTimestamp()));
      processWatermark(mark);
    }
  }

  @Override
  public void endInput(int input) {
    if (input == 1 && !changes.isRead()) {
      throw new FlinkRuntimeException(
          "the knowledge base ended before it was read: "
              + changes.ends()
              + " of "
              + ends
              + " parts came to their end");
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    redirectsState.update(changes.redirects());
    promotedState.update(changes.promoted());
    waitingState.update(changes.waiting());
    scheduledState.update(changes.scheduled());
    endsState.update(List.of(changes.ends()));
    lastClosedEpochState.update(List.of(changes.lastClosedEpoch()));
  }

  private void emit(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      for (KbUpdate update : outcome.updates()) {
        output.collect(new StreamRecord<>(update));
      }
      if (outcome.ack() != null) {
        output.collect(ACKS, new StreamRecord<>(outcome.ack()));
      }
      (outcome.isRefusal() ? refused : accepted).inc();
    }
  }

  private static <T> List<T> list(ListState<T> state) throws Exception {
    var list = new ArrayList<T>();
    state.get().forEach(list::add);
    return list;
  }

  private static long newest(ListState<Long> state, long none) throws Exception {
    long newest = none;
    for (long number : state.get()) {
      newest = Math.max(newest, number);
    }
    return newest;
  }
}
