package io.github.wenliu.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores against gold files. */
@Command(
    name = "eval",
    description = "Scores against gold files and prints one JSON object for each.",
    mixinStandardHelpOptions = true,
    subcommands = {
      EvalSegmentationCommand.class,
      EvalWordsCommand.class,
      EvalEntitiesCommand.class,
      EvalRelationsCommand.class,
      EvalLinksCommand.class,
      EvalLinkExamplesCommand.class
    })
final class EvalCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name what to score: segmentation, words, entities, relations or links");
  }
}
