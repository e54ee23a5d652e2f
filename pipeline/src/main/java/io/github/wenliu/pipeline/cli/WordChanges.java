package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.codec.ControlDecoder;
import io.github.wenliu.pipeline.codec.ControlEncoder;
import io.github.wenliu.pipeline.codec.EventTimes;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the job to change what it thinks of words; shared by the commands that do. */
final class WordChanges {

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

  /** Stands for a place that is not known yet. */
  private static final String NOWHERE = "-";

  @Mixin private ConfigOptions configOptions;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "The words.")
  private List<String> words;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of the words (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "How long to wait for the job's answers, 0 for not at all (${DEFAULT-VALUE}).")
  private int waitSeconds = 30;

  /**
   * Writes a change for each word and waits for the answers.
   *
   * @param action what to do, {@code null} to take back what was done
   * @param from event time from which it counts, {@code null} for as soon as possible
   * @return exit code
   */
  int ask(String action, String from) {
    if (waitSeconds < 0) {
      throw new UsageException("--wait is " + waitSeconds + ", must not be negative");
    }
    var config = configOptions.read();
    var requests = requests(config, action, from);
    var names = new TopicNames(config);
    var control = names.resolve(Topic.CONTROL);
    var acks = names.resolve(Topic.CONTROL_ACKS);
    try (var exchange = ControlExchange.open(config, control, acks)) {
      var wordByOrigin = new LinkedHashMap<String, String>();
      requests.forEach((word, request) -> wordByOrigin.put(exchange.send(request), word));
      return waitSeconds == 0
          ? reportWritten(wordByOrigin)
          : reportAnswers(exchange, wordByOrigin, action);
    }
  }

  /** The record for each word, read back by the rules of the job before anything is written. */
  private Map<String, OutgoingRecord> requests(PipelineConfig config, String action, String from) {
    var zone = config.decoder().zone();
    var encoder = new ControlEncoder();
    var decoder = new ControlDecoder(zone);
    Long fromMillis = from == null ? null : millis(from, config);
    var requests = new LinkedHashMap<String, OutgoingRecord>();
    for (String word : words) {
      var change =
          new ControlChange(ControlChange.WORD, channel, word, action, fromMillis, NOWHERE);
      var record = encoder.encode(change);
      var read =
          decoder.decode(
              new RawRecord(NOWHERE, 0, 0, 0, record.key(), record.value(), record.headers()));
      if (read.refusal() != null) {
        throw new UsageException(
            "'" + RecordText.shown(word) + "' cannot be asked for: " + read.refusal().reason());
      }
      if (!read.change().channel().equals(channel)) {
        throw new UsageException("--channel is '" + channel + "', must not hold a slash");
      }
      requests.put(word, record);
    }
    return requests;
  }

  private static long millis(String time, PipelineConfig config) {
    try {
      return MILLIS.matcher(time).matches()
          ? EventTimes.check(Long.parseLong(time))
          : EventTimes.parse(time, config.decoder().zone());
    } catch (DateTimeException e) {
      throw new UsageException(
          "--from is '" + time + "', expected ISO-8601 such as 2026-03-01T08:00 or milliseconds");
    }
  }

  private int reportWritten(Map<String, String> wordByOrigin) {
    wordByOrigin.forEach((origin, word) -> println(word + ": written as " + origin));
    return 0;
  }

  private int reportAnswers(
      ControlExchange exchange, Map<String, String> wordByOrigin, String action) {
    int exitCode = 0;
    var answers = exchange.await(wordByOrigin.keySet(), Duration.ofSeconds(waitSeconds));
    for (var entry : wordByOrigin.entrySet()) {
      var answer = answers.get(entry.getKey());
      var word = RecordText.shown(entry.getValue());
      if (answer != null && answer.accepted()) {
        println(word + ": " + done(action) + " from epoch " + answer.epoch() + " on");
      } else {
        exitCode = 1;
        spec.commandLine()
            .getErr()
            .println(
                answer == null
                    ? noAnswer(word, entry.getKey())
                    : word + ": refused: " + RecordText.shown(answer.reason()));
      }
    }
    return exitCode;
  }

  private String noAnswer(String word, String origin) {
    return word
        + ": no answer within "
        + waitSeconds
        + " s, but "
        + origin
        + " is written and counts once a job reads it: check that the job runs, takes checkpoints"
        + " and has this topics.prefix";
  }

  private static String done(String action) {
    return action == null ? "released" : action.equals(ControlChange.PIN) ? "pinned" : "banned";
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
  }
}
