package io.github.wenliu.pipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts decide by themselves, without starting a cluster. */
class ScriptsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path directory;

  /** How a script ended, and what it wrote to both streams. */
  private record Outcome(int exitCode, String output) {}

  @Test
  void explainsItself() throws Exception {
    assertThat(cluster("--help").output()).contains("submit", "resume", "kill-taskmanager");
    assertThat(cluster("--help").exitCode()).isZero();
  }

  @Test
  void wrongUseIsExitCodeTwoAndOneLine() throws Exception {
    for (var wrong : List.of("dance", "start --slots none", "status --xml", "resume a b")) {
      var outcome = cluster(wrong.split(" "));

      assertThat(outcome.exitCode()).as(wrong).isEqualTo(2);
      assertThat(outcome.output().lines()).as(wrong).hasSize(1);
    }
  }

  @Test
  void withoutAClusterStatusIsIncompleteAndTheRestIsRefused() throws Exception {
    assertThat(cluster("status").exitCode()).isEqualTo(3);
    assertThat(cluster("submit").exitCode()).isEqualTo(3);
    assertThat(cluster("resume").exitCode()).isEqualTo(3);
    assertThat(cluster("kill-jobmanager").exitCode()).isEqualTo(3);
    assertThat(cluster("stop").exitCode()).isZero();
  }

  @Test
  void statusIsJsonForPrograms() throws Exception {
    var newest = state("checkpoints/aaaa/chk-7", NOON);

    var status = new ObjectMapper().readTree(cluster("status", "--json").output());

    assertThat(status.path("complete").asBoolean(true)).isFalse();
    assertThat(status.at("/broker/pid").isNull()).isTrue();
    assertThat(status.at("/job/state").isNull()).isTrue();
    assertThat(status.path("newest").asText()).isEqualTo(newest.toString());
  }

  @Test
  void theNewestStateIsTheLastOneThatWasCompleted() throws Exception {
    state("checkpoints/aaaa/chk-90", NOON);
    state("savepoints/savepoint-aaaa-1", NOON.plusSeconds(20));
    var newest = state("checkpoints/bbbb/chk-3", NOON.plusSeconds(40));
    Files.createDirectories(directory.resolve("checkpoints/bbbb/chk-4"));

    assertThat(cluster("newest").output().trim()).isEqualTo(newest.toString());
  }

  @Test
  void aProcessOfSomebodyElseIsLeftAlone() throws Exception {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      var pid = directory.resolve("pid/broker");
      Files.createDirectories(pid.getParent());
      Files.writeString(pid, stranger.pid() + "\n");

      assertThat(cluster("stop").exitCode()).isZero();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aContainerGoesOnFromTheNewestState() throws Exception {
    state("checkpoints/aaaa/chk-1", NOON);
    var newest = state("checkpoints/aaaa/chk-2", NOON.plusSeconds(5));

    var outcome =
        run(
            Map.of("WENLIU_STATE", directory.toString(), "WENLIU_ENTRYPOINT", "echo"),
            "jobmanager.sh",
            "--config",
            "wenliu.yaml");

    assertThat(outcome.output().lines().reduce((first, last) -> last))
        .hasValue(
            "standalone-job --job-classname io.github.wenliu.pipeline.cli.ClusterJob"
                + " --fromSavepoint file://"
                + newest
                + " -- --config wenliu.yaml");
  }

  private Path state(String name, Instant completed) throws IOException {
    var folder = Files.createDirectories(directory.resolve(name));
    var metadata = Files.createFile(folder.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.from(completed));
    return folder;
  }

  private Outcome cluster(String... arguments) throws Exception {
    return run(Map.of("WENLIU_CLUSTER_DIR", directory.toString()), "cluster.sh", arguments);
  }

  private static Outcome run(Map<String, String> environment, String script, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of("bash", DeployFolder.path(script).toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
