package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.PrintStream;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the records of a topic. */
@Command(
    name = "tail",
    description = {
      "Prints committed records of a topic, one a line, as they come.",
      "On a terminal, enriched documents, events of words, their heat and communities, and dead letters in"
          + " short; otherwise each value as it is."
    },
    mixinStandardHelpOptions = true)
final class TailCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Parameters(paramLabel = "TOPIC", description = "enriched, words, …; with or without prefix.")
  private String topic;

  @Option(names = "--from-beginning", description = "Begins with the oldest record.")
  private boolean fromBeginning;

  @Option(
      names = "--until-end",
      description = "Reads from the oldest record to the one that is the last now, and ends.")
  private boolean untilEnd;

  @Option(names = "--max", paramLabel = "N", description = "Ends after N records.")
  private long max = Long.MAX_VALUE;

  @Option(
      names = "--json",
      description =
          "Each record as a JSON object with topic, partition, offset, key, headers, value.")
  private boolean json;

  @Override
  public void run() {
    if (max < 1) {
      throw new UsageException("--max is " + max + ", must be positive");
    }
    var config = configOptions.read();
    var name = new TopicNames(config).resolve(topic);
    var suffix =
        name.startsWith(config.topicPrefix())
            ? name.substring(config.topicPrefix().length())
            : name;
    var out = StandardOutput.open();
    new TopicReader(config)
        .read(
            name,
            fromBeginning || untilEnd ? From.BEGINNING : From.END,
            untilEnd ? Until.END : Until.NEVER,
            printer(format(suffix), out));
    out.flush();
  }

  private RecordFormat format(String suffix) {
    if (json) {
      return new JsonRecordFormat();
    }
    if (!StandardOutput.isTerminal()) {
      return record -> RecordText.line(record.value());
    }
    if (suffix.equals(Topic.ENRICHED.suffix())) {
      return new EnrichedLineFormat();
    }
    if (suffix.equals(Topic.WORD_EVENTS.suffix())) {
      return new WordEventLineFormat();
    }
    if (suffix.equals(Topic.TRENDS.suffix())) {
      return new TrendLineFormat();
    }
    if (suffix.equals(Topic.COMMUNITY_EVENTS.suffix())) {
      return new CommunityEventLineFormat();
    }
    if (suffix.equals(Topic.DEAD_LETTERS.suffix())) {
      return record -> StoredLetter.of(record).summary();
    }
    return record -> RecordText.shown(record.key()) + "  " + RecordText.shown(record.value());
  }

  private Predicate<ConsumerRecord<byte[], byte[]>> printer(RecordFormat format, PrintStream out) {
    return new Predicate<>() {
      private long printed;

      @Override
      public boolean test(ConsumerRecord<byte[], byte[]> record) {
        out.println(format.line(record));
        printed++;
        // Flushes, and ends when nobody reads any more.
        return !out.checkError() && printed < max;
      }
    };
  }
}
