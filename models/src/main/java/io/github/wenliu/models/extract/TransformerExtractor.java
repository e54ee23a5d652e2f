package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.SharedModels;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Extracts entities with a transformer that somebody else trained. What users pinned is treated as
 * with our own models; hints cannot reach into the transformer itself.
 */
final class TransformerExtractor implements Extractor {
  private final ModelSelection selection;
  private final SharedModels.Share<OpenTransformer> share;
  private final InferenceMetrics metrics;

  TransformerExtractor(
      ModelSelection selection,
      SharedModels.Share<OpenTransformer> share,
      InferenceMetrics metrics) {
    this.selection = selection;
    this.share = share;
    this.metrics = metrics;
    share.value().metrics().add(metrics);
  }

  @Override
  public ModelSelection selection() {
    return selection;
  }

  @Override
  public CompletableFuture<Extraction> extract(ExtractionRequest request) {
    var positions = KeySequence.of(request.text());
    var result = new CompletableFuture<Extraction>();
    share
        .value()
        .spans(request.text(), positions)
        .thenApply(
            spans ->
                share
                    .value()
                    .assembly()
                    .assemble(request, positions, new WindowAnswer(spans, List.of())))
        .whenComplete(
            (extraction, failure) -> {
              if (failure == null) {
                result.complete(extraction);
              } else {
                result.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure);
              }
            });
    return result;
  }

  @Override
  public void close() {
    share.value().metrics().remove(metrics);
    share.close();
  }
}
