package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.inference.ModelException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Extracts from one text after another, many at a time, and hands the answers on in the order of
 * the texts. Memory for {@value #AT_ONCE} texts.
 *
 * @param <T> what a text belongs to
 */
final class OrderedExtraction<T> {

  /** Enough for full batches of all lengths. */
  private static final int AT_ONCE = 2_048;

  private final Extractor extractor;
  private final Receiver<T> receiver;
  private final Queue<Waiting<T>> waiting = new ArrayDeque<>();

  /** Takes the answers. */
  interface Receiver<T> {

    /**
     * Takes an answer.
     *
     * @param of what was given with the text
     * @param extraction the answer; {@code null} if there was nothing to extract from, or if the
     *     model failed
     * @param failure why the model failed, or {@code null}
     */
    void accept(T of, Extraction extraction, ModelException failure) throws IOException;
  }

  private record Waiting<T>(T of, CompletableFuture<Extraction> answer) {}

  OrderedExtraction(Extractor extractor, Receiver<T> receiver) {
    this.extractor = extractor;
    this.receiver = receiver;
  }

  /** Gives in a text; answers that are due are handed on meanwhile. */
  void add(T of, String text) throws IOException {
    enter(of, extractor.extract(ExtractionRequest.of(text)));
  }

  /** Gives in something without a text, which keeps its place in the order. */
  void addWithoutText(T of) throws IOException {
    enter(of, CompletableFuture.completedFuture(null));
  }

  private void enter(T of, CompletableFuture<Extraction> answer) throws IOException {
    waiting.add(new Waiting<>(of, answer));
    while (waiting.size() > AT_ONCE || !waiting.isEmpty() && waiting.peek().answer().isDone()) {
      handOn(waiting.remove());
    }
  }

  /** Hands on all that is under way. */
  void finish() throws IOException {
    while (!waiting.isEmpty()) {
      handOn(waiting.remove());
    }
  }

  private void handOn(Waiting<T> next) throws IOException {
    Extraction extraction;
    try {
      extraction = next.answer().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ModelException failure) {
        receiver.accept(next.of(), null, failure);
        return;
      }
      throw e;
    }
    receiver.accept(next.of(), extraction, null);
  }
}
