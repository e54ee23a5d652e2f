package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.kafka.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the pinned entities as the topic of control records has them now. */
@Command(
    name = "ls",
    description =
        "Lists the entities that are pinned in a channel, as the topic control has them: what the"
            + " job refused stands there, too, until it is taken back.",
    mixinStandardHelpOptions = true)
final class EntitiesListCommand implements Runnable {

  private static final String LINE = "%-16s  %s";

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the entities (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Override
  public void run() {
    var prefix = ControlChange.ENTITY + "/" + channel + "/";
    var records = CompactedTopic.live(configOptions.read(), Topic.CONTROL);
    var out = StandardOutput.open();
    out.println(LINE.formatted("TYPE", "ENTITY"));
    records.forEach(
        (key, record) -> {
          if (key.startsWith(prefix)) {
            out.println(
                LINE.formatted(
                    RecordText.shown(record.path("value").asText()),
                    RecordText.shown(key.substring(prefix.length()))));
          }
        });
    out.flush();
  }
}
