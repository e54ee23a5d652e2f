package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.operators.async.AnswerOperator;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.async.AnswerStage;
import io.github.wenliu.operators.async.ModelMetricsFunction;
import io.github.wenliu.operators.async.Question;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * Says which entry of the knowledge base each mention of a document means, by what the linking
 * model thinks of the candidates. The model runs elsewhere; everything here happens on the task's
 * own thread.
 */
public final class DisambiguateOperator extends AnswerOperator<LinkTask, float[]> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage, also in dead letters. */
  public static final String STAGE = "disambiguate";

  /** Documents that could not be linked. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("disambiguate-dead-letters", TypeInformation.of(DeadLetter.class));

  static final String METRIC_LINKED = "linkedMentions";
  static final String METRIC_NIL = "nilMentions";
  static final String METRIC_CANDIDATES = "candidatesPerMention";

  private final LinkParameters parameters;
  private final LinkModelFactory models;
  private final Provider provider;

  private transient CompletableFuture<LinkModel> opened;
  private transient ExecutorService threads;
  private transient LinkModel model;
  private transient DocumentLinker linker;

  private transient Counter linkedMentions;
  private transient Counter nilMentions;
  private transient Histogram candidatesPerMention;

  private DisambiguateOperator(
      StreamOperatorParameters<EnrichedDocument> operator,
      AnswerParameters bounds,
      LinkParameters parameters,
      LinkModelFactory models,
      Provider provider,
      FloodGuardParameters floodGuard) {
    super(
        operator,
        LinkTypeInformation.TASK,
        new AnswerStage(STAGE, ErrorClass.LINK, ErrorClass.LINK, "documents could not be linked"),
        DEAD_LETTERS,
        bounds,
        floodGuard);
    this.parameters = parameters;
    this.models = models;
    this.provider = provider;
  }

  @Override
  protected void open(MetricGroup metrics, ExecutorService threads) throws InterruptedException {
    linkedMentions = metrics.counter(METRIC_LINKED);
    nilMentions = metrics.counter(METRIC_NIL);
    candidatesPerMention = metrics.histogram(METRIC_CANDIDATES, ModelMetricsFunction.histogram());
    var told = new ModelMetricsFunction(getMetricGroup(), provider).apply(models.model());
    this.threads = threads;
    opened = CompletableFuture.supplyAsync(() -> models.open(told), threads);
    try {
      model = opened.get();
    } catch (ExecutionException e) {
      throw notOpen(e.getCause());
    }
    linker = new DocumentLinker(model, parameters);
  }

  @Override
  protected EnrichedDocument envelope(LinkTask task) {
    return task.document();
  }

  @Override
  protected boolean passes(LinkTask task) {
    return false;
  }

  @Override
  protected Question<float[]> ask(LinkTask task) {
    CompletableFuture<float[]> logits;
    try {
      LinkPairs pairs = linker.pairs(task);
      logits = pairs == null ? CompletableFuture.completedFuture(null) : model.score(pairs);
    } catch (RuntimeException e) {
      logits = CompletableFuture.failedFuture(e);
    }
    return Question.of(logits);
  }

  @Override
  protected String asked(LinkTask task) {
    return model.id();
  }

  @Override
  protected EnrichedDocument filled(LinkTask task, float[] logits) {
    return linker.linked(task, logits);
  }

  @Override
  protected void count(LinkTask task, EnrichedDocument linked) {
    for (Entity entity : linked.entities()) {
      if (entity.link() != null) {
        (entity.link().nil() ? nilMentions : linkedMentions).inc();
      }
    }
    var candidates = new HashMap<String, Integer>();
    task.answers().forEach(answer -> candidates.put(answer.alias(), answer.candidates().size()));
    task.mentions()
        .forEach(
            mention -> candidatesPerMention.update(candidates.getOrDefault(mention.alias(), 0)));
  }

  /** One that is still being opened is given back by the thread that opens it. */
  @Override
  protected void release() {
    if (opened != null) {
      threads.execute(
          () ->
              opened.whenComplete(
                  (open, failure) -> {
                    if (open != null) {
                      open.close();
                    }
                  }));
    }
  }

  /** Makes the operator, which needs the mailbox of its task. */
  public static final class Factory extends AbstractStreamOperatorFactory<EnrichedDocument>
      implements OneInputStreamOperatorFactory<LinkTask, EnrichedDocument> {

    private static final long serialVersionUID = 1L;

    private final AnswerParameters bounds;
    private final LinkParameters parameters;
    private final LinkModelFactory models;
    private final Provider provider;
    private final FloodGuardParameters floodGuard;

    /**
     * @param models opened before the first document: the start fails without it
     * @param provider where the model is to run, for metrics
     */
    public Factory(
        AnswerParameters bounds,
        LinkParameters parameters,
        LinkModelFactory models,
        Provider provider,
        FloodGuardParameters floodGuard) {
      this.bounds = bounds;
      this.parameters = parameters;
      this.models = models;
      this.provider = provider;
      this.floodGuard = floodGuard;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<EnrichedDocument>> T createStreamOperator(
        StreamOperatorParameters<EnrichedDocument> operator) {
      return (T)
          new DisambiguateOperator(operator, bounds, parameters, models, provider, floodGuard);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return DisambiguateOperator.class;
    }
  }
}
