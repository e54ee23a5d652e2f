package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.pipeline.cli.ControlRequests.Wanted;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The models that find entities and relations. */
@Command(
    name = "models",
    description = "Lists and checks models, and says which one a running job extracts with.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelsListCommand.class,
      ModelsCheckCommand.class,
      ModelsCommand.Select.class,
      ModelsCommand.Reset.class
    })
final class ModelsCommand implements Runnable {

  /** How long a job may take to fetch, check and open a model, in seconds. */
  private static final int OPENED = 180;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: models ls, check, select or reset");
  }

  private static Wanted wanted(String channel, String action, String value, String done) {
    return new Wanted(
        "extraction of " + channel,
        ControlChange.MODEL,
        ControlChange.EXTRACTION,
        action,
        value,
        done);
  }

  /** Chooses another model. */
  @Command(
      name = "select",
      description =
          "Has a running job extract the documents of a channel with another model. The job"
              + " fetches, checks and opens it first; if that fails it stays with the model it has."
              + " Waits until the job has answered.",
      mixinStandardHelpOptions = true)
  static final class Select implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Mixin private ControlRequests.EffectiveFrom from;

    @Mixin private LocalModels models;

    @Parameters(
        paramLabel = "NAME[/VERSION]",
        description =
            "The model; without a version the newest that is at hand here. none for no extraction.")
    private String model;

    @Option(
        names = "--scheme",
        paramLabel = "NAME",
        description = "Label scheme of the entities, or none (${DEFAULT-VALUE}).")
    private String scheme = "news";

    @Option(
        names = "--relations",
        paramLabel = "NAME",
        description =
            "Label scheme of the relations, or none; left out, it is duie if the model is at hand"
                + " here and has it, else none.")
    private String relations;

    @Override
    public Integer call() {
      var choice =
          model.equals(ModelChoice.NONE.text())
              ? ModelChoice.NONE
              : models.choice(model, scheme, relations);
      var wanted = wanted(requests.channel(), ControlChange.SELECT, choice.text(), choice.text());
      return requests.ask(List.of(wanted), from.text(), OPENED);
    }
  }

  /** Goes back to the configuration. */
  @Command(
      name = "reset",
      description =
          "Takes back what was selected: from then on the documents of a channel are extracted with"
              + " the model that the job's configuration names.",
      mixinStandardHelpOptions = true)
  static final class Reset implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Override
    public Integer call() {
      var wanted = wanted(requests.channel(), null, null, "as configured");
      return requests.ask(List.of(wanted), null, OPENED);
    }
  }
}
