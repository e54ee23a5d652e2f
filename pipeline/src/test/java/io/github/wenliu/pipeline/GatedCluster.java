package io.github.wenliu.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A cluster in the test's own JVM for jobs that read from a {@link PartitionsSource}, whose gates
 * say where they fail or are stopped, and that end in a {@link CollectFunction}.
 */
final class GatedCluster implements AutoCloseable {

  private static final int SLOTS = 4;

  private final Path directory;
  private final int failures;
  private final MiniCluster cluster;

  /**
   * @param directory an empty one, for checkpoints and savepoints
   * @param failures how many a job outlives
   */
  GatedCluster(Path directory, int failures) throws Exception {
    this.directory = directory;
    this.failures = failures;
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(engine())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
  }

  /** Where a job of this cluster is wired. */
  StreamExecutionEnvironment environment(int parallelism) {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(engine());
    environment.setParallelism(parallelism);
    return environment;
  }

  /**
   * Starts a job without waiting for anything.
   *
   * @param savepoint {@code null} to begin
   */
  JobID submit(StreamExecutionEnvironment environment, String savepoint) throws Exception {
    var graph = environment.getStreamGraph().getJobGraph();
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    return cluster.submitJob(graph).get().getJobID();
  }

  /** The gates before one are open, and what would be induced behind them has happened. */
  void startAt(String run, int gate) {
    PartitionsSource.Run.of(run).opened.set(gate);
    PartitionsSource.Run.of(run).failures.set(failures);
  }

  /**
   * Waits until all partitions have come to a gate, and stops the job there.
   *
   * @param isReady what else is waited for
   * @return the savepoint
   */
  String stopAtGate(String run, JobID job, int partitions, int gate, BooleanSupplier isReady)
      throws Exception {
    try {
      while (PartitionsSource.Run.of(run).heldAt(gate).size() < partitions
          || !isReady.getAsBoolean()
          || !isRunning(job)) {
        if (cluster.requestJobResult(job).isDone()) {
          toTheEnd(run, job);
          throw new IllegalStateException(run + " ended before gate " + gate);
        }
        Thread.sleep(10);
      }
      var savepoint =
          cluster
              .stopWithSavepoint(job, uri("savepoints"), false, SavepointFormatType.CANONICAL)
              .get();
      toTheEnd(run, job);
      return savepoint;
    } catch (Exception e) {
      cluster.cancelJob(job);
      throw e;
    }
  }

  /** Whether a savepoint can be taken: no task is still on its way. */
  private boolean isRunning(JobID job) throws Exception {
    for (var vertex : cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
      var state = vertex.getExecutionState();
      if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
        return false;
      }
    }
    return true;
  }

  /** Waits until a job ends; returns all that came out of its run, sorted. */
  List<String> toTheEnd(String run, JobID job) throws Exception {
    cluster.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
    return CollectFunction.collectedBy(run).stream().sorted().toList();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }

  private Configuration engine() {
    var engine = PipelineJob.engine(new Configuration());
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    engine.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"));
    engine.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
    engine.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, failures);
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    engine.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(20));
    engine.set(RestOptions.BIND_PORT, "0");
    return engine;
  }
}
