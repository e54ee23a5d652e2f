package io.github.wenliu.operators.async;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuard;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;

/**
 * Asks about each document beside the task, and sends it on with what was answered. All methods are
 * called on the task's own thread.
 *
 * @param <D> a document, with what the stage needs to ask about it
 * @param <A> an answer
 */
public abstract class AnswerOperator<D, A> extends AbstractStreamOperator<EnrichedDocument>
    implements OneInputStreamOperator<D, EnrichedDocument>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  static final String METRIC_DOCUMENTS = "documents";
  static final String METRIC_FAILED = "failedDocuments";
  static final String METRIC_IN_FLIGHT = "inFlight";
  static final String METRIC_RESIDENT_BYTES = "hostResidentBytes";

  private final TypeInformation<D> type;
  private final AnswerStage stage;
  private final OutputTag<DeadLetter> deadLetters;
  private final AnswerParameters parameters;
  private final FloodGuardParameters floodGuard;
  private final MailboxExecutor mailbox;

  private transient ListState<D> inFlightState;

  private transient InFlightDocuments<D, StreamElement> inFlight;
  private transient FloodGuard flood;
  private transient ExecutorService threads;
  private transient boolean timerIsSet;
  private transient boolean isRestored;

  private transient Counter documents;
  private transient Counter failed;

  /**
   * @param type of the documents under way, which are state
   * @param deadLetters where those go on which the model fails
   */
  protected AnswerOperator(
      StreamOperatorParameters<EnrichedDocument> operator,
      TypeInformation<D> type,
      AnswerStage stage,
      OutputTag<DeadLetter> deadLetters,
      AnswerParameters parameters,
      FloodGuardParameters floodGuard) {
    super(operator);
    this.mailbox = operator.getMailboxExecutor();
    this.type = type;
    this.stage = stage;
    this.deadLetters = deadLetters;
    this.parameters = parameters;
    this.floodGuard = floodGuard;
  }

  /**
   * Opens what will be asked, before the first document.
   *
   * @param metrics of the stage
   * @param threads for what may take long
   */
  protected abstract void open(MetricGroup metrics, ExecutorService threads) throws Exception;

  /** The envelope of a document. */
  protected abstract EnrichedDocument envelope(D document);

  /** Whether a document goes on as it is, without a question. */
  protected abstract boolean passes(D document);

  /** Asks about a document; what is thrown fails the task, and no document. */
  protected abstract Question<A> ask(D document);

  /** Name of what is asked about a document. */
  protected abstract String asked(D document);

  /** The document with what was answered; fails if that is no answer. */
  protected abstract EnrichedDocument filled(D document, A answer);

  /** Counts what is in a document that was answered. */
  protected abstract void count(D document, EnrichedDocument filled);

  /** Gives back what was opened, without waiting for what is under way: it may hang. */
  protected abstract void release();

  /**
   * What to throw where something cannot be opened. Where the job begins that is a mistake of the
   * configuration; where it goes on, an outage that may pass.
   */
  protected final RuntimeException notOpen(Throwable cause) {
    var failure = new FlinkRuntimeException(cause.getMessage(), cause);
    return isRestored ? failure : new SuppressRestartsException(failure);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    inFlightState =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("in-flight", type));
    isRestored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    inFlight = new InFlightDocuments<>();
    flood = new FloodGuard(floodGuard);
    var metrics = getMetricGroup().addGroup(stage.name());
    documents = metrics.counter(METRIC_DOCUMENTS);
    failed = metrics.counter(METRIC_FAILED);
    metrics.gauge(METRIC_IN_FLIGHT, () -> inFlight.size());
    metrics.gauge(METRIC_RESIDENT_BYTES, ResidentMemory::bytes);
    threads =
        Executors.newCachedThreadPool(
            runnable -> {
              var thread = new Thread(runnable, stage.name());
              thread.setDaemon(true);
              return thread;
            });
    open(metrics, threads);
    for (D document : inFlightState.get()) {
      begin(document);
    }
  }

  @Override
  public void processElement(StreamRecord<D> element) throws Exception {
    while (inFlight.size() >= parameters.capacity()) {
      mailbox.yield();
    }
    var document = element.getValue();
    if (passes(document)) {
      output.collect(new StreamRecord<>(envelope(document)));
    } else {
      begin(document);
    }
  }

  private void begin(D document) {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long number = inFlight.begin(document, now + parameters.timeout().toMillis());
    setTimer();
    var question = ask(document);
    question
        .answer()
        .whenComplete(
            (answer, failure) ->
                mailbox.execute(
                    () -> {
                      question.heard().run();
                      end(number, answer, failure);
                    },
                    "answered"));
  }

  private void end(long number, A answer, Throwable failure) throws Exception {
    var document = inFlight.end(number);
    if (document == null) {
      // It took too long, and has ended as that.
      return;
    }
    var rejection = failure == null ? fill(document, answer) : rejection(document, failure);
    if (rejection != null) {
      fail(document, rejection);
    }
    flushMarks();
  }

  /** Sends a document on with an answer, or says why it is none. */
  private Rejection fill(D document, A answer) {
    EnrichedDocument filled;
    try {
      filled = filled(document, answer);
    } catch (RuntimeException e) {
      return stage.rejection(asked(document), e);
    }
    documents.inc();
    count(document, filled);
    flood.isFlooded(false);
    output.collect(new StreamRecord<>(filled));
    return null;
  }

  private Rejection rejection(D document, Throwable failure) {
    if (AnswerStage.cause(failure) instanceof OutageException outage) {
      throw outage;
    }
    return stage.rejection(asked(document), failure);
  }

  private void fail(D document, Rejection rejection) {
    failed.inc();
    var envelope = envelope(document);
    if (parameters.onFailure() == FailurePolicy.PASS) {
      output.collect(new StreamRecord<>(envelope.withFlag(Flag.ERROR)));
      return;
    }
    if (flood.isFlooded(true)) {
      throw new SuppressRestartsException(
          new FloodException(
              flood,
              stage.flooded(),
              envelope.raw().origin(),
              rejection.errorClass().name(),
              "Check the model and the machine that it runs on"));
    }
    output.collect(
        deadLetters,
        new StreamRecord<>(
            new DeadLetter(envelope.raw(), stage.name(), rejection, envelope.epoch())));
  }

  private void setTimer() {
    var oldest = inFlight.oldest();
    if (!timerIsSet && oldest != null) {
      timerIsSet = true;
      getProcessingTimeService().registerTimer(oldest.deadlineMillis(), this::timeOut);
    }
  }

  private void timeOut(long atMillis) throws Exception {
    timerIsSet = false;
    for (var oldest = inFlight.oldest();
        oldest != null && oldest.deadlineMillis() <= atMillis;
        oldest = inFlight.oldest()) {
      var document = inFlight.end(oldest.number());
      fail(document, stage.lateness(asked(document), parameters.timeout()));
    }
    flushMarks();
    setTimer();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    inFlight.hold(mark);
    flushMarks();
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    inFlight.hold(status);
    flushMarks();
  }

  private void flushMarks() throws Exception {
    for (var mark = inFlight.release(); mark != null; mark = inFlight.release()) {
      if (mark.isWatermark()) {
        super.processWatermark(mark.asWatermark());
      } else {
        super.processWatermarkStatus(mark.asWatermarkStatus());
      }
    }
  }

  @Override
  public void endInput() throws Exception {
    while (inFlight.size() > 0) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    inFlightState.update(inFlight.documents());
  }

  /** Waits for no run that is under way: it may hang. */
  @Override
  public void close() throws Exception {
    if (threads != null) {
      release();
      threads.shutdown();
      threads = null;
    }
    super.close();
  }
}
