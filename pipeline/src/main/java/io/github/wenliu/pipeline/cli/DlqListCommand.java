package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.kafka.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters, one a line. */
@Command(
    name = "ls",
    description = "Lists dead letters without their content, the oldest of each partition first.",
    mixinStandardHelpOptions = true)
final class DlqListCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Mixin private LetterFilter filter;

  @Option(names = "--max", paramLabel = "N", description = "Ends after N letters.")
  private long max = Long.MAX_VALUE;

  private long listed;

  @Override
  public void run() {
    if (max < 1) {
      throw new UsageException("--max is " + max + ", must be positive");
    }
    var config = configOptions.read();
    var topic = new TopicNames(config).resolve(Topic.DEAD_LETTERS);
    var out = StandardOutput.open();
    out.println(StoredLetter.heading());
    new TopicReader(config)
        .read(
            topic,
            From.BEGINNING,
            Until.END,
            record -> {
              var letter = StoredLetter.of(record);
              if (filter.matches(letter)) {
                out.println(letter.summary());
                listed++;
              }
              return listed < max && !out.checkError();
            });
    out.flush();
  }
}
