package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the words as the topic of words has them now. */
@Command(
    name = "ls",
    description = "Lists the words of a channel as they stand, the best first; times are UTC.",
    mixinStandardHelpOptions = true)
final class WordsListCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the words (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only these: announced, held, absorbed or pinned.")
  private String status;

  @Option(names = "--top", paramLabel = "N", description = "The best N.")
  private long top = Long.MAX_VALUE;

  @Option(names = "--json", description = "Each word as a JSON object, as the topic has it.")
  private boolean json;

  @Override
  public void run() {
    if (top < 1) {
      throw new UsageException("--top is " + top + ", must be positive");
    }
    if (status != null && !statuses().contains(status)) {
      throw new UsageException(
          "--status is '" + status + "', expected " + String.join(" or ", statuses()));
    }
    var config = configOptions.read();
    var words =
        CompactedTopic.live(config, Topic.WORDS).values().stream()
            .map(StoredWord::new)
            .filter(word -> word.channel().equals(channel))
            .filter(word -> status == null || word.status().equals(status))
            .sorted(StoredWord.BEST_FIRST)
            .limit(top);
    var out = StandardOutput.open();
    if (json) {
      words.forEach(word -> out.println(word.state()));
    } else {
      out.println(StoredWord.heading());
      words.forEach(word -> out.println(word.summary()));
    }
    out.flush();
  }

  private static List<String> statuses() {
    return Arrays.stream(WordStatus.values()).map(WordStatus::label).toList();
  }
}
