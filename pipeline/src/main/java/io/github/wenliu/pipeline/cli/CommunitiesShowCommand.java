package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one community, living or dead. */
@Command(
    name = "show",
    description =
        "Shows one community with its members, those of most flow first, and its history, as far as"
            + " the topic community-events still has it; times are UTC.",
    mixinStandardHelpOptions = true)
final class CommunitiesShowCommand implements Callable<Integer> {

  private static final Comparator<JsonNode> OLDEST_FIRST =
      Comparator.<JsonNode>comparingLong(event -> event.path("epoch").asLong())
          .thenComparingLong(event -> event.path("seq").asLong());

  @Mixin private ConfigOptions configOptions;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The community, as communities ls prints it.")
  private String id;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the community (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(
      names = "--json",
      description = "One JSON object with the community, if it lives, and its events.")
  private boolean json;

  @Override
  public Integer call() {
    var config = configOptions.read();
    var community = CompactedTopic.live(config, Topic.COMMUNITIES).get(channel + "/" + id);
    var events = events(config);
    if (community == null && events.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "no community "
                  + RecordText.shown(id)
                  + " in channel "
                  + RecordText.shown(channel)
                  + ": see communities ls");
      return 1;
    }
    var out = StandardOutput.open();
    if (json) {
      printJson(community, events, out);
    } else {
      print(community, events, out);
    }
    out.flush();
    return 0;
  }

  /** What happened to it, and to others that come from it. */
  private List<JsonNode> events(PipelineConfig config) {
    var events = new ArrayList<JsonNode>();
    new TopicReader(config)
        .read(
            new TopicNames(config).resolve(Topic.COMMUNITY_EVENTS),
            From.BEGINNING,
            Until.END,
            record -> {
              RecordJson.object(record).filter(this::isAboutIt).ifPresent(events::add);
              return true;
            });
    events.sort(OLDEST_FIRST);
    return events;
  }

  private boolean isAboutIt(JsonNode event) {
    if (!event.path("channel").asText().equals(channel)) {
      return false;
    }
    boolean about = event.path("community").asText().equals(id);
    for (JsonNode parent : event.path("parents")) {
      about |= parent.asText().equals(id);
    }
    return about;
  }

  private static void printJson(JsonNode community, List<JsonNode> events, PrintStream out) {
    var object = JsonNodeFactory.instance.objectNode();
    if (community != null) {
      object.set("community", community);
    }
    object.putArray("events").addAll(events);
    out.println(object);
  }

  private void print(JsonNode community, List<JsonNode> events, PrintStream out) {
    if (community == null) {
      out.println(RecordText.shown(id) + " is no more");
    } else {
      var stored = new StoredCommunity(community);
      out.println(StoredCommunity.heading());
      out.println(stored.summary());
      out.println();
      out.print(stored.members());
    }
    if (!events.isEmpty()) {
      out.println();
      events.forEach(event -> out.println(CommunityEventLineFormat.line(event)));
    }
  }
}
