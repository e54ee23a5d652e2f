package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.link.DocumentLinker;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.operators.link.LinkTask;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Links one document after another, many at a time, and hands them on in their order. Memory for
 * {@value #AT_ONCE} documents.
 *
 * @param <T> what a document belongs to
 */
final class OrderedLinking<T> {

  private static final int AT_ONCE = 512;

  private final LinkModel model;
  private final DocumentLinker linker;
  private final Receiver<T> receiver;
  private final Queue<Waiting<T>> waiting = new ArrayDeque<>();

  /** Takes linked documents. */
  interface Receiver<T> {

    /**
     * Takes a document.
     *
     * @param of what was given with it
     * @param document with its links; {@code null} if there was none to link, or if the model
     *     failed
     * @param failure why the model failed, or {@code null}
     */
    void accept(T of, EnrichedDocument document, ModelException failure) throws IOException;
  }

  private record Waiting<T>(T of, LinkTask task, CompletableFuture<float[]> logits) {}

  OrderedLinking(LinkModel model, LinkParameters parameters, Receiver<T> receiver) {
    this.model = model;
    this.linker = new DocumentLinker(model, parameters);
    this.receiver = receiver;
  }

  /** Gives in a document; those that are due are handed on meanwhile. */
  void add(T of, LinkTask task) throws IOException {
    LinkPairs pairs = linker.pairs(task);
    enter(
        new Waiting<>(
            of,
            task,
            pairs == null ? CompletableFuture.completedFuture(null) : model.score(pairs)));
  }

  /** Gives in something that is no document, which keeps its place in the order. */
  void addWithoutDocument(T of) throws IOException {
    enter(new Waiting<>(of, null, CompletableFuture.completedFuture(null)));
  }

  /** Hands on all that is under way. */
  void finish() throws IOException {
    while (!waiting.isEmpty()) {
      handOn(waiting.remove());
    }
  }

  private void enter(Waiting<T> next) throws IOException {
    waiting.add(next);
    while (waiting.size() > AT_ONCE || !waiting.isEmpty() && waiting.peek().logits().isDone()) {
      handOn(waiting.remove());
    }
  }

  private void handOn(Waiting<T> next) throws IOException {
    if (next.task() == null) {
      receiver.accept(next.of(), null, null);
      return;
    }
    float[] logits;
    try {
      logits = next.logits().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ModelException failure) {
        receiver.accept(next.of(), null, failure);
        return;
      }
      throw e;
    }
    receiver.accept(next.of(), linker.linked(next.task(), logits), null);
  }
}
