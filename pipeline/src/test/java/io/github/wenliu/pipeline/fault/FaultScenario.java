package io.github.wenliu.pipeline.fault;

import io.github.wenliu.pipeline.cli.Wenliu;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.Pace;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.TopicAdministration;
import io.github.wenliu.pipeline.local.BrokerProcess;
import io.github.wenliu.pipeline.local.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Documents flow through a broker in its own JVM and a job in another while either is killed with
 * -9. Ends when every document has come out, or fails.
 */
final class FaultScenario implements AutoCloseable {

  private static final String BROKER_HEAP = "512m";
  private static final String JOB_HEAP = "1200m";
  private static final int START_SECONDS = 120;
  private static final int DRAIN_SECONDS = 600;
  private static final long POLL_MILLIS = 200;

  private final Path directory;
  private final long documents;
  private final double perSecond;
  private final Consumer<String> log;
  private final AtomicLong published = new AtomicLong();

  private ChildJvm broker;
  private ChildJvm job;
  private PipelineConfig config;
  private int port;
  private int starts;

  /**
   * @param directory where everything is kept
   * @param documents how many flow
   * @param perSecond how fast they are published
   */
  FaultScenario(Path directory, long documents, double perSecond, Consumer<String> log) {
    this.directory = directory;
    this.documents = documents;
    this.perSecond = perSecond;
    this.log = log;
  }

  /** Starts the broker, creates the topics and starts the job, fresh. */
  void start() throws Exception {
    Files.createDirectories(directory);
    startBroker();
    config =
        PipelineConfig.of(
            Map.of(
                "kafka.bootstrap", "localhost:" + port, "kafka.properties.max.block.ms", "120000"));
    try (var admin = KafkaClients.admin(config)) {
      new TopicAdministration(config, admin).apply();
    }
    startJob();
  }

  /** Publishes all documents at their pace, in the background. */
  CompletableFuture<Void> publish() {
    return CompletableFuture.runAsync(
        () -> {
          try (var publisher =
              DocumentPublisher.open(config, new Pace(perSecond), published::set)) {
            publisher.publish(new GeneratedDocuments(documents));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Waits until this share of the documents is published. */
  void awaitPublished(double share) throws InterruptedException {
    while (published.get() < share * documents) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Kills the job after a checkpoint of its own, starts it again and waits until it runs. */
  void killJob() throws Exception {
    awaitNewCheckpoint();
    job.kill();
    log.accept("job killed after " + published.get() + " documents were published");
    long before = System.nanoTime();
    startJob();
    log.accept(
        "job runs again after "
            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)
            + " ms, JVM start included");
  }

  /** Kills the broker and starts it again on the same data. */
  void killBroker() throws Exception {
    broker.kill();
    log.accept("broker killed after " + published.get() + " documents were published");
    Thread.sleep(TimeUnit.SECONDS.toMillis(2));
    startBroker();
    log.accept("broker runs again");
  }

  /** Waits until a committed reader sees as many records as there were documents. */
  Outcome awaitAll() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    Outcome outcome;
    do {
      Thread.sleep(TimeUnit.SECONDS.toMillis(2));
      outcome = Outcome.read(config, "read_committed");
      if (!job.isAlive()) {
        throw new IllegalStateException("the job ended:\n" + job.output());
      }
    } while (outcome.inputs() < documents && System.nanoTime() < deadline);
    // Nothing may follow once everything is out.
    Thread.sleep(TimeUnit.SECONDS.toMillis(6));
    return Outcome.read(config, "read_committed");
  }

  /** What a reader that does not wait for commits sees. */
  Outcome uncommitted() {
    return Outcome.read(config, "read_uncommitted");
  }

  private void startBroker() throws Exception {
    broker =
        ChildJvm.start(
            directory.resolve("broker-" + starts++ + ".log"),
            BROKER_HEAP,
            BrokerProcess.class,
            directory.resolve("kafka").toString(),
            Integer.toString(port));
    var line = broker.awaitLine(BrokerProcess.READY, START_SECONDS);
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  private void startJob() throws Exception {
    var expectCheckpoint = newestCheckpoint();
    job =
        ChildJvm.start(
            directory.resolve("job-" + starts++ + ".log"),
            JOB_HEAP,
            Wenliu.class,
            "run",
            "--local",
            "--bootstrap",
            "localhost:" + port,
            "--data",
            directory.resolve("job").toString(),
            "--parallelism",
            "2");
    job.awaitLine(
        expectCheckpoint.isPresent() ? "going on from" : "starting without", START_SECONDS);
    job.awaitLine(" runs;", START_SECONDS);
  }

  private void awaitNewCheckpoint() throws Exception {
    var before = newestCheckpoint();
    while (newestCheckpoint().isEmpty() || newestCheckpoint().equals(before)) {
      Thread.sleep(POLL_MILLIS);
      if (!job.isAlive()) {
        throw new IllegalStateException("the job ended:\n" + job.output());
      }
    }
  }

  private Optional<Path> newestCheckpoint() throws IOException {
    return Checkpoints.newest(directory.resolve("job").resolve("checkpoints"));
  }

  @Override
  public void close() throws Exception {
    if (job != null) {
      job.kill();
    }
    if (broker != null) {
      broker.kill();
    }
  }

  /** The same documents through a job that nothing happens to. */
  static Outcome undisturbed(Path directory, long documents) throws Exception {
    var scenario = new FaultScenario(directory, documents, Double.POSITIVE_INFINITY, line -> {});
    try (scenario) {
      scenario.start();
      scenario.publish().get();
      return scenario.awaitAll();
    }
  }
}
