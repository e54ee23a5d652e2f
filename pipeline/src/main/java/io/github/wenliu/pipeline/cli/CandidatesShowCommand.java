package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one group of unlinked mentions. */
@Command(
    name = "show",
    description =
        "Shows one candidate: how it is written, what stands around it, and where it was seen last;"
            + " times are UTC.",
    mixinStandardHelpOptions = true)
final class CandidatesShowCommand implements Callable<Integer> {

  @Mixin private ConfigOptions configOptions;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "GROUP", description = "The candidate, as candidates ls prints it.")
  private String group;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the candidate (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(names = "--json", description = "The candidate as a JSON object, as the topic has it.")
  private boolean json;

  @Override
  public Integer call() {
    var found = StoredCandidate.find(configOptions.read(), channel, group);
    if (found.isEmpty()) {
      spec.commandLine().getErr().println(StoredCandidate.missing(channel, group));
      return 1;
    }
    var candidate = found.get();
    var out = StandardOutput.open();
    if (json) {
      out.println(candidate.state());
    } else {
      out.println(StoredCandidate.heading());
      out.println(candidate.summary());
      out.println();
      out.print(candidate.details());
    }
    out.flush();
    return 0;
  }
}
