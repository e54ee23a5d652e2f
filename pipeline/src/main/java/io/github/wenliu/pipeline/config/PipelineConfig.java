package io.github.wenliu.pipeline.config;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.cluster.CommunityParameters;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.extract.ExtractionParameters;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.operators.trends.TrendParameters;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.WordsOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of a job, read and checked whole: all problems are reported together, and an
 * unknown key is one.
 *
 * <p>Later layers win: defaults, the YAML file, {@code --set key=value}. Keys below {@code
 * kafka.properties.} go to every Kafka client as they are; a value <code>${env:NAME}</code> is read
 * from the environment, which is the place for secrets.
 */
public final class PipelineConfig {

  /** Keys below this one are handed to Kafka's clients. */
  static final String KAFKA_PROPERTIES = "kafka.properties.";

  private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|jaas|token|credential|\\.key).*");

  private final Map<String, String> given;
  private final UnaryOperator<String> environment;
  private final Map<String, String> textByKey;
  private final Map<String, String> kafkaProperties;
  private final EpochTime epochTime;
  private final FloodGuardParameters floodGuard;
  private final TrendParameters trends;
  private final CommunityParameters communities;
  private final ExtractionParameters extraction;
  private final LinkParameters link;

  private PipelineConfig(Map<String, String> given, UnaryOperator<String> environment) {
    var problems = new ArrayList<String>();
    this.given = Map.copyOf(given);
    this.environment = environment;
    textByKey = withDefaults(given, problems);
    kafkaProperties = kafkaProperties(given, environment, problems);
    if (problems.isEmpty()) {
      epochTime = epochTime(problems);
      floodGuard = floodGuard(problems);
      trends = trends(problems);
      communities = communities(problems);
      communitiesCanCome(problems);
      extraction = ExtractionOptions.parameters(this::get, problems);
      link = LinkOptions.parameters(this::get, problems);
    } else {
      epochTime = null;
      floodGuard = null;
      trends = null;
      communities = null;
      extraction = null;
      link = null;
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** The defaults. */
  public static PipelineConfig defaults() {
    return of(Map.of());
  }

  /**
   * A configuration of dotted keys.
   *
   * @throws ConfigException if anything is wrong
   */
  public static PipelineConfig of(Map<String, String> given) {
    return of(given, System::getenv);
  }

  static PipelineConfig of(Map<String, String> given, UnaryOperator<String> environment) {
    return new PipelineConfig(given, environment);
  }

  /**
   * Reads a YAML file and lays the overrides over it.
   *
   * @param file the file, or {@code null} for none
   * @param overrides dotted keys
   * @throws ConfigException if the file cannot be read or anything is wrong
   */
  public static PipelineConfig read(Path file, Map<String, String> overrides) {
    var given = new LinkedHashMap<String, String>();
    if (file != null) {
      given.putAll(ConfigFile.read(file));
    }
    given.putAll(overrides);
    return of(given);
  }

  /** A copy with some keys changed. */
  public PipelineConfig with(Map<String, String> overrides) {
    var changed = new LinkedHashMap<>(given);
    changed.putAll(overrides);
    return new PipelineConfig(changed, environment);
  }

  public String jobName() {
    return get(Options.JOB_NAME);
  }

  public String bootstrap() {
    return get(Options.KAFKA_BOOTSTRAP);
  }

  /** What the user wants every Kafka client to have, beside the bootstrap servers. */
  public Map<String, String> kafkaProperties() {
    return kafkaProperties;
  }

  public Duration transactionTimeout() {
    return get(Options.TRANSACTION_TIMEOUT);
  }

  public String topicPrefix() {
    return get(Options.TOPIC_PREFIX);
  }

  public int topicPartitions() {
    return get(Options.TOPIC_PARTITIONS);
  }

  public int topicReplication() {
    return get(Options.TOPIC_REPLICATION);
  }

  public StartFrom startFrom() {
    return get(Options.SOURCE_START);
  }

  public Optional<Duration> idleness() {
    return get(Options.SOURCE_IDLENESS);
  }

  public Optional<Duration> alignmentDrift() {
    return get(Options.ALIGNMENT_DRIFT);
  }

  public Duration alignmentInterval() {
    return get(Options.ALIGNMENT_INTERVAL);
  }

  public Delivery delivery() {
    return get(Options.DELIVERY);
  }

  public WordsOutput wordsOutput() {
    return get(Options.OUTPUT_WORDS);
  }

  public EpochTime epochTime() {
    return epochTime;
  }

  public FloodGuardParameters floodGuard() {
    return floodGuard;
  }

  public NewWordParameters newWords() {
    return new NewWordParameters(
        get(Options.MIN_COUNT),
        get(Options.HYSTERESIS),
        get(Options.VERSION_SYMBOLS),
        get(Options.VERSION_SHARE),
        get(Options.VERSION_MAX_SYMBOLS),
        get(Options.REPOSTS).map(Duration::toMillis).orElse(0L),
        get(Options.PRUNE_SYMBOLS),
        (long) get(Options.NGRAM_MEMORY) << 20,
        get(Options.EMIT_KNOWN));
  }

  /** Where the known words are: {@code none}, {@code base} or the path of a file. */
  public String knownWords() {
    return get(Options.KNOWN_WORDS);
  }

  /** Whether entities and relations are extracted at all. */
  public boolean extractionEnabled() {
    return get(ExtractionOptions.ENABLED);
  }

  /** The model of documents for which nobody has selected another: its name, or with a version. */
  public String extractionModel() {
    return get(ExtractionOptions.MODEL);
  }

  /** Its label schemes as they stand in events: {@code news+duie}. */
  public String extractionSchemes() {
    return ExtractionOptions.schemes(this::get);
  }

  public ExtractionParameters extraction() {
    return extraction;
  }

  /** Whether mentions are linked to the knowledge base at all. */
  public boolean linkingEnabled() {
    return get(LinkOptions.ENABLED);
  }

  /** The model that weighs entries: its name, or with a version. */
  public String linkModel() {
    return get(LinkOptions.MODEL);
  }

  /** Bounds of linking. */
  public LinkParameters link() {
    return link;
  }

  /** How long the reading of what stood in the topic {@code kb} may take. */
  public Duration linkBootstrapLimit() {
    return get(LinkOptions.BOOTSTRAP_LIMIT);
  }

  /** How the linking model is run. */
  public InferenceParameters linkInference() {
    return LinkOptions.inference(this::get, extraction.inference());
  }

  /** Documents that one subtask has under way at most while the linking model weighs them. */
  public int linkCapacity() {
    return get(LinkOptions.CAPACITY);
  }

  /** How long the linking model may take for one document. */
  public Duration linkTimeout() {
    return get(LinkOptions.TIMEOUT);
  }

  /** What becomes of a document on which the linking model fails. */
  public FailurePolicy linkOnFailure() {
    return get(LinkOptions.ON_FAILURE);
  }

  /** Which unlinked mentions are grouped, and when groups are published and forgotten. */
  public NilParameters nil() {
    return new NilParameters(
        get(LinkOptions.NIL_MIN_MENTIONS),
        get(LinkOptions.NIL_MIN_DOCUMENTS),
        get(LinkOptions.NIL_RETENTION),
        get(LinkOptions.NIL_GROUPS_PER_NAME),
        get(LinkOptions.NIL_EXCEPT_TYPES),
        true);
  }

  /** Whether hot words are told at all. */
  public boolean trendsEnabled() {
    return get(Options.TRENDS_ENABLED);
  }

  public TrendParameters trends() {
    return trends;
  }

  /** Whether communities are formed at all. */
  public boolean communitiesEnabled() {
    return get(Options.COMMUNITIES_ENABLED);
  }

  /** Which communities a document is tagged with. */
  public Alignment communityAlignment() {
    return get(Options.COMMUNITY_ALIGNMENT);
  }

  /** Epochs by which communities are older than the documents that they tag. */
  public int communityLag() {
    return get(Options.COMMUNITY_LAG);
  }

  public CommunityParameters communities() {
    return communities;
  }

  public DecoderParameters decoder() {
    return new DecoderParameters(get(Options.MAX_CODE_POINTS), get(Options.TIME_ZONE));
  }

  /**
   * Every key with its value in force, for people to read: secrets are masked, and what comes from
   * the environment is shown as the reference that the file holds.
   */
  public Map<String, String> effective() {
    var effective = new LinkedHashMap<>(textByKey);
    kafkaProperties
        .keySet()
        .forEach(
            key ->
                effective.put(
                    KAFKA_PROPERTIES + key, shown(key, given.get(KAFKA_PROPERTIES + key))));
    return effective;
  }

  private static String shown(String key, String text) {
    if (ENVIRONMENT.matcher(text).matches()) {
      return text;
    }
    boolean secret = SECRET.matcher(key).matches() || ENVIRONMENT.matcher(text).find();
    return secret ? "******" : text;
  }

  /** Every key with its default and its meaning, in the order of the documentation. */
  public static List<String[]> documentation() {
    return Options.all().stream()
        .map(option -> new String[] {option.key(), option.defaultText(), option.meaning()})
        .toList();
  }

  private <T> T get(Option<T> option) {
    return option.parse(textByKey.get(option.key()));
  }

  private static Map<String, String> withDefaults(
      Map<String, String> given, List<String> problems) {
    var texts = new LinkedHashMap<String, String>();
    for (Option<?> option : Options.all()) {
      var text = given.getOrDefault(option.key(), option.defaultText());
      texts.put(option.key(), text);
      try {
        option.parse(text);
      } catch (IllegalArgumentException e) {
        problems.add(option.key() + " is '" + text + "': " + e.getMessage());
      }
    }
    for (String key : given.keySet()) {
      if (!texts.containsKey(key) && !key.startsWith(KAFKA_PROPERTIES)) {
        problems.add(key + " is not a key of wenliu.yaml; see deploy/conf/wenliu.yaml for all");
      }
    }
    return texts;
  }

  private static Map<String, String> kafkaProperties(
      Map<String, String> given, UnaryOperator<String> environment, List<String> problems) {
    var properties = new TreeMap<String, String>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PROPERTIES)) {
            properties.put(
                key.substring(KAFKA_PROPERTIES.length()),
                resolve(key, value, environment, problems));
          }
        });
    return properties;
  }

  private static String resolve(
      String key, String value, UnaryOperator<String> environment, List<String> problems) {
    return ENVIRONMENT
        .matcher(value)
        .replaceAll(
            match -> {
              var found = environment.apply(match.group(1));
              if (found == null) {
                problems.add(
                    key + " needs the environment variable " + match.group(1) + ": set it");
                return "";
              }
              return Matcher.quoteReplacement(found);
            });
  }

  private EpochTime epochTime(List<String> problems) {
    long outOfOrderness = get(Options.OUT_OF_ORDERNESS).toMillis();
    long epoch = get(Options.EPOCH).toMillis();
    int lag = get(Options.LAG);
    if (epoch < 1) {
      problems.add("time.epoch is shorter than 1 ms");
      return null;
    }
    if (outOfOrderness >= (lag - 1) * epoch) {
      problems.add(
          "time.outOfOrderness is "
              + outOfOrderness
              + " ms but must be below (time.lag - 1) x time.epoch = "
              + (lag - 1) * epoch
              + " ms, or documents would wait for ever: raise time.lag or time.epoch");
      return null;
    }
    return new EpochTime(outOfOrderness, get(Options.FUTURE_BOUND).toMillis(), epoch, lag);
  }

  private FloodGuardParameters floodGuard(List<String> problems) {
    int window = get(Options.FLOOD_WINDOW);
    int minimum = get(Options.FLOOD_MINIMUM);
    if (minimum > window) {
      problems.add(
          "deadLetters.flood.minimum is "
              + minimum
              + " but deadLetters.flood.window only "
              + window
              + ": no flood would ever be seen");
      return null;
    }
    return new FloodGuardParameters(window, minimum, get(Options.FLOOD_SHARE));
  }

  private TrendParameters trends(List<String> problems) {
    long halfLife = epochs(Options.TREND_HALF_LIFE, problems);
    long window = epochs(Options.TREND_WINDOW, problems);
    double on = get(Options.TREND_ON);
    double off = get(Options.TREND_OFF);
    if (off > on) {
      problems.add(
          "trends.off is "
              + off
              + " but must not be above trends.on = "
              + on
              + ", or a word would cool as it becomes hot");
    }
    return halfLife == 0 || window == 0 || off > on
        ? null
        : new TrendParameters(
            get(Options.TREND_WORDS),
            halfLife,
            window,
            get(Options.TREND_TOP),
            on,
            off,
            get(Options.TREND_MIN_DOCUMENTS));
  }

  /** A duration in whole epochs; 0, and a problem, if it is shorter than one. */
  private long epochs(Option<Duration> option, List<String> problems) {
    long duration = get(option).toMillis();
    long epoch = Math.max(1, get(Options.EPOCH).toMillis());
    if (duration < epoch) {
      problems.add(
          option.key()
              + " is "
              + duration
              + " ms but must be at least one time.epoch = "
              + epoch
              + " ms: raise it");
      return 0;
    }
    return Math.round((double) duration / epoch);
  }

  /** Documents of a silent stream must not wait for a time that does not come. */
  private void communitiesCanCome(List<String> problems) {
    if (epochTime == null || !communitiesEnabled() || communityAlignment() == Alignment.LATEST) {
      return;
    }
    long earliest = (communityLag() - 1) * epochTime.epochMillis();
    if (epochTime.outOfOrdernessMillis() >= earliest) {
      problems.add(
          "time.outOfOrderness is "
              + epochTime.outOfOrdernessMillis()
              + " ms but must be below (communities.lag - 1) x time.epoch = "
              + earliest
              + " ms, or documents would wait for ever: raise communities.lag");
    }
  }

  private CommunityParameters communities(List<String> problems) {
    long halfLife = epochs(Options.COMMUNITY_HALF_LIFE, problems);
    if (halfLife == 0) {
      return null;
    }
    return new CommunityParameters(
        get(Options.COMMUNITY_CONTEXT),
        get(Options.COMMUNITY_MAX_PAIRS),
        halfLife,
        get(Options.COMMUNITY_WEIGHTING),
        get(Options.COMMUNITY_MIN_COUNT),
        get(Options.COMMUNITY_STOP_SHARE),
        get(Options.COMMUNITY_TOP_K),
        get(Options.COMMUNITY_MAX_EDGES),
        get(Options.COMMUNITY_VERSION_PAIRS),
        get(Options.COMMUNITY_VERSION_SHARE),
        get(Options.COMMUNITY_MIN_SIZE),
        get(Options.COMMUNITY_HYSTERESIS),
        get(Options.COMMUNITY_MEMBER_HYSTERESIS),
        get(Options.COMMUNITY_SHOWN_MEMBERS));
  }
}
