package io.github.wenliu.pipeline;

import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.LexiconHint;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.extract.RelationTriple;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.extract.ExtractorFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Models whose answers depend on the question alone, but come when they like, so that documents
 * overtake one another. On texts that hold one of the marks a model misbehaves.
 *
 * @param run whose source says when a model that hangs goes on
 */
record LateExtractors(String run) implements ExtractorFactory {

  private static final long serialVersionUID = 1L;

  /** Schemes with one of relations. */
  static final String SCHEMES = "news+duie";

  /** In a text on which the model throws. */
  static final String THROWS = "〔抛〕";

  /** In a text on which the model answers with numbers that are none. */
  static final String NOT_A_NUMBER = "〔非〕";

  /** In a text on which the model never ends. */
  static final String HANGS = "〔挂〕";

  /** In a text on which the model hangs until the first gate of the source is open. */
  static final String HANGS_AT_THE_GATE = "〔等〕";

  private static final int LATEST_MILLIS = 30;
  private static final int POLL_MILLIS = 5;
  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          2,
          runnable -> {
            var thread = new Thread(runnable, "late answers");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public Extractor open(String model, String schemes, InferenceMetrics metrics) {
    return new Late(new ModelSelection(model, "news", schemes.equals(SCHEMES) ? "duie" : null));
  }

  private final class Late implements Extractor {

    private final ModelSelection selection;

    Late(ModelSelection selection) {
      this.selection = selection;
    }

    @Override
    public ModelSelection selection() {
      return selection;
    }

    @Override
    public CompletableFuture<Extraction> extract(ExtractionRequest request) {
      var answer = new CompletableFuture<Extraction>();
      if (!request.text().contains(HANGS)) {
        int millis = ThreadLocalRandom.current().nextInt(LATEST_MILLIS);
        TIMER.schedule(() -> answer(request, answer), millis, TimeUnit.MILLISECONDS);
      }
      return answer;
    }

    private void answer(ExtractionRequest request, CompletableFuture<Extraction> answer) {
      var text = request.text();
      if (text.contains(HANGS_AT_THE_GATE) && PartitionsSource.Run.of(run).opened.get() == 0) {
        TIMER.schedule(() -> answer(request, answer), POLL_MILLIS, TimeUnit.MILLISECONDS);
      } else if (text.contains(THROWS)) {
        answer.completeExceptionally(new ModelException("a batch failed"));
      } else {
        answer.complete(
            said(request, selection.model(), text.contains(NOT_A_NUMBER) ? Double.NaN : 0.75));
      }
    }

    @Override
    public void close() {}
  }

  /**
   * What is pinned; and of every sentence of at least four characters the first two, as a type that
   * they and the model decide on. The first entity is another name of the last.
   */
  private static Extraction said(ExtractionRequest request, String model, double score) {
    int[] text = request.text().codePoints().toArray();
    var entities = new ArrayList<EntityMention>();
    for (LexiconHint hint : request.hints()) {
      if (!hint.category().equals(LexiconHint.WORD)) {
        entities.add(mention(text, hint.start(), hint.end(), hint.category(), 1, "lexicon"));
      }
    }
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '。' || text[i] == '，') {
        if (i - start >= 4) {
          var type = (text[start] + model.hashCode()) % 2 == 0 ? "PER" : "ORG";
          entities.add(mention(text, start, start + 2, type, score, "model"));
        }
        start = i + 1;
      }
    }
    entities.sort(
        Comparator.comparing(EntityMention::start)
            .thenComparing(EntityMention::end)
            .thenComparing(EntityMention::type));
    var relations =
        entities.isEmpty()
            ? List.<RelationTriple>of()
            : List.of(new RelationTriple(0, "别名", entities.size() - 1, 0.5));
    return new Extraction(entities, relations);
  }

  private static EntityMention mention(
      int[] text, int start, int end, String type, double score, String origin) {
    int startUtf16 = new String(text, 0, start).length();
    int length = new String(text, start, end - start).length();
    return new EntityMention(start, end, startUtf16, startUtf16 + length, type, score, origin);
  }
}
