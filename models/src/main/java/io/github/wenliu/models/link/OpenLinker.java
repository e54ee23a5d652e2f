package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.Batcher;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.SharedMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What all users of one linking model in a process share. */
final class OpenLinker implements AutoCloseable {

  /**
   * Pairs of one row, and of one batch, at most. What a graph makes of more does not fit into the
   * caches of a processor, and takes longer for each.
   */
  static final int MOST_PAIRS = 512;

  private final LinkerManifest manifest;
  private final SharedMetrics metrics = new SharedMetrics();
  private final Describer describer;
  private final Batcher<PairRow, float[]> batcher;

  private OpenLinker(ModelPackage from, LinkerManifest manifest, InferenceParameters parameters) {
    this.manifest = manifest;
    var bounded = parameters.onOneThread().withBatchTokensUpTo(MOST_PAIRS);
    // On the processor, wherever the scorer runs: one is not worth a way to another device.
    this.describer = Describer.open(from, manifest, bounded.onProcessor(), metrics);
    try {
      this.batcher =
          new Batcher<>(
              from.id(), () -> PairScorer.open(from, manifest, bounded, metrics), bounded, metrics);
    } catch (RuntimeException | Error e) {
      describer.close();
      throw e;
    }
  }

  /** Opens a package and runs it once. */
  static OpenLinker open(
      ModelPackage from,
      LinkerManifest manifest,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var opened = new OpenLinker(from, manifest, parameters);
    opened.metrics.add(metrics);
    try {
      opened.warmUp();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    } finally {
      opened.metrics.remove(metrics);
    }
  }

  /** With the first and the last token that there is, so that both graphs know all of them. */
  private void warmUp() {
    int[] tokens = new int[manifest.tokens()];
    tokens[0] = LinkTokens.VOCABULARY - 1;
    tokens[manifest.tokens() - 1] = 1;
    describer.describe(List.of(tokens));
    var pair =
        new LinkPairs(
            1, new float[manifest.features().size()], tokens, new byte[manifest.vector()]);
    try {
      score(pair).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelException("a model failed", e.getCause());
    }
  }

  LinkerManifest manifest() {
    return manifest;
  }

  SharedMetrics metrics() {
    return metrics;
  }

  Describer describer() {
    return describer;
  }

  /** Scores the pairs of a document, in rows of at most {@value #MOST_PAIRS}. */
  CompletableFuture<float[]> score(LinkPairs pairs) {
    requireSize("features", manifest.features().size(), pairs.features().length, pairs);
    requireSize("tokens of context", manifest.tokens(), pairs.context().length, pairs);
    requireSize("numbers of a description", manifest.vector(), pairs.descriptions().length, pairs);
    if (pairs.pairs() <= MOST_PAIRS) {
      return batcher.submit(new PairRow(pairs, 0, pairs.pairs()));
    }
    var answers = new ArrayList<CompletableFuture<float[]>>();
    for (int from = 0; from < pairs.pairs(); from += MOST_PAIRS) {
      answers.add(
          batcher.submit(new PairRow(pairs, from, Math.min(from + MOST_PAIRS, pairs.pairs()))));
    }
    var joined = new CompletableFuture<float[]>();
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .whenComplete(
            (unused, failure) -> {
              if (failure == null) {
                joined.complete(joined(answers, pairs.pairs()));
              } else {
                joined.completeExceptionally(
                    failure instanceof CompletionException ? failure.getCause() : failure);
              }
            });
    return joined;
  }

  private static float[] joined(List<CompletableFuture<float[]>> answers, int pairs) {
    var all = new float[pairs * PairScorer.LOGITS];
    int at = 0;
    for (var answer : answers) {
      float[] some = answer.join();
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }

  private static void requireSize(String what, int each, int found, LinkPairs pairs) {
    if (pairs.pairs() < 1 || found != Math.multiplyExact(pairs.pairs(), each)) {
      throw new IllegalArgumentException(
          "%d pairs of %d %s need at least one and %d numbers but there are %d"
              .formatted(pairs.pairs(), each, what, (long) pairs.pairs() * each, found));
    }
  }

  @Override
  public void close() {
    batcher.close();
    describer.close();
  }
}
