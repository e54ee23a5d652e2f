package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkThresholds;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A linking model that answers when the test tells it to, and misbehaves as no real one can. */
final class FakeLinkModels implements LinkModelFactory {

  private static final long serialVersionUID = 1L;

  /** A question that waits for its answer. */
  record Question(LinkPairs pairs, CompletableFuture<float[]> answer) {

    /** Answers with one log-odd for all. */
    void reply(float logit) {
      float[] logits = new float[2 * pairs.pairs()];
      Arrays.fill(logits, logit);
      answer.complete(logits);
    }
  }

  /** Questions in their order. */
  final transient List<Question> questions = new CopyOnWriteArrayList<>();

  final transient AtomicInteger opened = new AtomicInteger();
  final transient AtomicInteger closed = new AtomicInteger();

  /** Why the model cannot be opened, or {@code null}. */
  transient ModelException broken;

  @Override
  public LinkModel open(InferenceMetrics metrics) {
    opened.incrementAndGet();
    if (broken != null) {
      throw broken;
    }
    return new Fake();
  }

  private final class Fake implements LinkModel {

    @Override
    public String id() {
      return "link/v1";
    }

    @Override
    public int features() {
      return DocumentLinker.featureNames().size();
    }

    @Override
    public int tokens() {
      return 8;
    }

    @Override
    public int vector() {
      return 8;
    }

    @Override
    public LinkStatistics statistics() {
      return LinkStatistics.NONE;
    }

    @Override
    public LinkThresholds thresholds() {
      return new LinkThresholds(0.4, 0.1, 0.1);
    }

    @Override
    public byte[] describe(int[] tokens) {
      return new byte[8];
    }

    @Override
    public CompletableFuture<float[]> score(LinkPairs pairs) {
      var answer = new CompletableFuture<float[]>();
      questions.add(new Question(pairs, answer));
      return answer;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
