package io.github.wenliu.models.inference;

import java.io.Serializable;
import java.time.Duration;

/**
 * How models are run.
 *
 * @param provider where
 * @param deviceId number of the GPU
 * @param fallbackToCpu whether {@link Provider#CUDA} may become the processor where there is no GPU
 * @param threads threads of one run on the processor
 * @param workers threads that run batches of one model at the same time
 * @param maxBatch most rows of a batch
 * @param maxBatchTokens most positions of a batch, padding included
 * @param linger how long a row waits at most for others of its length
 * @param queueCapacity rows that may wait; whoever submits more waits too
 * @param timeout after which a run counts as hung
 * @param deviceMemoryBytes most memory of the GPU that a session takes
 */
public record InferenceParameters(
    Provider provider,
    int deviceId,
    boolean fallbackToCpu,
    int threads,
    int workers,
    int maxBatch,
    int maxBatchTokens,
    Duration linger,
    int queueCapacity,
    Duration timeout,
    long deviceMemoryBytes)
    implements Serializable {

  /** One worker on the processor. */
  public static final InferenceParameters DEFAULT =
      new InferenceParameters(
          Provider.CPU,
          0,
          false,
          1,
          1,
          32,
          8192,
          Duration.ofMillis(2),
          1024,
          Duration.ofSeconds(30),
          2L << 30);

  public InferenceParameters {
    if (provider == null || linger == null || timeout == null) {
      throw new IllegalArgumentException("provider, linger and timeout must be given");
    }
    requirePositive("threads", threads);
    requirePositive("workers", workers);
    requirePositive("maxBatch", maxBatch);
    requirePositive("maxBatchTokens", maxBatchTokens);
    requirePositive("queueCapacity", queueCapacity);
    requirePositive("timeout", timeout.toMillis());
    requirePositive("deviceMemoryBytes", deviceMemoryBytes);
    if (deviceId < 0 || linger.isNegative()) {
      throw new IllegalArgumentException(
          "deviceId and linger must not be negative but are %d and %s".formatted(deviceId, linger));
    }
  }

  /** The same, on the processor. */
  public InferenceParameters onProcessor() {
    return with(Provider.CPU, threads, maxBatchTokens);
  }

  /**
   * The same, each run on one thread. Where several share a product of matrices, how they divide it
   * depends on the rows, and the last bits of a row on how it was divided.
   */
  public InferenceParameters onOneThread() {
    return with(provider, 1, maxBatchTokens);
  }

  /** The same, with batches of no more positions than these. */
  public InferenceParameters withBatchTokensUpTo(int most) {
    return with(provider, threads, Math.min(maxBatchTokens, most));
  }

  private InferenceParameters with(Provider provider, int threads, int maxBatchTokens) {
    return new InferenceParameters(
        provider,
        deviceId,
        fallbackToCpu,
        threads,
        workers,
        maxBatch,
        maxBatchTokens,
        linger,
        queueCapacity,
        timeout,
        deviceMemoryBytes);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be positive but is %d".formatted(name, value));
    }
  }
}
