package io.github.wenliu.operators.async;

import java.util.concurrent.CompletableFuture;

/**
 * What was asked about a document.
 *
 * @param answer completed on any thread
 * @param heard run on the task's own thread when the answer has come or failed, though nobody may
 *     wait for it any more
 */
public record Question<A>(CompletableFuture<A> answer, Runnable heard) {

  /** With nothing to do when the answer has come. */
  public static <A> Question<A> of(CompletableFuture<A> answer) {
    return new Question<>(answer, () -> {});
  }
}
