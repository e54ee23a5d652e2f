package io.github.wenliu.operators.extract;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuard;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;

/**
 * Fills the entities and relations of each document with what the model of its versions says. The
 * models run elsewhere; everything here happens on the task's own thread.
 */
public final class ExtractOperator extends AbstractStreamOperator<EnrichedDocument>
    implements OneInputStreamOperator<EnrichedDocument, EnrichedDocument>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** Name of this stage, also in dead letters. */
  public static final String STAGE = "extract";

  /** Documents on which the model failed. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("extract-dead-letters", TypeInformation.of(DeadLetter.class));

  static final String METRIC_DOCUMENTS = "documents";
  static final String METRIC_FAILED = "failedDocuments";
  static final String METRIC_IN_FLIGHT = "inFlight";
  static final String METRIC_ENTITIES = "entitiesPerDocument";
  static final String METRIC_RELATIONS = "relationsPerDocument";
  static final String METRIC_RESIDENT_BYTES = "hostResidentBytes";

  private final ExtractionParameters parameters;
  private final ModelChoice model;
  private final ExtractorFactory extractors;
  private final FloodGuardParameters floodGuard;
  private final MailboxExecutor mailbox;

  private transient ListState<EnrichedDocument> inFlightState;

  private transient InFlightDocuments<StreamElement> inFlight;
  private transient FloodGuard flood;
  private transient ExecutorService threads;
  private transient ModelLeases leases;
  private transient boolean timerIsSet;
  private transient boolean isRestored;

  private transient Counter documents;
  private transient Counter failed;
  private transient Histogram entitiesPerDocument;
  private transient Histogram relationsPerDocument;

  private ExtractOperator(
      StreamOperatorParameters<EnrichedDocument> operator,
      ExtractionParameters parameters,
      ModelChoice model,
      ExtractorFactory extractors,
      FloodGuardParameters floodGuard) {
    super(operator);
    this.mailbox = operator.getMailboxExecutor();
    this.parameters = parameters;
    this.model = model;
    this.extractors = extractors;
    this.floodGuard = floodGuard;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    inFlightState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("in-flight", EnvelopeTypeInformation.ENVELOPE));
    isRestored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    inFlight = new InFlightDocuments<>();
    flood = new FloodGuard(floodGuard);
    var metrics = getMetricGroup().addGroup(STAGE);
    documents = metrics.counter(METRIC_DOCUMENTS);
    failed = metrics.counter(METRIC_FAILED);
    entitiesPerDocument = metrics.histogram(METRIC_ENTITIES, ModelMetricsFunction.histogram());
    relationsPerDocument = metrics.histogram(METRIC_RELATIONS, ModelMetricsFunction.histogram());
    metrics.gauge(METRIC_IN_FLIGHT, () -> inFlight.size());
    metrics.gauge(METRIC_RESIDENT_BYTES, ResidentMemory::bytes);
    threads =
        Executors.newCachedThreadPool(
            runnable -> {
              var thread = new Thread(runnable, STAGE);
              thread.setDaemon(true);
              return thread;
            });
    leases =
        new ModelLeases(
            extractors,
            new ModelMetricsFunction(getMetricGroup(), parameters.inference().provider()),
            threads);
    if (model.model() != null) {
      openFirst();
    }
    for (EnrichedDocument document : inFlightState.get()) {
      begin(document);
    }
  }

  /**
   * Opens the model that most documents will ask for. Where the job begins, one that cannot be
   * opened is a mistake of the configuration; where it goes on, an outage that may pass.
   */
  private void openFirst() throws InterruptedException {
    try {
      leases.of(model.model(), model.schemes()).opened().get();
    } catch (ExecutionException e) {
      var failure = new FlinkRuntimeException(e.getCause().getMessage(), e.getCause());
      throw isRestored ? failure : new SuppressRestartsException(failure);
    }
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) throws Exception {
    while (inFlight.size() >= parameters.capacity()) {
      mailbox.yield();
    }
    var document = element.getValue();
    if (document.versions().model() == null) {
      output.collect(new StreamRecord<>(document));
    } else {
      begin(document);
    }
  }

  private void begin(EnrichedDocument document) {
    var versions = document.versions();
    var lease = leases.of(versions.model(), versions.scheme());
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long number = inFlight.begin(document, now + parameters.timeout().toMillis());
    setTimer();
    lease
        .extract(DocumentExtraction.request(document))
        .whenComplete(
            (answer, failure) ->
                mailbox.execute(
                    () -> {
                      lease.end();
                      end(number, answer, failure);
                    },
                    "extracted"));
  }

  private void end(long number, ModelLeases.Answer answer, Throwable failure) throws Exception {
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
  private Rejection fill(EnrichedDocument document, ModelLeases.Answer answer) {
    EnrichedDocument filled;
    try {
      filled = DocumentExtraction.filled(document, answer.selection(), answer.extraction());
    } catch (RuntimeException e) {
      return ExtractionFailure.of(document, e);
    }
    documents.inc();
    entitiesPerDocument.update(filled.entities().size());
    if (filled.relations() != null) {
      relationsPerDocument.update(filled.relations().size());
    }
    flood.isFlooded(false);
    output.collect(new StreamRecord<>(filled));
    return null;
  }

  private static Rejection rejection(EnrichedDocument document, Throwable failure) {
    if (ExtractionFailure.cause(failure) instanceof ModelLeases.NotOpenException outage) {
      throw outage;
    }
    return ExtractionFailure.of(document, failure);
  }

  private void fail(EnrichedDocument document, Rejection rejection) {
    failed.inc();
    if (parameters.onFailure() == FailurePolicy.PASS) {
      output.collect(new StreamRecord<>(document.withFlag(Flag.ERROR)));
      return;
    }
    if (flood.isFlooded(true)) {
      throw new SuppressRestartsException(
          new FloodException(
              flood,
              "documents could not be extracted",
              document.raw().origin(),
              rejection.errorClass().name(),
              "Check the model and the machine that it runs on"));
    }
    output.collect(
        DEAD_LETTERS,
        new StreamRecord<>(new DeadLetter(document.raw(), STAGE, rejection, document.epoch())));
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
      inFlight.end(oldest.number());
      fail(oldest.document(), ExtractionFailure.timedOut(oldest.document(), parameters.timeout()));
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
    if (leases != null) {
      leases.close();
      threads.shutdown();
    }
    super.close();
  }

  /** Makes the operator, which needs the mailbox of its task. */
  public static final class Factory extends AbstractStreamOperatorFactory<EnrichedDocument>
      implements OneInputStreamOperatorFactory<EnrichedDocument, EnrichedDocument> {

    private static final long serialVersionUID = 1L;

    private final ExtractionParameters parameters;
    private final ModelChoice model;
    private final ExtractorFactory extractors;
    private final FloodGuardParameters floodGuard;

    /**
     * @param model opened before the first document, if it is one: the start fails without it
     */
    public Factory(
        ExtractionParameters parameters,
        ModelChoice model,
        ExtractorFactory extractors,
        FloodGuardParameters floodGuard) {
      this.parameters = parameters;
      this.model = model;
      this.extractors = extractors;
      this.floodGuard = floodGuard;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<EnrichedDocument>> T createStreamOperator(
        StreamOperatorParameters<EnrichedDocument> operator) {
      return (T) new ExtractOperator(operator, parameters, model, extractors, floodGuard);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return ExtractOperator.class;
    }
  }
}
