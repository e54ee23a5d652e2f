package io.github.wenliu.operators.async;

import io.github.wenliu.models.inference.InferenceMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Adds up what a running model tells. For many threads. */
final class InferenceStatistics implements InferenceMetrics {

  private final LongConsumer latencyNanos;
  private final LongConsumer queueWaitNanos;
  private final LongConsumer batchSize;
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder fallbacks = new LongAdder();
  private final LongAdder openings = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder paddedTokens = new LongAdder();

  /**
   * @param latencyNanos takes what each run took
   * @param queueWaitNanos takes what each row waited for its batch
   * @param batchSize takes the rows of each batch
   */
  InferenceStatistics(
      LongConsumer latencyNanos, LongConsumer queueWaitNanos, LongConsumer batchSize) {
    this.latencyNanos = latencyNanos;
    this.queueWaitNanos = queueWaitNanos;
    this.batchSize = batchSize;
  }

  @Override
  public void batch(int rows, int tokens, int paddedTokens, long nanos) {
    answered.add(rows);
    this.tokens.add(tokens);
    this.paddedTokens.add(paddedTokens);
    latencyNanos.accept(nanos);
    batchSize.accept(rows);
  }

  @Override
  public void waited(long nanos) {
    queueWaitNanos.accept(nanos);
  }

  @Override
  public void failed(int rows) {
    failed.add(rows);
  }

  @Override
  public void timedOut(int rows) {
    timedOut.add(rows);
  }

  @Override
  public void fellBackToCpu() {
    fallbacks.increment();
  }

  /** Says that the model is being opened. */
  void opened() {
    openings.increment();
  }

  /** How often the model was opened again. */
  long reloads() {
    return Math.max(0, openings.sum() - 1);
  }

  /** Rows that a batch has answered. */
  long answered() {
    return answered.sum();
  }

  /** Rows whose batch failed. */
  long failed() {
    return failed.sum();
  }

  /** Rows whose run was given up as hung. */
  long timedOut() {
    return timedOut.sum();
  }

  /** Rows that have been run, however it ended. */
  long requests() {
    return answered() + failed() + timedOut();
  }

  /** How often a model got the processor instead of the GPU. */
  long fallbacks() {
    return fallbacks.sum();
  }

  /** Share of padding in all that has been run, in [0, 1). */
  double paddingRatio() {
    long padded = paddedTokens.sum();
    return padded == 0 ? 0 : 1 - (double) tokens.sum() / padded;
  }
}
