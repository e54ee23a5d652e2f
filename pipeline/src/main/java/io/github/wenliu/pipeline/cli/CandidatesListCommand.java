package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the groups of unlinked mentions as the topic of entity candidates has them now. */
@Command(
    name = "ls",
    description =
        "Lists what the stream mentions again and again and the knowledge base does not know, those"
            + " that are mentioned most first; times are UTC.",
    mixinStandardHelpOptions = true)
final class CandidatesListCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the candidates (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(names = "--top", paramLabel = "N", description = "The N that are mentioned most.")
  private long top = Long.MAX_VALUE;

  @Option(names = "--json", description = "Each candidate as a JSON object, as the topic has it.")
  private boolean json;

  @Override
  public void run() {
    if (top < 1) {
      throw new UsageException("--top is " + top + ", must be positive");
    }
    var candidates = StoredCandidate.of(configOptions.read(), channel).limit(top);
    var out = StandardOutput.open();
    if (json) {
      candidates.forEach(candidate -> out.println(candidate.state()));
    } else {
      out.println(StoredCandidate.heading());
      candidates.forEach(candidate -> out.println(candidate.summary()));
    }
    out.flush();
  }
}
