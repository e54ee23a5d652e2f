package io.github.wenliu.operators.extract;

import io.github.wenliu.operators.async.AnswerOperator;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.async.AnswerStage;
import io.github.wenliu.operators.async.ModelMetricsFunction;
import io.github.wenliu.operators.async.Question;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * Fills the entities and relations of each document with what the model of its versions says. The
 * models run elsewhere; everything here happens on the task's own thread.
 */
public final class ExtractOperator extends AnswerOperator<EnrichedDocument, ModelLeases.Answer> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage, also in dead letters. */
  public static final String STAGE = "extract";

  /** Documents on which the model failed. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("extract-dead-letters", TypeInformation.of(DeadLetter.class));

  static final String METRIC_ENTITIES = "entitiesPerDocument";
  static final String METRIC_RELATIONS = "relationsPerDocument";

  private final ExtractionParameters parameters;
  private final ModelChoice model;
  private final ExtractorFactory extractors;

  private transient ModelLeases leases;
  private transient Histogram entitiesPerDocument;
  private transient Histogram relationsPerDocument;

  private ExtractOperator(
      StreamOperatorParameters<EnrichedDocument> operator,
      ExtractionParameters parameters,
      ModelChoice model,
      ExtractorFactory extractors,
      FloodGuardParameters floodGuard) {
    super(
        operator,
        EnvelopeTypeInformation.ENVELOPE,
        new AnswerStage(
            STAGE, ErrorClass.INFER, ErrorClass.INFER_TIMEOUT, "documents could not be extracted"),
        DEAD_LETTERS,
        new AnswerParameters(parameters.onFailure(), parameters.capacity(), parameters.timeout()),
        floodGuard);
    this.parameters = parameters;
    this.model = model;
    this.extractors = extractors;
  }

  /** Opens the model that most documents will ask for. */
  @Override
  protected void open(MetricGroup metrics, ExecutorService threads) throws InterruptedException {
    entitiesPerDocument = metrics.histogram(METRIC_ENTITIES, ModelMetricsFunction.histogram());
    relationsPerDocument = metrics.histogram(METRIC_RELATIONS, ModelMetricsFunction.histogram());
    leases =
        new ModelLeases(
            extractors,
            new ModelMetricsFunction(getMetricGroup(), parameters.inference().provider()),
            threads);
    if (model.model() != null) {
      try {
        leases.of(model.model(), model.schemes()).opened().get();
      } catch (ExecutionException e) {
        throw notOpen(e.getCause());
      }
    }
  }

  @Override
  protected EnrichedDocument envelope(EnrichedDocument document) {
    return document;
  }

  @Override
  protected boolean passes(EnrichedDocument document) {
    return document.versions().model() == null;
  }

  @Override
  protected Question<ModelLeases.Answer> ask(EnrichedDocument document) {
    var lease = leases.of(document.versions().model(), document.versions().scheme());
    return new Question<>(lease.extract(DocumentExtraction.request(document)), lease::end);
  }

  @Override
  protected String asked(EnrichedDocument document) {
    return document.versions().model() + ":" + document.versions().scheme();
  }

  @Override
  protected EnrichedDocument filled(EnrichedDocument document, ModelLeases.Answer answer) {
    return DocumentExtraction.filled(document, answer.selection(), answer.extraction());
  }

  @Override
  protected void count(EnrichedDocument document, EnrichedDocument filled) {
    entitiesPerDocument.update(filled.entities().size());
    if (filled.relations() != null) {
      relationsPerDocument.update(filled.relations().size());
    }
  }

  @Override
  protected void release() {
    if (leases != null) {
      leases.close();
    }
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
