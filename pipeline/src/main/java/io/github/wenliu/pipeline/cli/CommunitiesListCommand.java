package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.kafka.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the communities as the topic of communities has them now. */
@Command(
    name = "ls",
    description =
        "Lists the communities of a channel as they stand, those of most flow first; times are UTC.",
    mixinStandardHelpOptions = true)
final class CommunitiesListCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the communities (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(names = "--top", paramLabel = "N", description = "The N of most flow.")
  private long top = Long.MAX_VALUE;

  @Option(names = "--json", description = "Each community as a JSON object, as the topic has it.")
  private boolean json;

  @Override
  public void run() {
    if (top < 1) {
      throw new UsageException("--top is " + top + ", must be positive");
    }
    var communities =
        CompactedTopic.live(configOptions.read(), Topic.COMMUNITIES).values().stream()
            .map(StoredCommunity::new)
            .filter(community -> community.channel().equals(channel))
            .sorted(StoredCommunity.MOST_FLOW_FIRST)
            .limit(top);
    var out = StandardOutput.open();
    if (json) {
      communities.forEach(community -> out.println(community.state()));
    } else {
      out.println(StoredCommunity.heading());
      communities.forEach(community -> out.println(community.summary()));
    }
    out.flush();
  }
}
