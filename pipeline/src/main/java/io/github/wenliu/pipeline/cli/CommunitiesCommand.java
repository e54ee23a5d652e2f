package io.github.wenliu.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The communities that the stream has formed. */
@Command(
    name = "communities",
    description = "Lists the communities that words form, and shows one with its history.",
    mixinStandardHelpOptions = true,
    subcommands = {CommunitiesListCommand.class, CommunitiesShowCommand.class})
final class CommunitiesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: communities ls or communities show");
  }
}
