package io.github.wenliu.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.local.LocalRunner;
import io.github.wenliu.pipeline.local.LocalSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What the state of a job weighs after so many characters: reads them in a local run, then looks at
 * its newest checkpoint, stops, and goes on from there. Figures are Flink's own, from its web page.
 */
@Command(
    name = "bench state",
    description =
        "Measures size, checkpoint and restore of a job's state after files of documents.",
    mixinStandardHelpOptions = true)
public final class StateBenchmark implements Callable<Integer> {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 100;
  private static final double MEBI = 1 << 20;
  private static final double MILLIS = 1e3;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents, text or JSON lines.")
  private List<String> files;

  @Option(
      names = "--characters",
      paramLabel = "N",
      defaultValue = "12000000",
      description = "Characters to read (${DEFAULT-VALUE}).")
  private long characters;

  @Option(names = "--parallelism", defaultValue = "2", description = "Subtasks.")
  private int parallelism;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Settings of the job.")
  private Map<String, String> settings = Map.of();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final CountedDocuments counting = new CountedDocuments(null);

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StateBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var data = Files.createTempDirectory("wenliu-state");
    try (var runner = start(data, true)) {
      publish(runner.config());
      System.out.printf(
          "%,d documents, %,d characters, parallelism %d%n",
          counting.documents(), counting.characters(), parallelism);
      long begin = System.nanoTime();
      var client = runner.submit(false);
      awaitRead(runner);
      double seconds = since(begin);
      System.out.printf(
          "read in %.1f s, %,.0f characters/s%n", seconds, counting.characters() / seconds);
      print(runner, client);
      cancel(client);
    }
    try (var runner = start(data, false)) {
      long begin = System.nanoTime();
      var client = runner.submit(false);
      awaitRunning(runner, client);
      System.out.printf("restored, all subtasks running: %.1f s after submission%n", since(begin));
      while (checkpoints(runner, client).path("latest").path("completed").isNull()) {
        Thread.sleep(POLL_MILLIS);
      }
      System.out.printf("first checkpoint after the restore: %.1f s%n", since(begin));
      cancel(client);
    }
    LocalRunner.delete(data);
    return 0;
  }

  private LocalRunner start(Path data, boolean fresh)
      throws IOException, InterruptedException, ExecutionException {
    return LocalRunner.start(
        PipelineConfig.defaults().with(settings),
        new LocalSettings(data, fresh, 0, 0, parallelism, CHECKPOINT_INTERVAL, null, false));
  }

  private void publish(PipelineConfig config) throws IOException, InterruptedException {
    try (var publisher = DocumentPublisher.open(config)) {
      for (String file : files) {
        try (var records = DocumentFile.open(file)) {
          publisher.publish(upToLimit(counting.over(records)));
        }
      }
    }
  }

  private Iterator<FileRecord> upToLimit(Iterator<FileRecord> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return counting.characters() < characters && records.hasNext();
      }

      @Override
      public FileRecord next() {
        return records.next();
      }
    };
  }

  /** Waits until a checkpoint covers all that was published. */
  private static void awaitRead(LocalRunner runner)
      throws ExecutionException, InterruptedException {
    try (var admin = KafkaClients.admin(runner.config())) {
      var ends = ends(admin, runner.config());
      while (!ends.equals(read(admin, runner.config()))) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin, PipelineConfig config)
      throws ExecutionException, InterruptedException {
    var topic = Topic.DOCUMENTS.name(config.topicPrefix());
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (int partition = 0; partition < config.topicPartitions(); partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    var ends = new HashMap<TopicPartition, Long>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  /** Flink commits the offsets of its sources when a checkpoint is complete. */
  private static Map<TopicPartition, Long> read(Admin admin, PipelineConfig config)
      throws ExecutionException, InterruptedException {
    var topic = Topic.DOCUMENTS.name(config.topicPrefix());
    var read = new HashMap<TopicPartition, Long>();
    admin
        .listConsumerGroupOffsets(config.jobName())
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (partition.topic().equals(topic)) {
                read.put(partition, offset.offset());
              }
            });
    return read;
  }

  private void print(LocalRunner runner, JobClient client)
      throws IOException, InterruptedException {
    var all = checkpoints(runner, client);
    var newest = all.path("latest").path("completed");
    System.out.printf(
        "newest checkpoint: %.1f MiB of state, %.1f MiB of them written, %.2f s%n",
        newest.path("state_size").asLong() / MEBI,
        newest.path("checkpointed_size").asLong() / MEBI,
        newest.path("end_to_end_duration").asLong() / MILLIS);
    var duration = all.path("summary").path("end_to_end_duration");
    var written = all.path("summary").path("checkpointed_size");
    System.out.printf(
        "all %d checkpoints: %.2f s on average, %.2f s at most; %.1f MiB written on average%n",
        all.path("counts").path("completed").asInt(),
        duration.path("avg").asLong() / MILLIS,
        duration.path("max").asLong() / MILLIS,
        written.path("avg").asLong() / MEBI);
    var tasks =
        get(runner, client, "/checkpoints/details/" + newest.path("id").asText()).path("tasks");
    for (var vertex : get(runner, client, "").path("vertices")) {
      long size = tasks.path(vertex.path("id").asText()).path("state_size").asLong();
      if (size >= MEBI) {
        System.out.printf("  %8.1f MiB  %s%n", size / MEBI, vertex.path("name").asText());
      }
    }
  }

  private void awaitRunning(LocalRunner runner, JobClient client)
      throws IOException, InterruptedException {
    boolean running = false;
    while (!running) {
      Thread.sleep(POLL_MILLIS);
      var vertices = get(runner, client, "").path("vertices");
      running = !vertices.isEmpty();
      for (var vertex : vertices) {
        running &= "RUNNING".equals(vertex.path("status").asText());
      }
    }
  }

  private JsonNode checkpoints(LocalRunner runner, JobClient client)
      throws IOException, InterruptedException {
    return get(runner, client, "/checkpoints");
  }

  private JsonNode get(LocalRunner runner, JobClient client, String path)
      throws IOException, InterruptedException {
    var uri = URI.create(runner.webPage() + "/jobs/" + client.getJobID() + path);
    var answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return mapper.readTree(answer.body());
  }

  private static void cancel(JobClient client) throws Exception {
    client.cancel().get();
    LocalRunner.await(client);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
