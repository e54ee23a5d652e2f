package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.TopicAdministration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The topics of the system. */
@Command(
    name = "topics",
    description = "Creates the topics and sets what the job needs of them.",
    mixinStandardHelpOptions = true,
    subcommands = TopicsCommand.Apply.class)
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: topics apply");
  }

  /** Creates what is missing and mends what differs. */
  @Command(
      name = "apply",
      description =
          "Creates missing topics and mends settings that differ; again, it changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Apply implements Runnable {

    @Mixin private ConfigOptions configOptions;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      var config = configOptions.read();
      var out = spec.commandLine().getOut();
      try (var admin = KafkaClients.admin(config)) {
        var report = new TopicAdministration(config, admin).apply();
        report.forEach(out::println);
        if (report.isEmpty()) {
          out.println("nothing to do: all topics are as they should be");
        }
      } catch (ExecutionException | KafkaException e) {
        throw KafkaCalls.failure(config, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
