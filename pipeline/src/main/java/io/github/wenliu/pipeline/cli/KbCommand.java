package io.github.wenliu.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The knowledge base that mentions are linked to. */
@Command(
    name = "kb",
    description = {
      "Writes entries of the knowledge base, and shows those that are there.",
      "docs/kb.md says what an entry is and from when on a change counts."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      KbLoadCommand.class,
      KbGetCommand.class,
      KbStatsCommand.class,
      KbRemoveCommand.class
    })
final class KbCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: kb load, get, stats or rm");
  }
}
