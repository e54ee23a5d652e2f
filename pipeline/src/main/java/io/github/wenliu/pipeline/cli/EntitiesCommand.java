package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.pipeline.cli.ControlRequests.Wanted;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The strings that people say are entities. */
@Command(
    name = "entities",
    description = "Says of strings that they are entities wherever they stand, and lists those.",
    mixinStandardHelpOptions = true,
    subcommands = {
      EntitiesListCommand.class,
      EntitiesCommand.Pin.class,
      EntitiesCommand.Unpin.class
    })
final class EntitiesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: entities ls, pin or unpin");
  }

  /** Says that a string is an entity. */
  @Command(
      name = "pin",
      description =
          "Says that a text is an entity of a type wherever it stands in a document, whatever the"
              + " model thinks, and waits until the job has answered.",
      mixinStandardHelpOptions = true)
  static final class Pin implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Mixin private ControlRequests.EffectiveFrom from;

    @Parameters(index = "0", paramLabel = "TEXT", description = "The entity.")
    private String text;

    @Parameters(
        index = "1",
        paramLabel = "TYPE",
        description = "Its type, such as PER, ORG or LOC of the scheme news.")
    private String type;

    @Override
    public Integer call() {
      var wanted =
          new Wanted(
              text, ControlChange.ENTITY, text, ControlChange.PIN, type, "pinned as " + type);
      return requests.ask(List.of(wanted), from.text(), ControlRequests.AT_ONCE);
    }
  }

  /** Takes back what was said. */
  @Command(
      name = "unpin",
      description =
          "Takes back that texts are entities, and waits until the job has answered: from then on"
              + " the model decides again.",
      mixinStandardHelpOptions = true)
  static final class Unpin implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The entities.")
    private List<String> texts;

    @Override
    public Integer call() {
      var wanted =
          texts.stream()
              .distinct()
              .map(text -> new Wanted(text, ControlChange.ENTITY, text, null, null, "released"))
              .toList();
      return requests.ask(wanted, null, ControlRequests.AT_ONCE);
    }
  }
}
