package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as it needs no Kafka. */
class WenliuTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "topics",
        "dlq",
        "eval",
        "publish",
        "tail",
        "dlq show",
        "publish no-such-file",
        "publish --rate fast x",
        "publish --rate 0/s x",
        "tail enriched --max 0",
        "dlq ls --class NONSENSE",
        "dlq redrive --max-attempts 0",
        "dlq redrive --replace-value x",
        "validate --config no-such-file.yaml",
        "validate --set no.such.key=1",
        "validate --set time.lag=none",
        "words",
        "words ls --top 0",
        "words ls --status new",
        "words pin",
        "words pin \u200B",
        "words pin --channel a/b 墨鲷",
        "words pin --from soon 墨鲷",
        "words pin --wait -1 墨鲷",
        "words ban 墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨",
        "words release --from 2026-03-01 墨鲷",
        "run --kb pom.xml",
        "kb",
        "kb load",
        "kb load no-such-file",
        "kb load --channel a/b pom.xml",
        "kb load --wait -1 pom.xml",
        "kb load --resume target/x --wait 5 pom.xml",
        "kb load --resume target/x -",
        "kb load --resume pom.xml pom.xml",
        "kb load --rejected no/such/directory/x pom.xml",
        "kb get",
        "kb get --channel a/b Q1",
        "kb stats --channel a/b",
        "kb stats Q1",
        "kb rm",
        "kb rm --channel a/b Q1",
        "kb rm --wait -1 Q1",
        "kb rm \u3000",
        "communities",
        "communities ls --top 0",
        "communities ls c3",
        "communities show",
        "communities show c3 c4",
        "candidates",
        "candidates ls --top 0",
        "candidates ls 墨鲷#1",
        "candidates show",
        "candidates promote",
        "candidates promote 墨鲷#1 墨鲷#2",
        "candidates release",
        "candidates release 墨鲷",
        "candidates release --from 2026-03-01 墨鲷#1",
        "validate --set communities.halfLife=9s",
        "validate --set communities.weighting=pmi",
        "validate --set newWords.minCount=1",
        "validate --set newWords.known=no-such-file",
        "validate --set newWords.emitKnown=yes",
        "eval segmentation",
        "eval segmentation --gold no-such-file"
      })
  void wrongUseIsOneLineAndTwo(String line) {
    var run = CommandLineRun.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics apply",
        "publish",
        "tail",
        "validate",
        "kb load",
        "kb get",
        "kb stats",
        "kb rm",
        "dlq ls",
        "dlq show",
        "dlq redrive",
        "words ls",
        "words history",
        "words pin",
        "words ban",
        "words release",
        "communities ls",
        "communities show",
        "candidates ls",
        "candidates show",
        "candidates promote",
        "candidates release",
        "eval segmentation"
      })
  void everyCommandExplainsItself(String command) {
    var run = CommandLineRun.of((command + " --help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: wenliu " + command);
  }

  @Test
  void validatePrintsWhatCanBeReadAgain() throws IOException {
    var file =
        Files.writeString(
            directory.resolve("wenliu.yaml"),
            "job.name: nightly\nkafka.properties.sasl.jaas.config: \"it's\"\n");

    var run = CommandLineRun.of("validate", "--config", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .contains("job.name: nightly", "kafka.properties.sasl.jaas.config: '******'")
        .anyMatch(line -> line.startsWith("# documents are extracted with fast/v"))
        .anyMatch(line -> line.startsWith("# mentions are linked with link/v"))
        .endsWith("# a replay runs at most at 150 days of event time per second");
    var again = Files.writeString(directory.resolve("again.yaml"), run.out());
    assertThat(PipelineConfig.read(again, Map.of()).jobName()).isEqualTo("nightly");
  }

  @Test
  void validateReportsAllProblems() {
    var run = CommandLineRun.of("validate", "--set", "time.lag=none", "--set", "no.key=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(2);
  }

  @Test
  void replaySpeedFollowsTheAlignment() {
    assertThat(speed("1 d", "1 s")).contains("at most at 1 days");
    assertThat(speed("90 min", "1 s")).contains("at most at 1.5 hours");
    assertThat(speed("10 s", "500 ms")).contains("at most at 20 seconds");
    assertThat(speed("off", "200 ms")).contains("as fast as it can");
  }

  @Test
  void scoresTheSegmenter() throws IOException {
    var gold = Files.writeString(directory.resolve("gold.txt"), "今天 天气 很 好\n\n我 爱 北京\n");

    var run = CommandLineRun.of("eval", "segmentation", "--gold", gold.toString(), gold.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(2);
    var score = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(score.path("file").textValue()).isEqualTo("gold.txt");
    assertThat(score.path("sentences").intValue()).isEqualTo(2);
    assertThat(score.path("tokens").intValue()).isEqualTo(7);
    assertThat(score.path("f1").doubleValue()).isBetween(0.7, 1.0);
    assertThat(score.path("charactersPerSecond").longValue()).isPositive();
  }

  private static String speed(String drift, String interval) {
    return ValidateCommand.replaySpeed(
        PipelineConfig.of(
            Map.of("time.alignment.maxDrift", drift, "time.alignment.interval", interval)));
  }
}
