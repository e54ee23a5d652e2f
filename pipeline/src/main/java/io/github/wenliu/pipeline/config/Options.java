package io.github.wenliu.pipeline.config;

import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.cluster.EdgeWeighting;
import io.github.wenliu.operators.cluster.PairContext;
import io.github.wenliu.operators.trends.TrendWords;
import io.github.wenliu.pipeline.codec.WordsOutput;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every key that the job knows. */
final class Options {

  private static final List<Option<?>> ALL = new ArrayList<>();

  static final Option<String> JOB_NAME =
      option(
          "job.name",
          "wenliu",
          "Name of the job; the consumer group and the transactions carry it. Never run two jobs of"
              + " one name on one Kafka cluster.",
          Parsers::name);

  static final Option<String> KAFKA_BOOTSTRAP =
      option(
          "kafka.bootstrap",
          "localhost:9092",
          "Kafka brokers, host:port[,host:port].",
          Parsers.text());

  static final Option<Duration> TRANSACTION_TIMEOUT =
      option(
          "kafka.transactionTimeout",
          "15 min",
          "How long the broker keeps an open transaction. Must exceed the checkpoint interval plus"
              + " the longest outage to survive; at most the broker's transaction.max.timeout.ms.",
          Parsers::duration);

  static final Option<String> TOPIC_PREFIX =
      option("topics.prefix", "wenliu.", "Put before every topic name.", Parsers::prefix);

  static final Option<Integer> TOPIC_PARTITIONS =
      option(
          "topics.partitions", "4", "Partitions of topics that are created.", Parsers.positive());

  static final Option<Integer> TOPIC_REPLICATION =
      option("topics.replication", "1", "Replicas of topics that are created.", Parsers.positive());

  static final Option<StartFrom> SOURCE_START =
      option(
          "source.start",
          "earliest",
          "Where a job without a checkpoint starts to read: earliest or latest.",
          Parsers.oneOf(StartFrom.class));

  static final Option<Optional<Duration>> SOURCE_IDLENESS =
      option(
          "source.idleness",
          Parsers.OFF,
          "After how long a silent partition no longer holds back time, or off. Documents that come"
              + " after it may be late; make it longer than any outage to survive.",
          Parsers::durationOrOff);

  static final Option<ZoneId> TIME_ZONE =
      option("time.zone", "Asia/Shanghai", "Zone of times that name none.", Parsers::zone);

  static final Option<Duration> OUT_OF_ORDERNESS =
      option(
          "time.outOfOrderness",
          "5 s",
          "How far a document may lie behind the newest of its partition and keep its own time.",
          Parsers::duration);

  static final Option<Duration> FUTURE_BOUND =
      option(
          "time.futureBound",
          "1 min",
          "How far an event time may lie after the broker's append time; beyond it is not used and"
              + " the document flagged clamped.",
          Parsers::duration);

  static final Option<Duration> EPOCH =
      option(
          "time.epoch",
          "10 s",
          "Length of an epoch. Fixed at the first savepoint.",
          Parsers::duration);

  static final Option<Integer> LAG =
      option(
          "time.lag",
          "2",
          "A document of epoch k is treated with what was learned up to epoch k - lag.",
          Parsers.positive());

  static final Option<Optional<Duration>> ALIGNMENT_DRIFT =
      option(
          "time.alignment.maxDrift",
          "30 d",
          "How far, in event time, one partition may run ahead of the slowest, or off.",
          Parsers::durationOrOff);

  static final Option<Duration> ALIGNMENT_INTERVAL =
      option(
          "time.alignment.interval",
          "200 ms",
          "How often partitions compare their time. A replay runs at most at maxDrift per interval.",
          Parsers::duration);

  static final Option<Integer> MAX_CODE_POINTS =
      option(
          "document.maxCodePoints",
          "65536",
          "Longest text, in code points; a longer one is a dead letter TOO_LARGE.",
          Parsers.positive());

  static final Option<Integer> MIN_COUNT =
      option(
          "newWords.minCount",
          "5",
          "Occurrences below which nothing is a new word, at least 2.",
          Parsers.atLeast(2, "expected a whole number of at least 2"));

  static final Option<Double> HYSTERESIS =
      option(
          "newWords.hysteresis",
          "1.0",
          "How far below 0 the score of a word may fall before it is taken back.",
          Parsers::notNegative);

  static final Option<Integer> VERSION_SYMBOLS =
      option(
          "newWords.version.symbols",
          "1000",
          "Symbols (characters, Latin words, numbers) that a channel must have read since its last"
              + " version of the vocabulary before the next one.",
          Parsers.positive());

  static final Option<Double> VERSION_SHARE =
      option(
          "newWords.version.share",
          "0.1",
          "The same as a share of all that the channel has read; the larger of the two counts.",
          Parsers::notNegative);

  static final Option<Integer> VERSION_MAX_SYMBOLS =
      option(
          "newWords.version.maxSymbols",
          "1000000",
          "So many new symbols are enough for a version, however much the channel has read. A version"
              + " is a pass over all that it has read: higher is faster, lower is sooner.",
          Parsers.positive());

  static final Option<Optional<Duration>> REPOSTS =
      option(
          "newWords.reposts",
          "7 d",
          "How long after a text of eight symbols or more the same text is a repost and does not"
              + " count for new words, in event time, or off.",
          Parsers::durationOrOff);

  static final Option<Integer> PRUNE_SYMBOLS =
      option(
          "newWords.prune.symbols",
          "0",
          "Each time that a channel has read so many symbols, n-grams that are rare and have not"
              + " occurred since the last time are forgotten: state stays bounded, counts become"
              + " lower bounds. 0 forgets nothing, and all counts are exact.",
          Parsers.atLeast(0, "expected a whole number of at least 0"));

  static final Option<Integer> NGRAM_MEMORY =
      option(
          "newWords.memory",
          "256",
          "MiB of the heap in which each task keeps n-grams. Those beyond stand in RocksDB alone and"
              + " are read for each version of a vocabulary, which takes longer.",
          Parsers.atLeast(0, "expected a whole number of at least 0"));

  static final Option<String> KNOWN_WORDS =
      option(
          "newWords.known",
          "none",
          "Words that are no news: none, base for the shipped lexicon, or the path of a file of one"
              + " word a line, which is read when the job is submitted.",
          Parsers.text());

  static final Option<Boolean> EMIT_KNOWN =
      option(
          "newWords.emitKnown",
          "false",
          "Whether known words that the stream has formed, too, go to the topic words, with known:"
              + " true.",
          Parsers::flag);

  static final Option<Boolean> TRENDS_ENABLED =
      option(
          "trends.enabled",
          "true",
          "Whether it is told which discovered words become hot and cool.",
          Parsers::flag);

  static final Option<TrendWords> TREND_WORDS =
      option(
          "trends.words",
          "new",
          "Which words can be hot: new, those that the stream has discovered and the shipped lexicon"
              + " does not have; or all, those of that lexicon, too, which costs more time and state.",
          Parsers.oneOf(TrendWords.class));

  static final Option<Duration> TREND_HALF_LIFE =
      option(
          "trends.halfLife",
          "1 d",
          "After how long, in event time, a document weighs half in what counts as recent; at least"
              + " time.epoch, and rounded to whole epochs.",
          Parsers::duration);

  static final Option<Double> TREND_ON =
      option(
          "trends.on",
          "8",
          "Burst score from which a word is hot: log-likelihood ratio, in nats, of its recent rate to"
              + " that of its whole life.",
          Parsers::notNegative);

  static final Option<Double> TREND_OFF =
      option(
          "trends.off",
          "3",
          "Burst score below which a hot word has cooled; at most trends.on.",
          Parsers::notNegative);

  static final Option<Double> TREND_MIN_DOCUMENTS =
      option(
          "trends.minDocuments",
          "3",
          "Recent documents, each weighed by its age, that must hold a word for it to become hot.",
          Parsers::notNegative);

  static final Option<Duration> TREND_WINDOW =
      option(
          "trends.window",
          "1 d",
          "Length of the windows, in event time, whose hottest words are told at their end; at least"
              + " time.epoch, and rounded to whole epochs.",
          Parsers::duration);

  static final Option<Integer> TREND_TOP =
      option("trends.top", "10", "Words that are told of a window at most.", Parsers.positive());

  static {
    ALL.addAll(ExtractionOptions.all());
    ALL.addAll(LinkOptions.all());
  }

  static final Option<Boolean> COMMUNITIES_ENABLED =
      option(
          "communities.enabled", "true", "Whether communities of words are formed.", Parsers::flag);

  static final Option<Alignment> COMMUNITY_ALIGNMENT =
      option(
          "communities.alignment",
          "event-time",
          "Which communities a document is tagged with. event-time: those that its time entitles it"
              + " to; it waits where they are not found yet, and a replay gives the same. latest: the"
              + " newest there are when it passes; it never waits, and a replay gives others.",
          Parsers.oneOf(Alignment.class));

  static final Option<Integer> COMMUNITY_LAG =
      option(
          "communities.lag",
          "3",
          "Epochs by which communities are older than the documents that they tag, where alignment is"
              + " event-time. No document waits for them while they are found in less than"
              + " (communities.lag - 1) x time.epoch - time.outOfOrderness.",
          Parsers.positive());

  static final Option<PairContext> COMMUNITY_CONTEXT =
      option(
          "communities.context",
          "passage",
          "Within what two words must stand to occur together: sentence, passage (sentences in a row"
              + " with sixteen different content words, so a short text is one) or document.",
          Parsers.oneOf(PairContext.class));

  static final Option<Integer> COMMUNITY_MAX_PAIRS =
      option(
          "communities.maxPairs",
          "1000",
          "Pairs of words that are counted of a document at most, those that stand nearest.",
          Parsers.positive());

  static final Option<Duration> COMMUNITY_HALF_LIFE =
      option(
          "communities.halfLife",
          "7 d",
          "After how long, in event time, a count weighs half; at least time.epoch, and rounded to"
              + " whole epochs.",
          Parsers::duration);

  static final Option<EdgeWeighting> COMMUNITY_WEIGHTING =
      option(
          "communities.weighting",
          "npmi",
          "What makes the weight of a pair: count, how often they stand together; ppmi, how much more"
              + " often than by chance; npmi, the same without favour for rare pairs; likelihood, how sure that is.",
          Parsers.oneOf(EdgeWeighting.class));

  static final Option<Double> COMMUNITY_MIN_COUNT =
      option(
          "communities.minCount",
          "1.5",
          "Pairs whose decayed count is lower are left out.",
          Parsers::notNegative);

  static final Option<Double> COMMUNITY_STOP_SHARE =
      option(
          "communities.stopShare",
          "0.05",
          "Words that stand in a larger share of all contexts are left out, in (0, 1].",
          Parsers::share);

  static final Option<Integer> COMMUNITY_TOP_K =
      option(
          "communities.topK",
          "20",
          "A pair is left out unless it is among so many heaviest of one of its words.",
          Parsers.positive());

  static final Option<Integer> COMMUNITY_MAX_EDGES =
      option(
          "communities.maxEdges",
          "1000000",
          "Pairs that a channel keeps at most; beyond, the weakest go first.",
          Parsers.positive());

  static final Option<Integer> COMMUNITY_VERSION_PAIRS =
      option(
          "communities.version.pairs",
          "1000",
          "Pairs that a channel must have counted since its last version of the communities before"
              + " the next one.",
          Parsers.positive());

  static final Option<Double> COMMUNITY_VERSION_SHARE =
      option(
          "communities.version.share",
          "0.1",
          "The same as a share of the decayed number of all its pairs; the larger of the two counts.",
          Parsers::notNegative);

  static final Option<Integer> COMMUNITY_MIN_SIZE =
      option(
          "communities.minSize",
          "5",
          "Words below which a community is not published.",
          Parsers.positive());

  static final Option<Integer> COMMUNITY_HYSTERESIS =
      option(
          "communities.hysteresis",
          "2",
          "Consecutive versions that must agree before a change of communities is published.",
          Parsers.positive());

  static final Option<Integer> COMMUNITY_MEMBER_HYSTERESIS =
      option(
          "communities.memberHysteresis",
          "8",
          "Versions in which a word must be met and found in another community before it is"
              + " published there.",
          Parsers.positive());

  static final Option<Integer> COMMUNITY_SHOWN_MEMBERS =
      option(
          "communities.shownMembers",
          "30",
          "Words of a community that are written to the topic communities, the foremost ones.",
          Parsers.positive());

  static final Option<Integer> FLOOD_WINDOW =
      option(
          "deadLetters.flood.window",
          "1000",
          "Number of consecutive records of one subtask that are judged together.",
          Parsers.positive());

  static final Option<Integer> FLOOD_MINIMUM =
      option(
          "deadLetters.flood.minimum",
          "500",
          "Fewest bad records in the window that can be a flood.",
          Parsers.positive());

  static final Option<Double> FLOOD_SHARE =
      option(
          "deadLetters.flood.share",
          "0.5",
          "Share of bad records in the window from which the job stops, in (0, 1].",
          Parsers::share);

  static final Option<Delivery> DELIVERY =
      option(
          "delivery",
          "exactly-once",
          "exactly-once: output appears at each checkpoint, once. at-least-once: at once, and again"
              + " after a failure with the same wenliu.event-id.",
          Parsers.oneOf(Delivery.class));

  static final Option<WordsOutput> OUTPUT_WORDS =
      option(
          "output.words",
          "all",
          "Which words an enriched document shows: all, new or none.",
          Parsers.oneOf(WordsOutput.class));

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
}
