package io.github.wenliu.models.extract;

import java.util.concurrent.CompletableFuture;

/**
 * Extracts entities and relations. Safe for many threads; what is given in together is run in
 * batches.
 */
public interface Extractor extends AutoCloseable {

  /** What this extractor runs. */
  ModelSelection selection();

  /**
   * Extracts from one text; waits where too many are under way.
   *
   * @return completed by the thread that ran the batch, so whoever continues on it must not block;
   *     exceptionally with a {@link io.github.wenliu.models.inference.ModelException}
   */
  CompletableFuture<Extraction> extract(ExtractionRequest request);

  /** Gives back the model; the last one to do so closes it. */
  @Override
  void close();
}
