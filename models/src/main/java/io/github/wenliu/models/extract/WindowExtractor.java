package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.SharedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Extracts with our own models: cuts a text into windows, has them run, and merges the answers. */
final class WindowExtractor implements Extractor {
  private final ModelSelection selection;
  private final SharedModels.Share<OpenExtractor> share;
  private final InferenceMetrics metrics;

  /** What the share holds. */
  private final OpenExtractor opened;

  WindowExtractor(
      ModelSelection selection, SharedModels.Share<OpenExtractor> share, InferenceMetrics metrics) {
    this.selection = selection;
    this.share = share;
    this.metrics = metrics;
    this.opened = share.value();
    opened.metrics().add(metrics);
  }

  @Override
  public ModelSelection selection() {
    return selection;
  }

  @Override
  public CompletableFuture<Extraction> extract(ExtractionRequest request) {
    var positions = KeySequence.of(request.text());
    var windows =
        TextWindow.cut(request.text(), positions, opened.maxPositions(), opened.overlap());
    var answers = new ArrayList<CompletableFuture<WindowAnswer>>(windows.size());
    for (var window : windows) {
      var row =
          opened
              .features()
              .encode(
                  new KeyWindow(positions, window.from(), window.to()),
                  hints(request.hints(), positions, window));
      answers.add(opened.batcher().submit(row));
    }
    var result = new CompletableFuture<Extraction>();
    var all =
        answers.size() == 1
            ? answers.get(0)
            : CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    all.whenComplete(
        (unused, failure) -> {
          if (failure != null) {
            result.completeExceptionally(cause(failure));
            return;
          }
          try {
            var merged =
                windows.isEmpty()
                    ? WindowAnswer.NOTHING
                    : WindowMerge.merge(
                        windows, answers.stream().map(CompletableFuture::join).toList());
            result.complete(opened.assembly().assemble(request, positions, merged));
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** The hints that touch a window, cut to it. */
  private List<WindowHint> hints(
      List<LexiconHint> hints, KeySequence positions, TextWindow window) {
    if (hints.isEmpty()) {
      return List.of();
    }
    var touching = new ArrayList<WindowHint>();
    for (var hint : hints) {
      int first = Math.max(positions.positionFrom(hint.start()), window.from());
      int last = Math.min(positions.positionFrom(hint.end()), window.to()) - 1;
      if (first <= last) {
        touching.add(
            new WindowHint(first - window.from(), last - window.from(), opened.category(hint)));
      }
    }
    return touching;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Waits for an answer. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelException("a model failed", e.getCause());
    }
  }

  @Override
  public void close() {
    opened.metrics().remove(metrics);
    share.close();
  }
}
