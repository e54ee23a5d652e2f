package io.github.wenliu.operators.extract;

import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.extract.RelationTriple;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Models that answer when the test tells them to, and misbehave as no real model can be made to.
 * The answer to a text is its first character as a PER, and it a relation with itself.
 */
final class FakeExtractors implements ExtractorFactory {

  private static final long serialVersionUID = 1L;

  /** The schemes under which a model has relations. */
  static final String WITH_RELATIONS = "news+duie";

  /** A question that waits for its answer. */
  record Question(String model, ExtractionRequest request, CompletableFuture<Extraction> answer) {

    void reply() {
      answer.complete(of(request.text()));
    }
  }

  /** Questions in their order. */
  final transient List<Question> questions = new CopyOnWriteArrayList<>();

  /** How often each model was opened, and how often given back. */
  final transient Map<String, Integer> opened = new ConcurrentHashMap<>();

  final transient Map<String, Integer> closed = new ConcurrentHashMap<>();

  /** Why a model cannot be opened. */
  final transient Map<String, ModelException> broken = new ConcurrentHashMap<>();

  @Override
  public Extractor open(String model, String schemes, InferenceMetrics metrics) {
    opened.merge(model, 1, Integer::sum);
    if (broken.containsKey(model)) {
      throw broken.get(model);
    }
    var relations = schemes.equals(WITH_RELATIONS) ? "duie" : null;
    return new Fake(new ModelSelection(model, "news", relations));
  }

  /** What is said of a text. */
  static Extraction of(String text) {
    return new Extraction(
        List.of(new EntityMention(0, 1, 0, 1, "PER", 0.5, EntityMention.MODEL)),
        List.of(new RelationTriple(0, "别名", 0, 0.25)));
  }

  /** Texts that have been asked about. */
  List<String> texts() {
    var texts = new ArrayList<String>();
    questions.forEach(question -> texts.add(question.request().text()));
    return texts;
  }

  private final class Fake implements Extractor {

    private final ModelSelection selection;

    Fake(ModelSelection selection) {
      this.selection = selection;
    }

    @Override
    public ModelSelection selection() {
      return selection;
    }

    @Override
    public CompletableFuture<Extraction> extract(ExtractionRequest request) {
      var answer = new CompletableFuture<Extraction>();
      questions.add(new Question(selection.model(), request, answer));
      return answer;
    }

    @Override
    public void close() {
      closed.merge(selection.model(), 1, Integer::sum);
    }
  }
}
