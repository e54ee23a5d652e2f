package io.github.wenliu.models.inference;

/**
 * What a running model tells about itself. Called from the threads that run batches; must not
 * block.
 */
public interface InferenceMetrics {

  /** Tells nobody. */
  InferenceMetrics NONE = new InferenceMetrics() {};

  /**
   * A batch has run.
   *
   * @param rows rows of the batch
   * @param tokens positions without padding
   * @param paddedTokens positions with padding
   * @param nanos what the run took
   */
  default void batch(int rows, int tokens, int paddedTokens, long nanos) {}

  /** A row left the queue after so many nanoseconds. */
  default void waited(long nanos) {}

  /** A batch failed; more than one row are run again, each alone, and may yet be answered. */
  default void failed(int rows) {}

  /** A run was given up as hung. */
  default void timedOut(int rows) {}

  /** A model wanted the GPU and got the processor. */
  default void fellBackToCpu() {}
}
