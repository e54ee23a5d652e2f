package io.github.wenliu.operators.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.LexiconHint;
import io.github.wenliu.models.extract.RelationTriple;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.async.AnswerOperatorContract;
import io.github.wenliu.operators.async.AnswerRun;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Word;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ExtractOperatorTest extends AnswerOperatorContract<ExtractOperatorTest.Run> {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final String MODEL = "fast/v1";

  /** A run with the models that it asks. */
  static final class Run extends AnswerRun<EnrichedDocument> {

    final FakeExtractors models;

    Run(FailurePolicy onFailure, ModelChoice model) throws Exception {
      this(onFailure, model, new FakeExtractors());
    }

    private Run(FailurePolicy onFailure, ModelChoice model, FakeExtractors models)
        throws Exception {
      super(
          new OneInputStreamOperatorTestHarness<>(
              new ExtractOperator.Factory(parameters(onFailure), model, models, FLOOD)),
          ExtractOperator.DEAD_LETTERS);
      this.models = models;
    }

    private static ExtractionParameters parameters(FailurePolicy onFailure) {
      return new ExtractionParameters(
          onFailure, CAPACITY, TIMEOUT, InferenceParameters.DEFAULT, null, null, null);
    }

    @Override
    protected EnrichedDocument input(int offset) {
      return ExtractOperatorTest.document(MODEL, "%d号".formatted(offset), offset);
    }

    @Override
    protected EnrichedDocument document(int offset) {
      return input(offset);
    }

    @Override
    protected int questions() {
      return models.questions.size();
    }

    @Override
    protected ExtractionRequest asked(int question) {
      return models.questions.get(question).request();
    }

    @Override
    protected CompletableFuture<Extraction> answerTo(int question) {
      return models.questions.get(question).answer();
    }

    @Override
    protected void reply(int question) {
      models.questions.get(question).reply();
    }
  }

  ExtractOperatorTest() {
    super(
        new Stage(
            "extract",
            "fast/v1:news+duie",
            ErrorClass.INFER,
            ErrorClass.INFER_TIMEOUT,
            "extracted"));
  }

  /** Documents name their models, whatever others may be extracted with. */
  @Override
  protected Run make(FailurePolicy onFailure) throws Exception {
    return new Run(onFailure, ModelChoice.NONE);
  }

  private Run run(String schemes) throws Exception {
    return closing(new Run(FailurePolicy.DEAD_LETTER, new ModelChoice(MODEL, schemes)));
  }

  private Run run() throws Exception {
    var run = run(FakeExtractors.WITH_RELATIONS);
    run.open(null);
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
    assertThat(run.emitted())
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
    assertThat(run.emitted().get(0).entities()).hasSize(1);
    assertThat(run.emitted().get(0).relations()).isNull();
  }

  @Test
  void aDocumentThatNamesNoModelPassesAsItIs() throws Exception {
    var run = run();
    var document = document(null, "老陈种花", 0);
    run.send(document);
    assertThat(run.emitted())
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
  void aModelThatCannotBeOpenedFailsTheStart() throws Exception {
    var run = run("news");
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
    assertThatThrownBy(() -> run.harness().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run())
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
    run.harness().close();
    while (run.models.closed.isEmpty()) {
      Thread.sleep(1);
    }
    assertThat(run.models.closed).containsEntry(MODEL, 1);
  }
}
