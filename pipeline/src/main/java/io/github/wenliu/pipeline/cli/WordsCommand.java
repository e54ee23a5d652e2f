package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The words that the stream has formed. */
@Command(
    name = "words",
    description =
        "Lists the words that were found, tells the history of one, and says of words that they are"
            + " some or none.",
    mixinStandardHelpOptions = true,
    subcommands = {
      WordsListCommand.class,
      WordsHistoryCommand.class,
      WordsHotCommand.class,
      WordsCommand.Pin.class,
      WordsCommand.Ban.class,
      WordsCommand.Release.class
    })
final class WordsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: words ls, history, hot, pin, ban or release");
  }

  /** Says of words that they are words. */
  @Command(
      name = "pin",
      description =
          "Says of words that they are words, whatever their statistics, and waits until the job"
              + " has answered.",
      mixinStandardHelpOptions = true)
  static final class Pin implements Callable<Integer> {

    @Mixin private WordChanges changes;

    @Mixin private ControlRequests.EffectiveFrom from;

    @Override
    public Integer call() {
      return changes.ask(ControlChange.PIN, "pinned", from.text());
    }
  }

  /** Says of words that they are none. */
  @Command(
      name = "ban",
      description =
          "Says of words that they are none, whatever their statistics, and waits until the job has"
              + " answered.",
      mixinStandardHelpOptions = true)
  static final class Ban implements Callable<Integer> {

    @Mixin private WordChanges changes;

    @Mixin private ControlRequests.EffectiveFrom from;

    @Override
    public Integer call() {
      return changes.ask(ControlChange.BAN, "banned", from.text());
    }
  }

  /** Takes back what was said. */
  @Command(
      name = "release",
      description =
          "Takes back that words are pinned or banned: from then on their statistics decide again.",
      mixinStandardHelpOptions = true)
  static final class Release implements Callable<Integer> {

    @Mixin private WordChanges changes;

    @Override
    public Integer call() {
      return changes.ask(null, "released", null);
    }
  }
}
