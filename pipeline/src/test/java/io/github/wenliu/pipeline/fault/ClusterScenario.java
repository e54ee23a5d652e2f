package io.github.wenliu.pipeline.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Documents flow through the standalone cluster of {@code deploy/cluster.sh}, each process its own
 * JVM, while a TaskManager and then the JobManager are killed with -9.
 */
final class ClusterScenario implements AutoCloseable {

  private static final long POLL_MILLIS = 500;
  private static final int SCRIPT_SECONDS = 300;
  private static final int DRAIN_SECONDS = 600;

  private final Path script;
  private final Path directory;
  private final long documents;
  private final double perSecond;
  private final Consumer<String> log;
  private final AtomicLong published = new AtomicLong();
  private PipelineConfig config;

  ClusterScenario(
      Path script, Path directory, long documents, double perSecond, Consumer<String> log) {
    this.script = script;
    this.directory = directory;
    this.documents = documents;
    this.perSecond = perSecond;
    this.log = log;
  }

  /** Runs it all and returns what a committed reader sees in the end. */
  Outcome run() throws Exception {
    script("start", "--taskmanagers", "1", "--slots", "2");
    script("submit", "--parallelism", "2");
    config =
        PipelineConfig.of(
            Map.of("kafka.bootstrap", status().path("broker").path("bootstrap").textValue()));
    var publishing = CompletableFuture.runAsync(this::publish);
    awaitPublished(0.25);
    awaitNewState();
    script("kill-taskmanager", "1");
    log.accept("TaskManager killed after " + published.get() + " documents were published");
    long killed = System.nanoTime();
    script("start-taskmanager", "1");
    script("await-running");
    log.accept("tasks run again " + millisSince(killed) + " ms after the kill");
    awaitPublished(0.6);
    awaitNewState();
    script("kill-jobmanager");
    log.accept("JobManager killed after " + published.get() + " documents were published");
    killed = System.nanoTime();
    script("start-jobmanager");
    script("resume");
    log.accept(
        "job resubmitted from its newest checkpoint, tasks run again "
            + millisSince(killed)
            + " ms after the kill");
    publishing.get();
    return awaitAll();
  }

  /** What a reader that does not wait for commits sees. */
  Outcome uncommitted() {
    return Outcome.read(config, "read_uncommitted");
  }

  private Outcome awaitAll() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    while (Outcome.read(config, "read_committed").inputs() < documents
        && System.nanoTime() < deadline) {
      Thread.sleep(4 * POLL_MILLIS);
    }
    Thread.sleep(TimeUnit.SECONDS.toMillis(6));
    return Outcome.read(config, "read_committed");
  }

  private void publish() {
    try (var publisher = DocumentPublisher.open(config, new Pace(perSecond), published::set)) {
      publisher.publish(new GeneratedDocuments(documents));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitPublished(double share) throws InterruptedException {
    while (published.get() < share * documents) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void awaitNewState() throws Exception {
    var before = status().path("newest").asText();
    while (status().path("newest").asText().equals(before)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(script("status", "--json"));
  }

  private String script(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(script.toString());
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(directory, "cluster", ".out");
    var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(directory.resolve("cluster.log").toFile());
    builder.environment().put("WENLIU_CLUSTER_DIR", directory.resolve("cluster").toString());
    var process = builder.start();
    if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          command + " failed:\n" + Files.readString(directory.resolve("cluster.log")));
    }
    return Files.readString(out);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @Override
  public void close() throws Exception {
    script("stop");
  }
}
