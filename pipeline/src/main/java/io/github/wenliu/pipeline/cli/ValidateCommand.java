package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.DefaultModel;
import io.github.wenliu.pipeline.LinkingModel;
import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.KnownWords;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Preflight;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the configuration without starting anything. */
@Command(
    name = "validate",
    description =
        "Checks the configuration, prints what is in force and how fast a replay may run.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Option(names = "--kafka", description = "Also checks Kafka, as the job does when it starts.")
  private boolean kafka;

  @Override
  public void run() {
    var config = configOptions.read();
    var out = StandardOutput.open();
    // A wrong list stops the job when it is submitted; better to hear of it here.
    int known = KnownWords.read(config.knownWords()).size();
    config.effective().forEach((key, value) -> out.println(key + ": " + quoted(value)));
    out.println("# newWords.known has " + known + " words");
    out.println("# " + DefaultModel.of(config).line());
    out.println("# " + LinkingModel.of(config).line());
    out.println("# " + replaySpeed(config));
    out.flush();
    if (kafka) {
      checkKafka(config, out);
    }
  }

  /** The speed that watermark alignment allows: one drift in each interval. */
  static String replaySpeed(PipelineConfig config) {
    if (config.alignmentDrift().isEmpty()) {
      return "time.alignment.maxDrift is off: a replay runs as fast as it can, and partitions may"
          + " drift apart without bound";
    }
    double perSecond =
        (double) config.alignmentDrift().get().toMillis() / config.alignmentInterval().toMillis();
    return "a replay runs at most at " + span(perSecond) + " of event time per second";
  }

  private static String span(double seconds) {
    double days = seconds / Duration.ofDays(1).toSeconds();
    double hours = seconds / Duration.ofHours(1).toSeconds();
    if (days >= 1) {
      return number(days) + " days";
    }
    return hours >= 1 ? number(hours) + " hours" : number(seconds) + " seconds";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static void checkKafka(PipelineConfig config, PrintStream out) {
    try (var admin = KafkaClients.admin(config)) {
      var findings = new Preflight(config, admin).check(PipelineJob.CHECKPOINT_INTERVAL);
      out.println(
          "# Kafka at "
              + config.bootstrap()
              + " is as the job needs it; documents has "
              + findings.documentPartitions()
              + " partitions");
      out.flush();
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** As YAML that can be read again. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9][A-Za-z0-9 ._/+-]*")
        ? value
        : "'" + value.replace("'", "''") + "'";
  }
}
