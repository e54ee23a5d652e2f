package io.github.wenliu.operators.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every operator that asks a model beside the task does alike: order, capacity, checkpoints,
 * failures.
 *
 * @param <R> a run of the operator
 */
@Timeout(60)
public abstract class AnswerOperatorContract<R extends AnswerRun<?>> {

  protected static final int CAPACITY = 3;
  protected static final Duration TIMEOUT = Duration.ofMinutes(1);
  protected static final FloodGuardParameters FLOOD = new FloodGuardParameters(10, 4, 0.5);

  private static final long TIMEOUT_MILLIS = TIMEOUT.toMillis();

  /**
   * What tells such operators apart in dead letters.
   *
   * @param name of the stage
   * @param model as messages name it
   * @param failed class of a document on which the model fails
   * @param timedOut class of one that it did not answer in time
   * @param done what could not be done with a document
   */
  public record Stage(
      String name, String model, ErrorClass failed, ErrorClass timedOut, String done) {}

  private final Stage stage;
  private final List<AnswerRun<?>> runs = new ArrayList<>();

  protected AnswerOperatorContract(Stage stage) {
    this.stage = stage;
  }

  /** A run with the bounds of this class that is not open yet. */
  protected abstract R make(FailurePolicy onFailure) throws Exception;

  /** Closes a run when the test has ended. */
  protected final R closing(R run) {
    runs.add(run);
    return run;
  }

  @AfterEach
  public void closeRuns() throws Exception {
    for (AnswerRun<?> run : runs) {
      run.close();
    }
  }

  private R open(FailurePolicy onFailure) throws Exception {
    var run = closing(make(onFailure));
    run.open(null);
    return run;
  }

  private R open() throws Exception {
    return open(FailurePolicy.DEAD_LETTER);
  }

  @Test
  public void documentsOvertakeOneAnotherButNoWatermarkOvertakesADocument() throws Exception {
    var run = open();
    run.send(0, 2);
    run.harness().processWatermark(10);
    run.harness().processWatermarkStatus(WatermarkStatus.IDLE);
    run.harness().processWatermarkStatus(WatermarkStatus.ACTIVE);
    run.send(2, 3);
    run.harness().processWatermark(20);
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
  public void takesNoMoreThanItsCapacityUntilOneHasEnded() throws Exception {
    var run = open();
    run.send(0, CAPACITY);
    var answering = CompletableFuture.runAsync(() -> run.reply(1));
    run.send(CAPACITY, CAPACITY + 1);
    answering.join();
    assertThat(run.out()).as("sent on while the next one waited to be taken").contains(1L);
  }

  @Test
  public void theEndOfTheInputWaitsForAllAnswers() throws Exception {
    var run = open();
    run.send(0, 2);
    run.harness().processWatermark(Watermark.MAX_WATERMARK);
    var answering = CompletableFuture.runAsync(() -> IntStream.range(0, 2).forEach(run::reply));
    run.harness().endInput();
    answering.join();
    assertThat(run.out()).hasSize(3).endsWith(Watermark.MAX_WATERMARK);
  }

  @Test
  public void documentsUnderWayAreAskedAgainAfterARestoreAndWatermarksAreNotKept()
      throws Exception {
    var first = open();
    first.send(0, 3);
    first.harness().processWatermark(10);
    first.answer(1);
    var state = first.harness().snapshot(1, 1);
    var second = closing(make(FailurePolicy.DEAD_LETTER));
    second.open(state);
    second.awaitQuestions(2);
    assertThat(List.of(second.asked(0), second.asked(1)))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrder(first.asked(0), first.asked(2));
    second.answer(0, 1);
    assertThat(second.out()).containsExactlyInAnyOrder(0L, 2L);
  }

  @Test
  public void documentsUnderWayAreDealtOutWhenTheParallelismChanges() throws Exception {
    var run = open();
    run.send(0, 3);
    var state = run.harness().snapshot(1, 1);
    var parts = new ArrayList<R>();
    for (int subtask = 0; subtask < 2; subtask++) {
      var part = closing(make(FailurePolicy.DEAD_LETTER));
      part.open(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 720, 1, 2, subtask));
      part.awaitQuestions(1);
      parts.add(part);
    }
    while (parts.stream().mapToInt(AnswerRun::questions).sum() < 3) {
      Thread.sleep(1);
    }
    var documents = new ArrayList<>();
    for (var part : parts) {
      part.answerAll();
      documents.addAll(part.out());
    }
    assertThat(documents).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  public void aDocumentOnWhichTheModelFailsIsADeadLetterOfItsOwn() throws Exception {
    var run = open();
    run.send(0, 2);
    run.fail(1, new ModelException("scores.onnx answered with numbers that are not finite"));
    run.answer(0);
    assertThat(run.out()).containsExactly(0L);
    assertThat(run.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw()).usingRecursiveComparison().isEqualTo(run.document(1).raw());
              assertThat(letter.stage()).isEqualTo(stage.name());
              assertThat(letter.epoch()).isEqualTo(7);
              assertThat(letter.rejection().errorClass()).isEqualTo(stage.failed());
              assertThat(letter.rejection().message())
                  .isEqualTo("scores.onnx answered with numbers that are not finite");
            });
  }

  @Test
  public void aFailureThatIsNotTheModelsOwnQuotesNothing() throws Exception {
    var run = open();
    run.send(0, 1);
    run.fail(0, new IllegalStateException("0号 老陈"));
    var rejection = run.letters().get(0).rejection();
    assertThat(rejection.message()).isEqualTo(stage.model() + " failed");
    assertThat(rejection.exceptionClass()).isEqualTo(IllegalStateException.class.getName());
  }

  @Test
  public void aDocumentThatIsNotAnsweredInTimeEndsAsThatAndItsAnswerIsNotHeard() throws Exception {
    var run = open();
    run.harness().setProcessingTime(1_000);
    run.send(0, 1);
    run.harness().setProcessingTime(31_000);
    run.send(1, 2);
    run.harness().processWatermark(10);
    run.harness().setProcessingTime(60_999);
    assertThat(run.letters()).isEmpty();
    run.harness().setProcessingTime(61_000);
    assertThat(run.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw().offset()).isZero();
              assertThat(letter.rejection().errorClass()).isEqualTo(stage.timedOut());
              assertThat(letter.rejection().message())
                  .isEqualTo(stage.model() + " did not answer within 60000 ms");
            });
    run.answer(0);
    assertThat(run.out()).isEmpty();
    run.harness().setProcessingTime(91_000);
    assertThat(run.letters()).hasSize(2);
    assertThat(run.out()).as("nothing is before it any more").containsExactly(new Watermark(10));
  }

  @Test
  public void aRunThatTheModelGaveUpAsHungIsATimeout() throws Exception {
    var run = open();
    run.send(0, 1);
    run.fail(0, ModelException.timedOut("a run took longer than allowed"));
    assertThat(run.letters().get(0).rejection().errorClass()).isEqualTo(stage.timedOut());
  }

  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  public void aCheckpointDoesNotWaitForAModelThatHangs(FailurePolicy onFailure) throws Exception {
    var run = open(onFailure);
    run.send(0, CAPACITY);
    var state = run.harness().snapshot(1, 1);
    run.harness().setProcessingTime(TIMEOUT_MILLIS);
    var again = closing(make(onFailure));
    again.open(state);
    again.awaitQuestions(CAPACITY);
    again.answer(0, 1, 2);
    assertThat(again.out()).containsExactly(0L, 1L, 2L);
  }

  @Test
  public void aFailureMayLetTheDocumentPassWithAFlag() throws Exception {
    var run = open(FailurePolicy.PASS);
    run.send(0, 2);
    run.fail(0, new ModelException("no"));
    run.harness().setProcessingTime(TIMEOUT_MILLIS);
    assertThat(run.emitted())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            run.document(0).withFlag(Flag.ERROR), run.document(1).withFlag(Flag.ERROR));
    assertThat(run.letters()).isEmpty();
  }

  @Test
  public void aFloodOfFailuresStopsTheJobForGood() throws Exception {
    var run = open();
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
                                  "4 of the last 4 documents could not be %s (last:"
                                          .formatted(stage.done())
                                      + " wenliu.documents-0-3, %s);".formatted(stage.failed())));
            });
  }
}
