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
import picocli.CommandLine.Spec;

/** Asks the job to change something and waits for what it says; shared by the commands that do. */
final class ControlRequests {

  /** How long a change that the job can decide at once is waited for, in seconds. */
  static final int AT_ONCE = 30;

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

  /** Stands for a place that is not known yet. */
  private static final String NOWHERE = "-";

  /**
   * What shall be changed.
   *
   * @param name what people call it
   * @param kind as in {@link ControlChange}
   * @param target likewise
   * @param action likewise, {@code null} to take back what was done
   * @param value likewise
   * @param done what is true of it if the job accepts
   */
  record Wanted(
      String name, String kind, String target, String action, String value, String done) {}

  /** When a change begins to count. */
  static final class EffectiveFrom {

    @Option(
        names = {"--from", "--effective-from"},
        paramLabel = "TIME",
        description =
            "Event time from which it counts, ISO-8601 or epoch milliseconds; as soon as possible"
                + " if left out.")
    private String time;

    String text() {
      return time;
    }
  }

  @Mixin private ConfigOptions configOptions;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel that is meant (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "How long to wait for the job's answers, 0 for not at all ("
              + AT_ONCE
              + "; longer where a model is to be opened).")
  private Integer waitSeconds;

  String channel() {
    return channel;
  }

  PipelineConfig config() {
    return configOptions.read();
  }

  /**
   * Writes the changes and waits for the answers.
   *
   * @param from event time from which they count, {@code null} for as soon as possible
   * @param usualSeconds how long to wait if nobody says
   * @return exit code
   */
  int ask(List<Wanted> wanted, String from, int usualSeconds) {
    int seconds = waitSeconds == null ? usualSeconds : waitSeconds;
    if (seconds < 0) {
      throw new UsageException("--wait is " + seconds + ", must not be negative");
    }
    var config = configOptions.read();
    var records = records(config, wanted, from);
    var names = new TopicNames(config);
    var control = names.resolve(Topic.CONTROL);
    var acks = names.resolve(Topic.CONTROL_ACKS);
    try (var exchange = ControlExchange.open(config, control, acks)) {
      var byOrigin = new LinkedHashMap<String, Wanted>();
      records.forEach((one, record) -> byOrigin.put(exchange.send(record), one));
      return seconds == 0
          ? reportWritten(byOrigin)
          : reportAnswers(exchange, byOrigin, Duration.ofSeconds(seconds));
    }
  }

  /** The record of each change, read back by the rules of the job before anything is written. */
  private Map<Wanted, OutgoingRecord> records(
      PipelineConfig config, List<Wanted> wanted, String from) {
    var encoder = new ControlEncoder();
    var decoder = new ControlDecoder(config.decoder().zone());
    Long fromMillis = from == null ? null : millis(from, config);
    var records = new LinkedHashMap<Wanted, OutgoingRecord>();
    for (Wanted one : wanted) {
      var change =
          new ControlChange(
              one.kind(), channel, one.target(), one.action(), one.value(), fromMillis, NOWHERE);
      var record = encoder.encode(change);
      var read =
          decoder.decode(
              new RawRecord(NOWHERE, 0, 0, 0, record.key(), record.value(), record.headers()));
      if (read.refusal() != null) {
        throw new UsageException(
            "'"
                + RecordText.shown(one.name())
                + "' cannot be asked for: "
                + read.refusal().reason());
      }
      if (!read.change().channel().equals(channel)) {
        throw new UsageException("--channel is '" + channel + "', must not hold a slash");
      }
      records.put(one, record);
    }
    return records;
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

  private int reportWritten(Map<String, Wanted> byOrigin) {
    byOrigin.forEach((origin, one) -> println(shown(one) + ": written as " + origin));
    return 0;
  }

  private int reportAnswers(
      ControlExchange exchange, Map<String, Wanted> byOrigin, Duration timeout) {
    int exitCode = 0;
    var answers = exchange.await(byOrigin.keySet(), timeout);
    for (var entry : byOrigin.entrySet()) {
      var answer = answers.get(entry.getKey());
      var one = entry.getValue();
      if (answer != null && answer.accepted()) {
        println(shown(one) + ": " + one.done() + " from epoch " + answer.epoch() + " on");
      } else {
        exitCode = 1;
        spec.commandLine()
            .getErr()
            .println(
                answer == null
                    ? noAnswer(shown(one), entry.getKey(), timeout)
                    : shown(one) + ": refused: " + RecordText.shown(answer.reason()));
      }
    }
    return exitCode;
  }

  /** What to tell about a change that was not answered. */
  static String noAnswer(String name, String origin, Duration timeout) {
    return name
        + ": no answer within "
        + timeout.toSeconds()
        + " s, but "
        + origin
        + " is written and counts once a job reads it: check that the job runs, takes checkpoints"
        + " and has this topics.prefix";
  }

  private static String shown(Wanted one) {
    return RecordText.shown(one.name());
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
  }
}
