package io.github.wenliu.operators.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.LexiconHint;
import io.github.wenliu.models.extract.RelationTriple;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtractOperatorTest {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final String MODEL = "fast/v1";
  private static final long TIMEOUT_MILLIS = 60_000;
  private static final int CAPACITY = 3;
  private static final FloodGuardParameters FLOOD = new FloodGuardParameters(10, 4, 0.5);

  /** A harness with the models that it asks. */
  private static final class Run implements AutoCloseable {

    final FakeExtractors models = new FakeExtractors();
    final OneInputStreamOperatorTestHarness<EnrichedDocument, EnrichedDocument> harness;

    Run(FailurePolicy onFailure, ModelChoice model) throws Exception {
      var parameters =
          new ExtractionParameters(
              onFailure,
              CAPACITY,
              Duration.ofMillis(TIMEOUT_MILLIS),
              InferenceParameters.DEFAULT,
              null,
              null,
              null);
      harness =
          new OneInputStreamOperatorTestHarness<>(
              new ExtractOperator.Factory(parameters, model, models, FLOOD));
      harness.setup();
      harness.setProcessingTime(0);
    }

    Run open(OperatorSubtaskState state) throws Exception {
      harness.initializeState(state);
      harness.open();
      return this;
    }

    void send(EnrichedDocument document) throws Exception {
      harness.processElement(new StreamRecord<>(document, 0));
    }

    /** Documents whose texts are numbers, from one to another. */
    void send(int from, int to) throws Exception {
      for (int i = from; i < to; i++) {
        send(document(MODEL, "%d号".formatted(i), i));
      }
      awaitQuestions(to);
    }

    /** The model is asked when it is open, which another thread may still be busy with. */
    void awaitQuestions(int count) throws InterruptedException {
      while (models.questions.size() < count) {
        Thread.sleep(1);
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
      IntStream.of(questions).forEach(question -> models.questions.get(question).reply());
      mail();
    }

    void fail(int question, Throwable failure) throws Exception {
      models.questions.get(question).answer().completeExceptionally(failure);
      mail();
    }

    /** Texts and marks as they came out. */
    List<Object> out() {
      var out = new ArrayList<Object>();
      for (Object element : harness.getOutput()) {
        out.add(
            element instanceof StreamRecord<?> record
                ? ((EnrichedDocument) record.getValue()).document().text()
                : element);
      }
      return out;
    }

    EnrichedDocument emitted(int index) {
      return harness.extractOutputValues().get(index);
    }

    List<DeadLetter> letters() {
      var letters = harness.getSideOutput(ExtractOperator.DEAD_LETTERS);
      return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
      harness.close();
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
    return run(FailurePolicy.DEAD_LETTER, new ModelChoice(MODEL, FakeExtractors.WITH_RELATIONS))
        .open(null);
  }

  private Run run(FailurePolicy onFailure, ModelChoice model) throws Exception {
    var run = new Run(onFailure, model);
    runs.add(run);
    return run;
  }

  private static EnrichedDocument document(String model, String text, long offset) {
    var entered = Samples.entered(TIME, "main", text, offset, 7);
    var versions = entered.versions().withModel(model, FakeExtractors.WITH_RELATIONS);
    return entered.withWords(List.of(), versions);
  }

  @Test
  void fillsTheLayersWithWhatTheModelSays() throws Exception {
    var run = run();
    var document = document(MODEL, "老陈种花", 0);
    run.send(document);
    run.awaitQuestions(1);
    run.answer(0);
    var entity = new Entity(0, 1, 0, 1, "PER", 0.5, "model", null, null);
    assertThat(run.harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            document.withExtraction(
                List.of(entity), List.of(new Relation(0, "别名", 0, 0.25)), document.versions()));
    assertThat(run.letters()).isEmpty();
  }

  @Test
  void withoutASchemeOfRelationsThatLayerStaysUnfilled() throws Exception {
    var run = run();
    var document = document(MODEL, "老陈种花", 0);
    run.send(document.withWords(List.of(), document.versions().withModel(MODEL, "news")));
    run.awaitQuestions(1);
    run.answer(0);
    assertThat(run.emitted(0).entities()).hasSize(1);
    assertThat(run.emitted(0).relations()).isNull();
  }

  @Test
  void aDocumentThatNamesNoModelPassesAsItIs() throws Exception {
    var run = run();
    var document = document(null, "老陈种花", 0);
    run.send(document);
    assertThat(run.harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(document);
    assertThat(run.models.questions).isEmpty();
  }

  @Test
  void tellsTheModelWhatIsPinnedAndWhatTheStreamDiscovered() throws Exception {
    var run = run();
    var document = document(MODEL, "😀老陈打碳水拳", 0);
    var words = List.of(new Word(0, 1, 0, 2, false, null), new Word(4, 7, 5, 8, true, null));
    var pinned = new Entity(1, 3, 2, 4, "PER", 1, EntityMention.LEXICON, null, null);
    run.send(
        document
            .withWords(words, document.versions())
            .withExtraction(List.of(pinned), null, document.versions()));
    run.awaitQuestions(1);
    assertThat(run.models.questions.get(0).request().hints())
        .containsExactlyInAnyOrder(
            new LexiconHint(1, 3, "PER"), new LexiconHint(4, 7, LexiconHint.WORD));
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
    assertThat(run.out()).containsExactly("2号", "1号");
    run.answer(0);
    assertThat(run.out())
        .containsExactly(
            "2号",
            "1号",
            "0号",
            new Watermark(10),
            WatermarkStatus.IDLE,
            WatermarkStatus.ACTIVE,
            new Watermark(20));
  }

  @Test
  void takesNoMoreThanItsCapacityUntilOneHasEnded() throws Exception {
    var run = run();
    run.send(0, CAPACITY);
    var question = run.models.questions.get(1);
    var answering = CompletableFuture.runAsync(question::reply);
    run.send(document(MODEL, "3号", 3));
    answering.join();
    assertThat(run.out()).as("sent on while the next one waited to be taken").contains("1号");
    run.awaitQuestions(CAPACITY + 1);
  }

  @Test
  void theEndOfTheInputWaitsForAllAnswers() throws Exception {
    var run = run();
    run.send(0, 2);
    run.harness.processWatermark(Watermark.MAX_WATERMARK);
    var answering =
        CompletableFuture.runAsync(
            () -> List.copyOf(run.models.questions).forEach(FakeExtractors.Question::reply));
    run.harness.endInput();
    answering.join();
    assertThat(run.out()).hasSize(3).endsWith(Watermark.MAX_WATERMARK);
  }

  @Test
  void documentsUnderWayAreAskedAgainAfterARestoreAndWatermarksAreNotKept() throws Exception {
    var first = run();
    first.send(0, 3);
    first.harness.processWatermark(10);
    first.answer(1);
    var state = first.harness.snapshot(1, 1);
    var second = run(FailurePolicy.DEAD_LETTER, ModelChoice.NONE).open(state);
    second.awaitQuestions(2);
    second.answer(0, 1);
    assertThat(second.models.texts()).containsExactly("0号", "2号");
    assertThat(second.out()).containsExactly("0号", "2号");
    assertThat(second.models.questions.get(0).request())
        .isEqualTo(first.models.questions.get(0).request());
  }

  @Test
  void documentsUnderWayAreDealtOutWhenTheParallelismChanges() throws Exception {
    var run = run();
    run.send(0, 3);
    var state = run.harness.snapshot(1, 1);
    var texts = new ArrayList<String>();
    for (int subtask = 0; subtask < 2; subtask++) {
      var part = run(FailurePolicy.DEAD_LETTER, ModelChoice.NONE);
      part.open(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 720, 1, 2, subtask));
      part.awaitQuestions(1);
      texts.addAll(part.models.texts());
    }
    assertThat(texts).containsExactlyInAnyOrder("0号", "1号", "2号");
  }

  @Test
  void aDocumentOnWhichTheModelFailsIsADeadLetterOfItsOwn() throws Exception {
    var run = run();
    run.send(0, 2);
    run.fail(1, new ModelException("news.onnx answered with numbers that are not finite"));
    run.answer(0);
    assertThat(run.out()).containsExactly("0号");
    assertThat(run.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw())
                  .usingRecursiveComparison()
                  .isEqualTo(document(MODEL, "1号", 1).raw());
              assertThat(letter.stage()).isEqualTo("extract");
              assertThat(letter.epoch()).isEqualTo(7);
              assertThat(letter.rejection().errorClass()).isEqualTo(ErrorClass.INFER);
              assertThat(letter.rejection().message())
                  .isEqualTo("news.onnx answered with numbers that are not finite");
            });
  }

  @Test
  void aFailureThatIsNotTheModelsOwnQuotesNothing() throws Exception {
    var run = run();
    run.send(0, 1);
    run.fail(0, new IllegalStateException("0号 老陈"));
    assertThat(run.letters().get(0).rejection().message()).isEqualTo("fast/v1:news+duie failed");
    assertThat(run.letters().get(0).rejection().exceptionClass())
        .isEqualTo(IllegalStateException.class.getName());
  }

  @Test
  void anAnswerThatIsNoneIsAFailure() throws Exception {
    var run = run();
    run.send(0, 3);
    var beyond = new EntityMention(0, 9, 0, 9, "PER", 0.5, EntityMention.MODEL);
    var noNumber = new EntityMention(0, 1, 0, 1, "PER", Double.NaN, EntityMention.MODEL);
    var questions = run.models.questions;
    questions.get(0).answer().complete(new Extraction(List.of(beyond), List.of()));
    questions.get(1).answer().complete(new Extraction(List.of(noNumber), List.of()));
    questions
        .get(2)
        .answer()
        .complete(new Extraction(List.of(), List.of(new RelationTriple(0, "别名", 1, 0.5))));
    run.mail();
    assertThat(run.out()).isEmpty();
    assertThat(run.letters())
        .extracting(letter -> letter.rejection().message())
        .containsExactlyInAnyOrder(
            "fast/v1:news+duie answered with a span that is not in the text",
            "fast/v1:news+duie answered with a score that is no probability",
            "fast/v1:news+duie answered with a relation of entities that are not there");
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
              assertThat(letter.rejection().errorClass()).isEqualTo(ErrorClass.INFER_TIMEOUT);
              assertThat(letter.rejection().message())
                  .isEqualTo("fast/v1:news+duie did not answer within 60000 ms");
            });
    run.answer(0);
    assertThat(run.out()).isEmpty();
    run.harness.setProcessingTime(91_000);
    assertThat(run.letters()).hasSize(2);
    assertThat(run.out()).as("nothing is before it any more").containsExactly(new Watermark(10));
  }

  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  void aCheckpointDoesNotWaitForAModelThatHangs(FailurePolicy onFailure) throws Exception {
    var run = run(onFailure, ModelChoice.NONE).open(null);
    run.send(0, CAPACITY);
    var state = run.harness.snapshot(1, 1);
    run.harness.setProcessingTime(TIMEOUT_MILLIS);
    var again = run(onFailure, ModelChoice.NONE).open(state);
    again.awaitQuestions(CAPACITY);
    again.answer(0, 1, 2);
    assertThat(again.out()).containsExactly("0号", "1号", "2号");
  }

  @Test
  void aRunThatTheModelGaveUpAsHungIsATimeout() throws Exception {
    var run = run();
    run.send(0, 1);
    run.fail(0, ModelException.timedOut("fast/v1 ran for longer than 30000 ms"));
    assertThat(run.letters().get(0).rejection().errorClass()).isEqualTo(ErrorClass.INFER_TIMEOUT);
  }

  @Test
  void aFailureMayLetTheDocumentPassWithAFlag() throws Exception {
    var run = run(FailurePolicy.PASS, ModelChoice.NONE).open(null);
    run.send(0, 2);
    run.fail(0, new ModelException("no"));
    run.harness.setProcessingTime(TIMEOUT_MILLIS);
    assertThat(run.harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            document(MODEL, "0号", 0).withFlag(Flag.ERROR),
            document(MODEL, "1号", 1).withFlag(Flag.ERROR));
    assertThat(run.letters()).isEmpty();
  }

  @Test
  void aFloodOfFailuresStopsTheJobForGood() throws Exception {
    var run = run();
    IntConsumer failing =
        i -> {
          try {
            run.send(i, i + 1);
            run.fail(i, new ModelException("no"));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    IntStream.range(0, 3).forEach(failing);
    assertThat(run.letters()).hasSize(3);
    assertThatThrownBy(() -> failing.accept(3))
        .satisfies(
            failure -> {
              assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class))
                  .isPresent();
              assertThat(ExceptionUtils.findThrowable(failure, FloodException.class))
                  .hasValueSatisfying(
                      flood ->
                          assertThat(flood)
                              .hasMessageStartingWith(
                                  "4 of the last 4 documents could not be extracted (last: wenliu.documents-0-3, INFER);"));
            });
  }

  @Test
  void aModelThatCannotBeOpenedFailsTheStart() throws Exception {
    var run = run(FailurePolicy.DEAD_LETTER, new ModelChoice(MODEL, "news"));
    run.models.broken.put(MODEL, new ModelException("news.onnx: expected 7 bytes, found 6"));
    assertThatThrownBy(() -> run.open(null))
        .hasRootCauseMessage("news.onnx: expected 7 bytes, found 6")
        .hasStackTraceContaining(
            "fast/v1:news cannot be opened: news.onnx: expected 7 bytes, found 6");
  }

  @Test
  void aChosenModelThatCannotBeOpenedIsAnOutageAndNoDeadLetter() throws Exception {
    var run = run();
    run.models.broken.put("own/v2", new ModelException("own/v2 is nowhere"));
    run.send(document("own/v2", "0号", 0));
    assertThatThrownBy(() -> run.harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run())
        .hasMessageContaining("own/v2:news+duie cannot be opened: own/v2 is nowhere");
    assertThat(run.letters()).isEmpty();
  }

  @Test
  void documentsAreAnsweredByTheModelThatTheyNameAndWaitUntilItIsOpen() throws Exception {
    var run = run();
    run.send(document(MODEL, "0号", 0));
    run.send(document("own/v2", "1号", 1));
    run.send(document(MODEL, "2号", 2));
    run.awaitQuestions(3);
    assertThat(run.models.questions)
        .extracting(question -> question.model() + " " + question.request().text())
        .containsExactlyInAnyOrder("fast/v1 0号", "own/v2 1号", "fast/v1 2号");
    assertThat(run.models.opened).containsEntry(MODEL, 1).containsEntry("own/v2", 1);
  }

  @Test
  void closingWaitsForNoAnswerAndGivesTheModelsBack() throws Exception {
    var run = run();
    run.send(0, 1);
    run.harness.close();
    while (run.models.closed.isEmpty()) {
      Thread.sleep(1);
    }
    assertThat(run.models.closed).containsEntry(MODEL, 1);
  }
}
