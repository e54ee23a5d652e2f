package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.cli.RedriveRule.Verdict;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.files.Pace;
import io.github.wenliu.pipeline.kafka.KafkaFailureException;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends dead letters back to the topics they came from. */
@Command(
    name = "redrive",
    description = {
      "Sends dead letters as they came back to the topic and partition they came from, with the"
          + " header wenliu.attempt one higher.",
      "Each letter is sent once: what was sent is remembered in the topic control-acks. If it dies"
          + " again, its new letter may be sent, up to --max-attempts."
    },
    mixinStandardHelpOptions = true)
final class DlqRedriveCommand implements Runnable {

  @Mixin private ConfigOptions configOptions;

  @Mixin private LetterFilter filter;

  @Spec private CommandSpec spec;

  @Option(names = "--origin", paramLabel = "ORIGIN", description = "Only this letter.")
  private String origin;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "3",
      description = "Leaves letters that were sent N times. Default: ${DEFAULT-VALUE}.")
  private int maxAttempts;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = RateOption.class,
      description = "Most letters per second.")
  private Pace pace = Pace.UNBOUNDED;

  @Option(names = "--dry-run", description = "Sends nothing, prints what would be sent.")
  private boolean dryRun;

  @Option(names = "--again", description = "Also letters that were sent before.")
  private boolean again;

  @Option(
      names = "--replace-value",
      paramLabel = "FILE",
      description = "Sends the bytes of FILE in place of the value; with --origin.")
  private Path replacement;

  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);

  @Override
  public void run() {
    checkOptions();
    var newValue = replacementValue();
    var config = configOptions.read();
    var names = new TopicNames(config);
    var letters = names.resolve(Topic.DEAD_LETTERS);
    var marks = new RedriveMarks(names.resolve(Topic.CONTROL_ACKS));
    try (var producer = dryRun ? null : RedriveProducer.begin(config, marks)) {
      var reader = new TopicReader(config);
      marks.load(reader);
      var rule = new RedriveRule(maxAttempts, again, newValue != null, marks, names.existing());
      visit(reader, letters, rule::see);
      var progress = new Progress(spec.commandLine().getErr(), "letters sent");
      visit(
          reader,
          letters,
          letter -> {
            if (isMeant(letter) && count(rule.judge(letter)) == Verdict.SEND) {
              send(producer, letter, newValue);
              marks.add(letter);
              progress.accept(counts.get(Verdict.SEND));
            }
          });
      if (producer != null) {
        producer.commit();
      }
    }
    report(letters);
  }

  private void checkOptions() {
    if (maxAttempts < 1) {
      throw new UsageException("--max-attempts is " + maxAttempts + ", must be positive");
    }
    if (replacement != null && origin == null) {
      throw new UsageException("--replace-value needs --origin: it is for one letter");
    }
  }

  private byte[] replacementValue() {
    if (replacement == null) {
      return null;
    }
    InputFiles.require(List.of(replacement.toString()));
    try {
      return Files.readAllBytes(replacement);
    } catch (IOException e) {
      throw new UsageException(replacement + " cannot be read: " + e.getMessage());
    }
  }

  private static void visit(TopicReader reader, String topic, Consumer<StoredLetter> visitor) {
    reader.read(
        topic,
        From.BEGINNING,
        Until.END,
        record -> {
          visitor.accept(StoredLetter.of(record));
          return true;
        });
  }

  private boolean isMeant(StoredLetter letter) {
    return filter.matches(letter) && (origin == null || origin.equals(letter.origin()));
  }

  private Verdict count(Verdict verdict) {
    counts.merge(verdict, 1L, Long::sum);
    return verdict;
  }

  private void send(RedriveProducer producer, StoredLetter letter, byte[] newValue) {
    if (producer == null) {
      spec.commandLine().getOut().println(letter.summary());
      return;
    }
    long wait = pace.admit(System.nanoTime());
    if (wait > 0) {
      // Nothing stays open while nothing happens: an open transaction would hold up the readers.
      producer.commit();
      sleep(wait);
    }
    producer.send(letter, newValue == null ? letter.value() : newValue);
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void report(String topic) {
    if (origin != null && counts.isEmpty()) {
      throw new KafkaFailureException(
          "no dead letter with origin " + origin + " in " + topic + ": see dlq ls", null);
    }
    long sent = counts.getOrDefault(Verdict.SEND, 0L);
    counts.remove(Verdict.SEND);
    var left =
        counts.entrySet().stream()
            .map(entry -> "; " + entry.getValue() + " " + entry.getKey().label())
            .collect(Collectors.joining());
    spec.commandLine()
        .getOut()
        .println(sent + (dryRun ? " letters would be sent" : " letters sent") + left);
  }
}
