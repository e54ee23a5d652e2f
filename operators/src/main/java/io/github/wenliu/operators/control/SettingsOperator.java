package io.github.wenliu.operators.control;

import io.github.wenliu.operators.control.SettingChanges.Outcome;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Turns control changes about models and entities into settings, and answers them. Emits what
 * counts from epoch {@code e} before its watermark passes {@code e}. The documents on its second
 * input are not looked at; they only tell the time. Runs as one subtask: changes must stay in
 * order.
 *
 * <p>A model is checked on a thread of its own, so that checkpoints go on, and chosen only once it
 * has passed; until then, and if it does not, all stays as it was. What is being checked is state,
 * and checked again after a restore. A choice that holds for all time holds time back until it is
 * checked; documents wait for it where they wait for their vocabulary.
 */
public final class SettingsOperator extends AbstractStreamOperator<Setting>
    implements TwoInputStreamOperator<ControlChange, EnrichedDocument, Setting> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "settings";

  /** How long a check may take, the fetching of the model included. */
  public static final Duration CHECK_TIMEOUT = Duration.ofMinutes(10);

  public static final OutputTag<ControlAck> ACKS =
      new OutputTag<>("setting-acks", TypeInformation.of(ControlAck.class));

  static final String METRIC_ACCEPTED = "accepted";
  static final String METRIC_REFUSED = "refused";
  static final String METRIC_WAITING = "waitingForCheck";

  private static final int MAX_REASON = 500;

  private final ModelProbe probe;
  private final Duration timeout;
  private final MailboxExecutor mailbox;
  private final SettingChanges changes;

  private transient ListState<Setting> standingState;
  private transient ListState<ControlChange> waitingState;
  private transient ListState<Long> lastClosedEpochState;

  /** Of the check that is under way; {@code null} if none is. */
  private transient CompletableFuture<String> problem;

  /** The watermark that waits for choices that hold for all time, or {@code null}. */
  private transient Watermark heldBack;

  private transient Counter accepted;
  private transient Counter refused;

  private SettingsOperator(
      StreamOperatorParameters<Setting> operator,
      EpochTime time,
      ModelProbe probe,
      Duration timeout) {
    super(operator);
    this.mailbox = operator.getMailboxExecutor();
    this.changes = new SettingChanges(time);
    this.probe = probe;
    this.timeout = timeout;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    standingState =
        store.getListState(
            new ListStateDescriptor<>("standing-settings", TypeInformation.of(Setting.class)));
    waitingState =
        store.getListState(
            new ListStateDescriptor<>("waiting-changes", TypeInformation.of(ControlChange.class)));
    lastClosedEpochState =
        store.getListState(new ListStateDescriptor<>("last-closed-epoch", Types.LONG));
    long lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
    changes.restore(list(standingState), list(waitingState), lastClosedEpoch);
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup(STAGE);
    accepted = metrics.counter(METRIC_ACCEPTED);
    refused = metrics.counter(METRIC_REFUSED);
    metrics.gauge(METRIC_WAITING, () -> changes.waiting().size());
    checkNext();
  }

  @Override
  public void processElement1(StreamRecord<ControlChange> element) {
    emit(changes.take(element.getValue()));
    checkNext();
  }

  @Override
  public void processElement2(StreamRecord<EnrichedDocument> element) {
    // Only its watermark matters.
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      while (problem != null) {
        mailbox.yield();
      }
    }
    if (changes.holdsTime()) {
      heldBack = mark;
    } else {
      heldBack = null;
      changes.advance(mark.getTimestamp());
      super.processWatermark(mark);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    standingState.update(changes.standing());
    waitingState.update(changes.waiting());
    lastClosedEpochState.update(List.of(changes.lastClosedEpoch()));
  }

  @Override
  public void close() throws Exception {
    if (problem != null) {
      var given = problem;
      problem = null;
      given.cancel(false);
    }
    super.close();
  }

  private void checkNext() {
    if (problem == null) {
      changes.toCheck().ifPresent(this::check);
    }
  }

  private void check(ModelChoice choice) {
    var check = new CompletableFuture<String>();
    problem = check;
    var thread = new Thread(() -> run(choice, check), STAGE);
    thread.setDaemon(true);
    thread.start();
    check
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (found, failure) -> {
              thread.interrupt();
              mailbox.execute(
                  () -> decide(check, failure == null ? found : reason(failure)), "model checked");
            });
  }

  /** Runs in the thread of the check. */
  private void run(ModelChoice choice, CompletableFuture<String> check) {
    try {
      check.complete(probe.problem(choice));
    } catch (Exception | LinkageError e) {
      check.completeExceptionally(e);
    }
  }

  private String reason(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "the model was not ready within " + timeout.toSeconds() + " s";
    }
    var message =
        failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    var line = message.replaceAll("\\s+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
  }

  private void decide(CompletableFuture<String> check, String found) throws Exception {
    if (check == problem) {
      problem = null;
      emit(changes.checked(found));
      checkNext();
      if (heldBack != null) {
        processWatermark(heldBack);
      }
    }
  }

  private void emit(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.setting() != null) {
        output.collect(new StreamRecord<>(outcome.setting()));
      }
      if (outcome.ack() != null) {
        output.collect(ACKS, new StreamRecord<>(outcome.ack()));
      }
      (outcome.isRefusal() ? refused : accepted).inc();
      if (outcome.isRefusal() && outcome.ack().change().isForAllTime()) {
        LOG.warn(
            "{} of channel {} stays as configured: {}",
            outcome.ack().change().kind(),
            outcome.ack().change().channel(),
            outcome.ack().reason());
      }
    }
  }

  private static <T> List<T> list(ListState<T> state) throws Exception {
    var list = new ArrayList<T>();
    state.get().forEach(list::add);
    return list;
  }

  /** Makes the operator, which needs the mailbox of its task. */
  public static final class Factory extends AbstractStreamOperatorFactory<Setting>
      implements TwoInputStreamOperatorFactory<ControlChange, EnrichedDocument, Setting> {

    private static final long serialVersionUID = 1L;

    private final EpochTime time;
    private final ModelProbe probe;
    private final Duration timeout;

    /**
     * @param timeout how long a check may take
     */
    public Factory(EpochTime time, ModelProbe probe, Duration timeout) {
      this.time = time;
      this.probe = probe;
      this.timeout = timeout;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<Setting>> T createStreamOperator(
        StreamOperatorParameters<Setting> operator) {
      return (T) new SettingsOperator(operator, time, probe, timeout);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return SettingsOperator.class;
    }
  }
}
