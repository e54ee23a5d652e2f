package io.github.wenliu.pipeline.local;

import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.config.Delivery;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.OpenTransactions;
import io.github.wenliu.pipeline.kafka.TopicAdministration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * The whole system in this JVM: an embedded broker unless Kafka is elsewhere, the topics, a Flink
 * mini-cluster with its web page, the job. The job goes on from the newest complete checkpoint of
 * its directory.
 */
public final class LocalRunner implements AutoCloseable {

  private static final long STOP_SECONDS = 20;
  private static final int WEB_PORTS = 50;
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(256);
  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);

  private final LocalSettings settings;
  private final PipelineConfig config;
  private final LocalDirectory directory;
  private final EmbeddedBroker broker;
  private final Optional<Path> restored;
  private final int webPort;

  private LocalRunner(
      LocalSettings settings,
      PipelineConfig config,
      LocalDirectory directory,
      EmbeddedBroker broker,
      Optional<Path> restored) {
    this.settings = settings;
    this.config = config;
    this.directory = directory;
    this.broker = broker;
    this.restored = restored;
    this.webPort = Ports.firstFree(settings.webPort());
  }

  /** Starts everything but the job. */
  public static LocalRunner start(PipelineConfig given, LocalSettings settings)
      throws IOException, InterruptedException, ExecutionException {
    var directory = LocalDirectory.open(settings.data(), settings.fresh());
    EmbeddedBroker broker = null;
    try {
      var restored =
          Checkpoints.toRestore(directory.checkpoints(), settings.restore(), settings.acceptLoss());
      var config = given;
      if (settings.brokerPort() != LocalSettings.NO_BROKER) {
        broker = EmbeddedBroker.start(directory.kafka(), settings.brokerPort());
        config = given.with(Map.of("kafka.bootstrap", broker.bootstrap()));
      }
      try (var admin = KafkaClients.admin(config)) {
        if (broker != null) {
          new TopicAdministration(config, admin).apply();
        }
        if (settings.fresh() && config.delivery() == Delivery.EXACTLY_ONCE) {
          new OpenTransactions(config, admin).abort();
        }
      }
      return new LocalRunner(settings, config, directory, broker, restored);
    } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
      if (broker != null) {
        broker.close();
      }
      directory.close();
      throw e;
    }
  }

  /** The configuration in force, with the address of the embedded broker. */
  public PipelineConfig config() {
    return config;
  }

  /** The checkpoint that the job goes on from. */
  public Optional<Path> restored() {
    return restored;
  }

  /** Where Flink's web page is while a job runs. */
  public String webPage() {
    return "http://localhost:" + webPort;
  }

  /**
   * Submits the job.
   *
   * @param bounded whether it ends with the documents that are there now
   */
  public JobClient submit(boolean bounded) throws Exception {
    var environment = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(engine());
    environment.setParallelism(settings.parallelism());
    PipelineJob.build(environment, config, bounded);
    return environment.executeAsync(config.jobName());
  }

  private Configuration engine() {
    var engine = new Configuration();
    engine.set(RestOptions.ADDRESS, "localhost");
    engine.set(RestOptions.BIND_ADDRESS, "localhost");
    engine.set(RestOptions.PORT, webPort);
    // Another process may take the port first; then the next free one is as good.
    engine.set(RestOptions.BIND_PORT, webPort + "-" + (webPort + WEB_PORTS));
    engine.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
    engine.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.parallelism());
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    engine.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    engine.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
    engine.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.checkpoints().toUri().toString());
    restored.ifPresent(
        path -> engine.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
    return engine;
  }

  /**
   * Waits until a job ends, by itself or cancelled.
   *
   * @throws IllegalStateException if it fails, with the reason in one line
   */
  public static void await(JobClient client) throws InterruptedException {
    try {
      client.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent()) {
        return;
      }
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      var reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
      throw new IllegalStateException("the job ended: " + reason, e);
    }
  }

  /** Cancels the job and stops the rest when this process is told to end; checkpoints stay. */
  public static void stopAtExit(LocalRunner runner, JobClient client) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (runner) {
                    client.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    // Killed or stopped makes no difference to what is restored.
                    System.err.println("the job was not stopped cleanly; nothing is lost");
                  }
                }));
  }

  /** Deletes a directory of a run. */
  public static void delete(Path data) throws IOException {
    LocalDirectory.delete(data);
  }

  @Override
  public void close() throws IOException {
    if (broker != null) {
      broker.close();
    }
    directory.close();
  }
}
