package io.github.wenliu.pipeline.local;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a local run is set up.
 *
 * @param data directory of the run
 * @param fresh whether to forget what an earlier run left there
 * @param brokerPort port of the embedded broker, 0 for a free one; negative for none, Kafka is
 *     elsewhere
 * @param webPort port of Flink's web page; the next free one if it is taken
 * @param parallelism subtasks of each operator
 * @param checkpointInterval how often a checkpoint is taken
 * @param restore checkpoint or savepoint to go on from, or {@code null} for the newest
 * @param acceptLoss whether {@code restore} may be older than the newest
 */
public record LocalSettings(
    Path data,
    boolean fresh,
    int brokerPort,
    int webPort,
    int parallelism,
    Duration checkpointInterval,
    Path restore,
    boolean acceptLoss) {

  /** No embedded broker. */
  public static final int NO_BROKER = -1;

  public LocalSettings {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + ", must be positive");
    }
  }
}
