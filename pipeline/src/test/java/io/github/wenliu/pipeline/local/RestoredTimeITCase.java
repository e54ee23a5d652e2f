package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time goes on after a restore although most partitions get nothing new. */
class RestoredTimeITCase {

  private static final int DOCUMENTS = 100;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final long STEP_MILLIS = 1_000;

  @TempDir Path directory;

  @Test
  @Timeout(240)
  void whatWaitsComesOutWhenOnlyTheLastPartitionIsWrittenToAfterARestore() throws Exception {
    Optional<Path> checkpoint;
    try (var runner = LocalRunner.start(PipelineConfig.defaults(), settings())) {
      var client = runner.submit(false);
      publish(runner.config(), 0);
      publish(runner.config(), 1);
      publish(runner.config(), 2);
      awaitCheckpoints(3);
      assertThat(read(runner.config(), 1, Duration.ZERO)).isEmpty();
      client.cancel().get();
      checkpoint = Checkpoints.newest(directory.resolve("checkpoints"));
    }
    try (var runner = LocalRunner.start(PipelineConfig.defaults(), settings())) {
      assertThat(runner.restored()).isEqualTo(checkpoint).isPresent();
      var client = runner.submit(false);
      publish(runner.config(), 3);
      var expected = new HashSet<String>();
      for (int partition = 0; partition < 4; partition++) {
        int of = partition;
        IntStream.range(0, DOCUMENTS).forEach(i -> expected.add(of + "-" + i));
      }
      assertThat(read(runner.config(), expected.size(), Duration.ofSeconds(60)))
          .containsExactlyInAnyOrderElementsOf(expected);
      client.cancel().get();
    }
  }

  private LocalSettings settings() {
    return new LocalSettings(directory, false, 0, 0, 2, Duration.ofSeconds(1), null, false);
  }

  private void awaitCheckpoints(int count) throws Exception {
    var seen = new HashSet<Path>();
    while (seen.size() < count) {
      Checkpoints.newest(directory.resolve("checkpoints")).ifPresent(seen::add);
      Thread.sleep(100);
    }
  }

  /** Documents a second apart, with the same times in each partition. */
  private static void publish(PipelineConfig config, int partition) {
    try (var producer = KafkaClients.producer(config)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        var value =
            "{\"id\":\"%d-%d\",\"text\":\"文档\",\"time\":%d}"
                .formatted(partition, i, START_MILLIS + i * STEP_MILLIS);
        producer.send(
            new ProducerRecord<>(
                Topic.DOCUMENTS.name(config.topicPrefix()),
                partition,
                null,
                value.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static Set<String> read(PipelineConfig config, int enough, Duration atMost) {
    var ids = new HashSet<String>();
    long deadline = System.nanoTime() + atMost.toNanos();
    try (var reader = new ResultReader(config, List.of(Topic.ENRICHED))) {
      do {
        reader
            .poll(Duration.ofMillis(500))
            .get(Topic.ENRICHED)
            .forEach(record -> ids.add(new String(record.key(), StandardCharsets.UTF_8)));
      } while (ids.size() < enough && System.nanoTime() < deadline);
    }
    return ids;
  }
}
