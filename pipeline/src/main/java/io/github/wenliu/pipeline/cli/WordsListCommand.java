package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  private final ObjectMapper mapper = new ObjectMapper();

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
    var topic = new TopicNames(config).resolve(Topic.WORDS);
    var words =
        live(new TopicReader(config), topic).stream()
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

  /** The newest value of each key; a key that was taken back has none. */
  private Collection<JsonNode> live(TopicReader reader, String topic) {
    var byKey = new HashMap<String, JsonNode>();
    reader.read(
        topic,
        From.BEGINNING,
        Until.END,
        record -> {
          take(record, byKey);
          return true;
        });
    return byKey.values();
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Map<String, JsonNode> byKey) {
    if (record.key() == null) {
      return;
    }
    var key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      var state = record.value() == null ? null : mapper.readTree(record.value());
      if (state == null) {
        byKey.remove(key);
      } else {
        byKey.put(key, state);
      }
    } catch (IOException e) {
      // Not written by the job.
      byKey.remove(key);
    }
  }

  private static List<String> statuses() {
    return Arrays.stream(WordStatus.values()).map(WordStatus::label).toList();
  }
}
