package io.github.wenliu.pipeline.config;

import io.github.wenliu.pipeline.codec.WordsOutput;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;

/** Every key that the job knows. */
final class Options {

  private static final List<Option<?>> ALL = new ArrayList<>();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String OFF = "off";

  static final Option<String> JOB_NAME =
      option(
          "job.name",
          "wenliu",
          "Name of the job; the consumer group and the transactions carry it. Never run two jobs of"
              + " one name on one Kafka cluster.",
          Options::name);

  static final Option<String> KAFKA_BOOTSTRAP =
      option("kafka.bootstrap", "localhost:9092", "Kafka brokers, host:port[,host:port].", text());

  static final Option<Duration> TRANSACTION_TIMEOUT =
      option(
          "kafka.transactionTimeout",
          "15 min",
          "How long the broker keeps an open transaction. Must exceed the checkpoint interval plus"
              + " the longest outage to survive; at most the broker's transaction.max.timeout.ms.",
          Options::duration);

  static final Option<String> TOPIC_PREFIX =
      option("topics.prefix", "wenliu.", "Put before every topic name.", Options::prefix);

  static final Option<Integer> TOPIC_PARTITIONS =
      option("topics.partitions", "4", "Partitions of topics that are created.", positive());

  static final Option<Integer> TOPIC_REPLICATION =
      option("topics.replication", "1", "Replicas of topics that are created.", positive());

  static final Option<StartFrom> SOURCE_START =
      option(
          "source.start",
          "earliest",
          "Where a job without a checkpoint starts to read: earliest or latest.",
          oneOf(StartFrom.class));

  static final Option<Optional<Duration>> SOURCE_IDLENESS =
      option(
          "source.idleness",
          OFF,
          "After how long a silent partition no longer holds back time, or off. Documents that come"
              + " after it may be late; make it longer than any outage to survive.",
          Options::durationOrOff);

  static final Option<ZoneId> TIME_ZONE =
      option("time.zone", "Asia/Shanghai", "Zone of times that name none.", Options::zone);

  static final Option<Duration> OUT_OF_ORDERNESS =
      option(
          "time.outOfOrderness",
          "5 s",
          "How far a document may lie behind the newest of its partition and keep its own time.",
          Options::duration);

  static final Option<Duration> FUTURE_BOUND =
      option(
          "time.futureBound",
          "1 min",
          "How far an event time may lie after the broker's append time; beyond it is not used and"
              + " the document flagged clamped.",
          Options::duration);

  static final Option<Duration> EPOCH =
      option(
          "time.epoch",
          "10 s",
          "Length of an epoch. Fixed at the first savepoint.",
          Options::duration);

  static final Option<Integer> LAG =
      option(
          "time.lag",
          "2",
          "A document of epoch k is treated with what was learned up to epoch k - lag.",
          positive());

  static final Option<Optional<Duration>> ALIGNMENT_DRIFT =
      option(
          "time.alignment.maxDrift",
          "30 d",
          "How far, in event time, one partition may run ahead of the slowest, or off.",
          Options::durationOrOff);

  static final Option<Duration> ALIGNMENT_INTERVAL =
      option(
          "time.alignment.interval",
          "200 ms",
          "How often partitions compare their time. A replay runs at most at maxDrift per interval.",
          Options::duration);

  static final Option<Integer> MAX_CODE_POINTS =
      option(
          "document.maxCodePoints",
          "65536",
          "Longest text, in code points; a longer one is a dead letter TOO_LARGE.",
          positive());

  static final Option<Integer> MIN_COUNT =
      option(
          "newWords.minCount",
          "5",
          "Occurrences below which nothing is a new word, at least 2.",
          atLeast(2, "expected a whole number of at least 2"));

  static final Option<Double> HYSTERESIS =
      option(
          "newWords.hysteresis",
          "1.0",
          "How far below 0 the score of a word may fall before it is taken back.",
          Options::notNegative);

  static final Option<Integer> VERSION_SYMBOLS =
      option(
          "newWords.version.symbols",
          "1000",
          "Symbols (characters, Latin words, numbers) that a channel must have read since its last"
              + " version of the vocabulary before the next one.",
          positive());

  static final Option<Double> VERSION_SHARE =
      option(
          "newWords.version.share",
          "0.1",
          "The same as a share of all that the channel has read; the larger of the two counts.",
          Options::notNegative);

  static final Option<Integer> VERSION_MAX_SYMBOLS =
      option(
          "newWords.version.maxSymbols",
          "1000000",
          "So many new symbols are enough for a version, however much the channel has read. A version"
              + " is a pass over all that it has read: higher is faster, lower is sooner.",
          positive());

  static final Option<String> KNOWN_WORDS =
      option(
          "newWords.known",
          "none",
          "Words that are no news: none, base for the shipped lexicon, or the path of a file of one"
              + " word a line, which is read when the job is submitted.",
          text());

  static final Option<Boolean> EMIT_KNOWN =
      option(
          "newWords.emitKnown",
          "false",
          "Whether known words that the stream has formed, too, go to the topic words, with known:"
              + " true.",
          Options::flag);

  static final Option<Integer> FLOOD_WINDOW =
      option(
          "deadLetters.flood.window",
          "1000",
          "Number of consecutive records of one subtask that are judged together.",
          positive());

  static final Option<Integer> FLOOD_MINIMUM =
      option(
          "deadLetters.flood.minimum",
          "500",
          "Fewest bad records in the window that can be a flood.",
          positive());

  static final Option<Double> FLOOD_SHARE =
      option(
          "deadLetters.flood.share",
          "0.5",
          "Share of bad records in the window from which the job stops, in (0, 1].",
          Options::share);

  static final Option<Delivery> DELIVERY =
      option(
          "delivery",
          "exactly-once",
          "exactly-once: output appears at each checkpoint, once. at-least-once: at once, and again"
              + " after a failure with the same wenliu.event-id.",
          oneOf(Delivery.class));

  static final Option<WordsOutput> OUTPUT_WORDS =
      option(
          "output.words",
          "all",
          "Which words an enriched document shows: all, new or none.",
          oneOf(WordsOutput.class));

  private Options() {}

  /** All options in the order in which they are documented. */
  static List<Option<?>> all() {
    return List.copyOf(ALL);
  }

  private static <T> Option<T> option(
      String key, String defaultText, String meaning, Function<String, T> parser) {
    var option = new Option<>(key, defaultText, meaning, parser);
    ALL.add(option);
    return option;
  }

  private static Function<String, String> text() {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("expected a value");
      }
      return text;
    };
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("expected 1 to 100 of A-Z a-z 0-9 . _ -");
    }
    return text;
  }

  private static String prefix(String text) {
    return text.isEmpty() ? text : name(text);
  }

  private static Duration duration(String text) {
    try {
      return TimeUtils.parseDuration(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a duration such as 10 s, 5 min or 30 d", e);
    }
  }

  private static Optional<Duration> durationOrOff(String text) {
    return OFF.equals(text) || "false".equals(text)
        ? Optional.empty()
        : Optional.of(duration(text));
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("expected a zone such as Asia/Shanghai or UTC", e);
    }
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number in (0, 1]", e);
    }
    throw new IllegalArgumentException("expected a number in (0, 1]");
  }

  private static double notNegative(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number that is not negative", e);
    }
    throw new IllegalArgumentException("expected a number that is not negative");
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static Function<String, Integer> positive() {
    return atLeast(1, "expected a positive whole number");
  }

  private static Function<String, Integer> atLeast(int least, String expected) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(expected, e);
      }
      throw new IllegalArgumentException(expected);
    };
  }

  private static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> label(constant).equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected "
                            + Arrays.stream(type.getEnumConstants())
                                .map(Options::label)
                                .collect(Collectors.joining(" or "))));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
