package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.wenliu.models.text.NormalizedText;
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

/** Tells when and why a word came and went. */
@Command(
    name = "history",
    description =
        "Tells when and why a word came and went, with its statistics at the time, as far as the"
            + " topic word-events still has it, and how it stands; times are UTC. All ways to write"
            + " the word are meant: 村ba is 村BA.",
    mixinStandardHelpOptions = true)
final class WordsHistoryCommand implements Callable<Integer> {

  private static final Comparator<JsonNode> OLDEST_FIRST =
      Comparator.<JsonNode>comparingLong(event -> event.path("epoch").asLong())
          .thenComparingLong(event -> event.path("seq").asLong());

  @Mixin private ConfigOptions configOptions;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORD", description = "The word.")
  private String word;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the word (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(
      names = "--json",
      description = "One JSON object with the word as it stands, in all its writings, and events.")
  private boolean json;

  @Override
  public Integer call() {
    var config = configOptions.read();
    var states =
        CompactedTopic.live(config, Topic.WORDS).values().stream().filter(this::isAboutIt).toList();
    var events = events(config);
    if (states.isEmpty() && events.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "nothing is known of "
                  + RecordText.shown(word)
                  + " in channel "
                  + RecordText.shown(channel)
                  + ": see words ls");
      return 1;
    }
    var out = StandardOutput.open();
    if (json) {
      printJson(states, events, out);
    } else {
      print(states, events, out);
    }
    out.flush();
    return 0;
  }

  private List<JsonNode> events(PipelineConfig config) {
    var events = new ArrayList<JsonNode>();
    new TopicReader(config)
        .read(
            new TopicNames(config).resolve(Topic.WORD_EVENTS),
            From.BEGINNING,
            Until.END,
            record -> {
              RecordJson.object(record).filter(this::isAboutIt).ifPresent(events::add);
              return true;
            });
    events.sort(OLDEST_FIRST);
    return events;
  }

  /** Its own records, and those of words that gave way to it. */
  private boolean isAboutIt(JsonNode record) {
    return record.path("channel").asText().equals(channel)
        && (isIt(record.path("word")) || isIt(record.path("by")));
  }

  private boolean isIt(JsonNode text) {
    return NormalizedText.normalize(text.asText()).equals(NormalizedText.normalize(word));
  }

  private static void printJson(List<JsonNode> states, List<JsonNode> events, PrintStream out) {
    var object = JsonNodeFactory.instance.objectNode();
    object.putArray("words").addAll(states);
    object.putArray("events").addAll(events);
    out.println(object);
  }

  private void print(List<JsonNode> states, List<JsonNode> events, PrintStream out) {
    if (states.isEmpty()) {
      out.println(RecordText.shown(word) + " is no word now");
    } else {
      out.println(StoredWord.heading());
      states.forEach(state -> out.println(new StoredWord(state).summary()));
    }
    if (!events.isEmpty()) {
      out.println();
      out.println(WordHistoryLine.heading());
      events.forEach(event -> out.println(WordHistoryLine.of(event)));
    }
  }
}
