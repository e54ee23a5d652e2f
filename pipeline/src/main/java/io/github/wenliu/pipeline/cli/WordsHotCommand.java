package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.Comparator;
import java.util.HashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the words that are hot, as the topic of trends tells it. */
@Command(
    name = "hot",
    description = {
      "Lists the words of a channel that have become hot and not cooled, the latest first.",
      "What the topic trends no longer holds is not known here."
    },
    mixinStandardHelpOptions = true)
final class WordsHotCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the words (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(names = "--top", paramLabel = "N", description = "The latest N.")
  private long top = Long.MAX_VALUE;

  @Option(names = "--json", description = "Each event as a JSON object, as the topic has it.")
  private boolean json;

  @Override
  public void run() {
    if (top < 1) {
      throw new UsageException("--top is " + top + ", must be positive");
    }
    var config = configOptions.read();
    var hot = new HashMap<String, JsonNode>();
    new TopicReader(config)
        .read(
            new TopicNames(config).resolve(Topic.TRENDS),
            From.BEGINNING,
            Until.END,
            record -> {
              RecordJson.object(record)
                  .filter(event -> event.path("channel").asText().equals(channel))
                  .ifPresent(event -> take(event, hot));
              return true;
            });
    var out = StandardOutput.open();
    hot.values().stream()
        .sorted(
            Comparator.<JsonNode>comparingLong(event -> -event.path("epoch").asLong())
                .thenComparingLong(event -> event.path("seq").asLong()))
        .limit(top)
        .forEach(event -> out.println(json ? event : TrendLineFormat.line(event)));
    out.flush();
  }

  /** Events of a word are in one partition, and so in order. */
  private static void take(JsonNode event, HashMap<String, JsonNode> hot) {
    var type = event.path("type").asText();
    if (type.equals(TrendEvent.Type.HOT.label())) {
      hot.put(event.path("word").asText(), event);
    } else if (type.equals(TrendEvent.Type.COOLED.label())) {
      hot.remove(event.path("word").asText());
    }
  }
}
