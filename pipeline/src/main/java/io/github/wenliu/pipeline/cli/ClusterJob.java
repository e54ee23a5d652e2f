package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.DefaultModel;
import io.github.wenliu.pipeline.LinkingModel;
import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.config.ConfigException;
import io.github.wenliu.pipeline.kafka.PreflightException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main class of the job jar: what {@code flink run} starts on a cluster. */
@Command(
    name = "wenliu-job",
    description = "Submits the job to the cluster that Flink's own configuration names.",
    mixinStandardHelpOptions = true)
public final class ClusterJob implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions configOptions;

  public static void main(String[] arguments) throws Exception {
    var command = new CommandLine(new ClusterJob());
    // Flink's client and entry points tell the outcome by the exception alone, and picocli would
    // turn one that leaves its handler into an exit code: so it is kept and thrown here.
    var failure = new AtomicReference<Exception>();
    command.setExecutionExceptionHandler(
        (exception, commandLine, parsed) -> {
          failure.set(exception);
          return CommandLine.ExitCode.SOFTWARE;
        });
    int exitCode = command.execute(arguments);
    if (failure.get() != null) {
      throw failure.get();
    }
    if (exitCode == CommandLine.ExitCode.USAGE) {
      throw new IllegalArgumentException("wrong arguments, see above");
    }
  }

  @Override
  public void run() {
    try {
      var config = configOptions.read();
      var err = spec.commandLine().getErr();
      err.println(DefaultModel.of(config).line());
      err.println(LinkingModel.of(config).line());
      var environment = StreamExecutionEnvironment.getExecutionEnvironment();
      PipelineJob.build(environment, config, false);
      environment.executeAsync(config.jobName());
    } catch (ConfigException | PreflightException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the job could not be submitted: " + e.getMessage(), e);
    }
  }
}
