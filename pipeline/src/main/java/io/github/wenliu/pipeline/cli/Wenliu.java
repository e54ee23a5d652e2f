package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.Version;
import io.github.wenliu.pipeline.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The entry of the command line. Errors are one line on stderr; exit code 2 for wrong use, 1 for a
 * failure.
 */
@Command(
    name = "wenliu",
    description = "Reads text from Kafka and writes back what it learned.",
    mixinStandardHelpOptions = true,
    versionProvider = Wenliu.BuildVersion.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      TopicsCommand.class,
      PublishCommand.class,
      TailCommand.class,
      WordsCommand.class,
      CommunitiesCommand.class,
      EntitiesCommand.class,
      KbCommand.class,
      CandidatesCommand.class,
      ModelsCommand.class,
      DlqCommand.class,
      ValidateCommand.class,
      DiscoverCommand.class,
      ExtractCommand.class,
      LinkCommand.class,
      ClusterCommand.class,
      EvalCommand.class
    },
    footer = {"", "./wenliu test runs all tests; ./wenliu COMMAND --help explains a command."})
public final class Wenliu implements Runnable {

  private static final int USAGE = 2;
  private static final int FAILURE = 1;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int execute(String... arguments) {
    return new CommandLine(new Wenliu())
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> report(exception, commandLine))
        .setParameterExceptionHandler(
            (exception, given) -> {
              var commandLine = exception.getCommandLine();
              commandLine
                  .getErr()
                  .println(
                      exception.getMessage()
                          + " (see "
                          + commandLine.getCommandSpec().qualifiedName()
                          + " --help)");
              return USAGE;
            })
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  private static int report(Exception exception, CommandLine commandLine) {
    boolean wrongUse = exception instanceof UsageException || exception instanceof ConfigException;
    var message = exception.getMessage();
    commandLine.getErr().println(message == null ? exception.getClass().getSimpleName() : message);
    if (System.getenv("WENLIU_DEBUG") != null) {
      exception.printStackTrace(commandLine.getErr());
    }
    return wrongUse ? USAGE : FAILURE;
  }

  static final class BuildVersion implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"wenliu " + Version.PIPELINE};
    }
  }
}
