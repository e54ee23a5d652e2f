package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DisambiguateOperatorTest {

  private static final long TIMEOUT_MILLIS = 60_000;
  private static final int CAPACITY = 3;
  private static final int CANDIDATES = 2;
  private static final FloodGuardParameters FLOOD = new FloodGuardParameters(10, 4, 0.5);
  private static final float YES = 5;
  private static final float NO = -5;

  /** A harness with the model that it asks. */
  private static final class Run implements AutoCloseable {

    final FakeLinkModels models = new FakeLinkModels();
    final OneInputStreamOperatorTestHarness<LinkTask, EnrichedDocument> harness;

    /** By name. */
    final Map<String, Metric> metrics = new HashMap<>();

    Run(FailurePolicy onFailure) throws Exception {
      harness =
          new OneInputStreamOperatorTestHarness<>(
              new DisambiguateOperator.Factory(
                  new AnswerParameters(onFailure, CAPACITY, Duration.ofMillis(TIMEOUT_MILLIS)),
                  LinkParameters.DEFAULT,
                  models,
                  Provider.CPU,
                  FLOOD),
              new MockEnvironmentBuilder()
                  .setMaxParallelism(720)
                  .setMetricGroup(metricGroup(metrics))
                  .build());
      harness.setup();
      harness.setProcessingTime(0);
    }

    Run open(OperatorSubtaskState state) throws Exception {
      harness.initializeState(state);
      harness.open();
      return this;
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

    void send(LinkTask task) throws Exception {
      harness.processElement(new StreamRecord<>(task, 0));
    }

    /** Documents whose texts begin with numbers, from one to another. */
    void send(int from, int to) throws Exception {
      for (int i = from; i < to; i++) {
        send(task(i));
      }
    }

    /** Lets what has been completed come out. */
    void mail() throws Exception {
      var mailbox = harness.getTaskMailbox();
      for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
          mail.isPresent();
          mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
        mail.get().run();
      }
    }

    void answer(int... questions) throws Exception {
      IntStream.of(questions).forEach(question -> models.questions.get(question).reply(YES));
      mail();
    }

    void fail(int question, Throwable failure) throws Exception {
      models.questions.get(question).answer().completeExceptionally(failure);
      mail();
    }

    /** Numbers of documents, and marks, as they came out. */
    List<Object> out() {
      var out = new ArrayList<Object>();
      for (Object element : harness.getOutput()) {
        out.add(
            element instanceof StreamRecord<?> record
                ? ((EnrichedDocument) record.getValue()).raw().offset()
                : element);
      }
      return out;
    }

    List<DeadLetter> letters() {
      var letters = harness.getSideOutput(DisambiguateOperator.DEAD_LETTERS);
      return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
      harness.close();
      harness.getEnvironment().close();
    }
  }

  private final List<Run> runs = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Run run : runs) {
      run.close();
    }
  }

  private Run run() throws Exception {
    return run(FailurePolicy.DEAD_LETTER).open(null);
  }

  private Run run(FailurePolicy onFailure) throws Exception {
    var run = new Run(onFailure);
    runs.add(run);
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
    var linked = run.harness.extractOutputValues();
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
    assertThat(run.harness.extractOutputValues())
        .singleElement()
        .satisfies(linked -> assertThat(linked.entities().get(0).link().nil()).isTrue());
  }

  @Test
  void documentsOvertakeOneAnotherButNoWatermarkOvertakesADocument() throws Exception {
    var run = run();
    run.send(0, 2);
    run.harness.processWatermark(10);
    run.harness.processWatermarkStatus(WatermarkStatus.IDLE);
    run.harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    run.send(2, 3);
    run.harness.processWatermark(20);
    run.answer(2, 1);
    assertThat(run.out()).containsExactly(2L, 1L);
    run.answer(0);
    assertThat(run.out())
        .containsExactly(
            2L,
            1L,
            0L,
            new Watermark(10),
            WatermarkStatus.IDLE,
            WatermarkStatus.ACTIVE,
            new Watermark(20));
  }

  @Test
  void takesNoMoreThanItsCapacityUntilOneHasEnded() throws Exception {
    var run = run();
    run.send(0, CAPACITY);
    var answering = CompletableFuture.runAsync(() -> run.models.questions.get(1).reply(YES));
    run.send(task(3));
    answering.join();
    assertThat(run.out()).as("sent on while the next one waited to be taken").contains(1L);
    assertThat(run.models.questions).hasSize(CAPACITY + 1);
  }

  @Test
  void theEndOfTheInputWaitsForAllAnswers() throws Exception {
    var run = run();
    run.send(0, 2);
    run.send(LinkTasks.of("2老陈", 2, 0));
    run.harness.processWatermark(Watermark.MAX_WATERMARK);
    var answering =
        CompletableFuture.runAsync(
            () -> List.copyOf(run.models.questions).forEach(question -> question.reply(YES)));
    run.harness.endInput();
    answering.join();
    assertThat(run.out()).hasSize(4).endsWith(Watermark.MAX_WATERMARK);
  }

  @Test
  void documentsUnderWayAreAskedAgainAfterARestoreAndWatermarksAreNotKept() throws Exception {
    var first = run();
    first.send(0, 3);
    first.harness.processWatermark(10);
    first.answer(1);
    var state = first.harness.snapshot(1, 1);
    var second = run(FailurePolicy.DEAD_LETTER).open(state);
    assertThat(second.models.questions).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(second.models.questions.get(i).pairs())
          .usingRecursiveComparison()
          .isEqualTo(first.models.questions.get(2 * i).pairs());
    }
    second.answer(0, 1);
    assertThat(second.out()).containsExactly(0L, 2L);
    assertThat(ids(second.harness.extractOutputValues().get(1))).containsExactly("P0", "Q0");
  }

  @Test
  void documentsUnderWayAreDealtOutWhenTheParallelismChanges() throws Exception {
    var run = run();
    run.send(0, 3);
    var state = run.harness.snapshot(1, 1);
    var documents = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      var part = run(FailurePolicy.DEAD_LETTER);
      part.open(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 720, 1, 2, subtask));
      part.answer(IntStream.range(0, part.models.questions.size()).toArray());
      assertThat(part.out()).isNotEmpty();
      documents.addAll(part.out());
    }
    assertThat(documents).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void aDocumentOnWhichTheModelFailsIsADeadLetterOfItsOwn() throws Exception {
    var run = run();
    run.send(0, 2);
    run.fail(1, new ModelException("link/v1/scorer.onnx: output logits: no numbers"));
    run.answer(0);
    assertThat(run.out()).containsExactly(0L);
    assertThat(run.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw())
                  .usingRecursiveComparison()
                  .isEqualTo(task(1).document().raw());
              assertThat(letter.stage()).isEqualTo("disambiguate");
              assertThat(letter.epoch()).isEqualTo(7);
              assertThat(letter.rejection().errorClass()).isEqualTo(ErrorClass.LINK);
              assertThat(letter.rejection().message())
                  .isEqualTo("link/v1/scorer.onnx: output logits: no numbers");
            });
  }

  @Test
  void aFailureThatIsNotTheModelsOwnQuotesNothing() throws Exception {
    var run = run();
    run.send(0, 2);
    run.fail(0, new IllegalStateException("0老陈"));
    // an answer that is none
    run.models.questions.get(1).answer().complete(new float[1]);
    run.mail();
    assertThat(run.letters())
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter.rejection().message()).isEqualTo("link/v1 failed"));
    assertThat(run.letters().get(0).rejection().exceptionClass())
        .isEqualTo(IllegalStateException.class.getName());
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
  void aDocumentThatIsNotAnsweredInTimeEndsAsThatAndItsAnswerIsNotHeard() throws Exception {
    var run = run();
    run.harness.setProcessingTime(1_000);
    run.send(0, 1);
    run.harness.setProcessingTime(31_000);
    run.send(1, 2);
    run.harness.processWatermark(10);
    run.harness.setProcessingTime(60_999);
    assertThat(run.letters()).isEmpty();
    run.harness.setProcessingTime(61_000);
    assertThat(run.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw().offset()).isZero();
              assertThat(letter.rejection().errorClass()).isEqualTo(ErrorClass.LINK);
              assertThat(letter.rejection().message())
                  .isEqualTo("link/v1 did not answer within 60000 ms");
            });
    run.answer(0);
    assertThat(run.out()).isEmpty();
    run.harness.setProcessingTime(91_000);
    assertThat(run.letters()).hasSize(2);
    assertThat(run.out()).as("nothing is before it any more").containsExactly(new Watermark(10));
  }

  @Test
  void aRunThatTheModelGaveUpAsHungIsOfTheSameClass() throws Exception {
    var run = run();
    run.send(0, 1);
    run.fail(0, ModelException.timedOut("link/v1: a run took longer than allowed"));
    assertThat(run.letters().get(0).rejection().errorClass()).isEqualTo(ErrorClass.LINK);
  }

  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  void aCheckpointDoesNotWaitForAModelThatHangs(FailurePolicy onFailure) throws Exception {
    var run = run(onFailure).open(null);
    run.send(0, CAPACITY);
    var state = run.harness.snapshot(1, 1);
    var again = run(onFailure).open(state);
    again.answer(0, 1, 2);
    assertThat(again.out()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aFailureMayLetTheDocumentPassWithAFlag() throws Exception {
    var run = run(FailurePolicy.PASS).open(null);
    run.send(0, 2);
    run.fail(0, new ModelException("no"));
    run.harness.setProcessingTime(TIMEOUT_MILLIS);
    assertThat(run.harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            task(0).document().withFlag(Flag.ERROR), task(1).document().withFlag(Flag.ERROR));
    assertThat(run.letters()).isEmpty();
  }

  @Test
  void aFloodOfFailuresStopsTheJobForGood() throws Exception {
    var run = run();
    for (int i = 0; i < 3; i++) {
      run.send(i, i + 1);
      run.fail(i, new ModelException("no"));
    }
    assertThat(run.letters()).hasSize(3);
    run.send(3, 4);
    assertThatThrownBy(() -> run.fail(3, new ModelException("no")))
        .satisfies(
            failure -> {
              assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class))
                  .isPresent();
              assertThat(ExceptionUtils.findThrowable(failure, FloodException.class))
                  .hasValueSatisfying(
                      flood ->
                          assertThat(flood)
                              .hasMessageStartingWith(
                                  "4 of the last 4 documents could not be linked (last:"
                                      + " wenliu.documents-0-3, LINK);"));
            });
  }

  @Test
  void aModelThatCannotBeOpenedFailsTheStartForGoodAndALaterOneMayPass() throws Exception {
    var state = run().harness.snapshot(1, 1);
    for (var begins : new boolean[] {true, false}) {
      var run = run(FailurePolicy.DEAD_LETTER);
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
    run.harness.close();
    while (run.models.closed.get() == 0) {
      Thread.sleep(1);
    }
    assertThat(run.models.closed).hasValue(1);
    assertThat(run.models.opened).hasValue(1);
  }
}
