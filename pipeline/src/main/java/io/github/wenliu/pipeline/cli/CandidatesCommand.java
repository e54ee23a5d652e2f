package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
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

/** The groups of mentions that nothing in the knowledge base fits. */
@Command(
    name = "candidates",
    description =
        "Lists what the stream mentions and the knowledge base does not know, and makes entries of"
            + " it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CandidatesListCommand.class,
      CandidatesShowCommand.class,
      CandidatesCommand.Promote.class,
      CandidatesCommand.Release.class
    })
final class CandidatesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: candidates ls, show, promote or release");
  }

  /** Makes a group an entry. */
  @Command(
      name = "promote",
      description =
          "Makes a candidate an entry of the knowledge base and waits until the job has answered:"
              + " from then on its names are linked. What is not said follows from the candidate.",
      mixinStandardHelpOptions = true)
  static final class Promote implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Mixin private ControlRequests.EffectiveFrom from;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "GROUP", description = "The candidate, as candidates ls prints it.")
    private String group;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "Id of the entry; candidate:GROUP if left out.")
    private String id;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of the entry; how it is written most often if left out.")
    private String name;

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "A type of the entry, any number; the most frequent one if left out.")
    private List<String> types;

    @Option(
        names = "--alias",
        paramLabel = "NAME",
        description = "Another name, any number; how else it is written if left out.")
    private List<String> aliases;

    @Option(
        names = "--description",
        paramLabel = "TEXT",
        description = "What it is; the words around it if left out.")
    private String description;

    @Override
    public Integer call() {
      var channel = requests.channel();
      var found = StoredCandidate.find(requests.config(), channel, group);
      if (found.isEmpty()) {
        spec.commandLine().getErr().println(StoredCandidate.missing(channel, group));
        return 1;
      }
      var promotion = found.get().promotion(id, name, aliases, types, description);
      var wanted =
          new Wanted(
              group,
              ControlChange.CANDIDATE,
              group,
              ControlChange.PROMOTE,
              promotion.text(),
              "entry " + RecordText.shown(promotion.id()));
      return requests.ask(List.of(wanted), from.text(), ControlRequests.AT_ONCE);
    }
  }

  /** Takes back that groups are entries. */
  @Command(
      name = "release",
      description =
          "Takes back that candidates are entries of the knowledge base, and waits until the job has"
              + " answered.",
      mixinStandardHelpOptions = true)
  static final class Release implements Callable<Integer> {

    @Mixin private ControlRequests requests;

    @Parameters(paramLabel = "GROUP", arity = "1..*", description = "The candidates.")
    private List<String> groups;

    @Override
    public Integer call() {
      var wanted =
          groups.stream()
              .distinct()
              .map(
                  group ->
                      new Wanted(group, ControlChange.CANDIDATE, group, null, null, "released"))
              .toList();
      return requests.ask(wanted, null, ControlRequests.AT_ONCE);
    }
  }
}
