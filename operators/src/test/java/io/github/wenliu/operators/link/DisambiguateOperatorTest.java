package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.operators.async.AnswerOperatorContract;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.async.AnswerRun;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ErrorClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

class DisambiguateOperatorTest extends AnswerOperatorContract<DisambiguateOperatorTest.Run> {

  private static final int CANDIDATES = 2;
  private static final float YES = 5;
  private static final float NO = -5;

  /** A run with the model that it asks. */
  static final class Run extends AnswerRun<LinkTask> {

    final FakeLinkModels models;

    /** By name. */
    final Map<String, Metric> metrics;

    Run(FailurePolicy onFailure) throws Exception {
      this(onFailure, new FakeLinkModels(), new HashMap<>());
    }

    private Run(FailurePolicy onFailure, FakeLinkModels models, Map<String, Metric> metrics)
        throws Exception {
      super(
          new OneInputStreamOperatorTestHarness<>(
              new DisambiguateOperator.Factory(
                  new AnswerParameters(onFailure, CAPACITY, TIMEOUT),
                  LinkParameters.DEFAULT,
                  models,
                  Provider.CPU,
                  FLOOD),
              new MockEnvironmentBuilder()
                  .setMaxParallelism(720)
                  .setMetricGroup(metricGroup(metrics))
                  .build()),
          DisambiguateOperator.DEAD_LETTERS);
      this.models = models;
      this.metrics = metrics;
    }

    private static TaskMetricGroup metricGroup(Map<String, Metric> metrics) {
      var registry =
          TestingMetricRegistry.builder()
              .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
              .build();
      return TaskManagerMetricGroup.createTaskManagerMetricGroup(
              registry, "localhost", ResourceID.generate())
          .addJob(new JobID(), "job")
          .addTask(ExecutionAttemptID.randomId(), "disambiguate");
    }

    long counted(String name) {
      return ((Counter) metrics.get(name)).getCount();
    }

    @Override
    protected LinkTask input(int offset) {
      return task(offset);
    }

    @Override
    protected EnrichedDocument document(int offset) {
      return input(offset).document();
    }

    @Override
    protected int questions() {
      return models.questions.size();
    }

    @Override
    protected LinkPairs asked(int question) {
      return models.questions.get(question).pairs();
    }

    @Override
    protected CompletableFuture<float[]> answerTo(int question) {
      return models.questions.get(question).answer();
    }

    @Override
    protected void reply(int question) {
      models.questions.get(question).reply(YES);
    }
  }

  DisambiguateOperatorTest() {
    super(new Stage("disambiguate", "link/v1", ErrorClass.LINK, ErrorClass.LINK, "linked"));
  }

  @Override
  protected Run make(FailurePolicy onFailure) throws Exception {
    return new Run(onFailure);
  }

  private Run unopened() throws Exception {
    return closing(make(FailurePolicy.DEAD_LETTER));
  }

  private Run run() throws Exception {
    var run = unopened();
    run.open(null);
    return run;
  }

  private static LinkTask task(int number) {
    return LinkTasks.of("%d老陈".formatted(number), number, CANDIDATES);
  }

  private static List<String> ids(EnrichedDocument linked) {
    return linked.entities().stream().map(Entity::link).map(link -> link.id()).toList();
  }

  @Test
  void linksWhatTheModelBelievesAndNothingElse() throws Exception {
    var run = run();
    run.send(0, 2);
    assertThat(run.models.questions.get(0).pairs().pairs()).isEqualTo(2 * CANDIDATES);
    run.models.questions.get(0).reply(YES);
    run.models.questions.get(1).reply(NO);
    run.mail();
    var linked = run.emitted();
    assertThat(ids(linked.get(0))).containsExactly("P0", "Q0");
    assertThat(linked.get(0).versions().kb()).isEqualTo(5);
    // what the extractor found stays, the other is no entity
    assertThat(linked.get(1).entities())
        .singleElement()
        .satisfies(entity -> assertThat(entity.link().nil()).isTrue());
    assertThat(run.letters()).isEmpty();
  }

  @Test
  void aDocumentWithoutCandidatesNeedsNoModel() throws Exception {
    var run = run();
    run.send(LinkTasks.of("0老陈", 0, 0));
    run.mail();
    assertThat(run.models.questions).isEmpty();
    assertThat(run.emitted())
        .singleElement()
        .satisfies(linked -> assertThat(linked.entities().get(0).link().nil()).isTrue());
  }

  @Test
  void theEndOfTheInputWaitsAlsoForWhatNeedsNoModel() throws Exception {
    var run = run();
    run.send(LinkTasks.of("0老陈", 0, 0));
    run.harness().endInput();
    assertThat(run.out()).containsExactly(0L);
  }

  @Test
  void anAnswerThatIsNoneIsAFailure() throws Exception {
    var run = run();
    run.send(0, 1);
    run.models.questions.get(0).answer().complete(new float[1]);
    run.mail();
    assertThat(run.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.rejection().message()).isEqualTo("link/v1 failed"));
  }

  @Test
  void aDocumentThatCannotBePutInNumbersIsADeadLetterAndNoEndOfTheTask() throws Exception {
    var run = run();
    var good = task(0);
    var beyond = new Mention(0, 9, 0, 9, good.mentions().get(0).alias(), 0);
    run.send(new LinkTask(good.document(), List.of(beyond), good.answers()));
    run.mail();
    assertThat(run.models.questions).isEmpty();
    assertThat(run.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.rejection().message()).isEqualTo("link/v1 failed"));
  }

  @Test
  void aModelThatCannotBeOpenedFailsTheStartForGoodAndALaterOneMayPass() throws Exception {
    var state = run().harness().snapshot(1, 1);
    for (var begins : new boolean[] {true, false}) {
      var run = unopened();
      run.models.broken = new ModelException("scorer.onnx: expected 7 bytes but found 6");
      assertThatThrownBy(() -> run.open(begins ? null : state))
          .hasRootCauseMessage("scorer.onnx: expected 7 bytes but found 6")
          .satisfies(
              failure ->
                  assertThat(
                          ExceptionUtils.findThrowable(failure, SuppressRestartsException.class)
                              .isPresent())
                      .isEqualTo(begins));
    }
  }

  @Test
  void countsWhatItLinksAndWhatIsInTheWay() throws Exception {
    var run = run();
    run.send(0, 3);
    assertThat(((Gauge<?>) run.metrics.get("inFlight")).getValue()).isEqualTo(3);
    run.models.questions.get(0).reply(YES);
    run.models.questions.get(1).reply(NO);
    run.fail(2, new ModelException("no"));
    run.send(LinkTasks.of("3老陈", 3, 0));
    run.mail();
    assertThat(run.counted("documents")).isEqualTo(3);
    assertThat(run.counted("failedDocuments")).isEqualTo(1);
    assertThat(run.counted("linkedMentions")).isEqualTo(2);
    assertThat(run.counted("nilMentions")).isEqualTo(2);
    assertThat(((Gauge<?>) run.metrics.get("inFlight")).getValue()).isEqualTo(0);
    assertThat(((Histogram) run.metrics.get("candidatesPerMention")).getStatistics().getValues())
        .containsExactly(2, 2, 2, 2, 0, 0);
    assertThat(run.metrics).containsKeys("hostResidentBytes", "requests", "latencyMs");
  }

  @Test
  void closingWaitsForNoAnswerAndGivesTheModelBack() throws Exception {
    var run = run();
    run.send(0, 1);
    run.harness().close();
    while (run.models.closed.get() == 0) {
      Thread.sleep(1);
    }
    assertThat(run.models.closed).hasValue(1);
    assertThat(run.models.opened).hasValue(1);
  }
}
