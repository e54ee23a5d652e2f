package io.github.wenliu.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityParameters;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.EdgeWeighting;
import io.github.wenliu.operators.cluster.PairContext;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.extract.ExtractionParameters;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendParameters;
import io.github.wenliu.operators.trends.TrendWords;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The corridor behind a few partitions, on a cluster in the test's own JVM, with all that leaves it
 * kept as lines. Records of the corridor are written as JSON, so that every field of theirs is
 * compared, numbers by their bits.
 */
final class LearningJob implements AutoCloseable {

  /** What begins the line of a document, behind which comes its topic's record. */
  static final String ENRICHED = "enriched ";

  /** What begins the line of a {@link WordState}. */
  static final String WORD = "word ";

  /** What begins the line of a {@link WordEvent}. */
  static final String EVENT = "event ";

  /** What begins the line of a {@link TrendEvent}. */
  static final String TREND = "trend ";

  /** What begins the line of a {@link CommunityState}. */
  static final String COMMUNITY = "community ";

  /** What begins the line of a {@link CommunityEvent}. */
  static final String COMMUNITY_EVENT = "community-event ";

  /** What begins the name of a model that nobody can open. */
  static final String BROKEN = "broken/";

  /** The failures that are induced where they are asked for, each in another place. */
  static final int FAILURES = 3;

  static final NewWordParameters PARAMETERS =
      new NewWordParameters(5, 1.0, 200, 0.05, 1_000_000, 86_400_000, 0, 64 << 20, false);

  /** Half-lives of four epochs, windows of five; easily hot. */
  static final TrendParameters TRENDS = new TrendParameters(TrendWords.NEW, 4, 5, 3, 1.5, 0.5, 2);

  /** Half-lives of ten epochs, and a version whenever a twentieth is new. */
  static final CommunityParameters COMMUNITIES =
      new CommunityParameters(
          PairContext.SENTENCE,
          500,
          10,
          EdgeWeighting.NPMI,
          1.5,
          1,
          20,
          100,
          60,
          0.05,
          3,
          2,
          3,
          30);

  /** Documents wait for versions that are found slowly. */
  static final int COMMUNITY_LAG = 2;

  /** So few documents under way that subtasks have to wait. */
  private static final ExtractionParameters EXTRACTION =
      new ExtractionParameters(
          FailurePolicy.DEAD_LETTER,
          8,
          Duration.ofMinutes(5),
          InferenceParameters.DEFAULT,
          null,
          null,
          null);

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final int BEHIND_DOCUMENTS = 0;
  private static final int BEHIND_WORDS = 1;
  private static final int BEFORE_THE_DOOR = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> RUNS_WITH_WORDS = ConcurrentHashMap.newKeySet();

  private final Set<String> knownWords;
  private final List<ControlChange> controls;
  private final GatedCluster cluster;

  /**
   * @param directory an empty one, for checkpoints and savepoints
   * @param knownWords words that are no news
   * @param controls what people ask for before the first document
   */
  LearningJob(Path directory, Set<String> knownWords, List<ControlChange> controls)
      throws Exception {
    this.knownWords = knownWords;
    this.controls = controls;
    cluster = new GatedCluster(directory, FAILURES);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  /**
   * Runs from the beginning to the end of the records.
   *
   * @param run its name
   * @param gates of the partitions; behind each of them the job fails once
   * @return all that came out, sorted
   */
  List<String> run(String run, int parallelism, PartitionsSource.Records records, int[][] gates)
      throws Exception {
    return cluster.toTheEnd(run, submit(run, parallelism, records, gates, true, null));
  }

  /**
   * Goes on from a savepoint, or from the beginning, until all partitions have come to a gate and a
   * word has been written since.
   *
   * @param savepoint {@code null} to begin
   * @return the next savepoint
   */
  String runToGate(
      String run,
      int parallelism,
      PartitionsSource.Records records,
      int[][] gates,
      int gate,
      String savepoint)
      throws Exception {
    cluster.startAt(run, gate);
    var job = submit(run, parallelism, records, gates, false, savepoint);
    return cluster.stopAtGate(run, job, gates.length, gate, () -> RUNS_WITH_WORDS.contains(run));
  }

  /** Goes on from a savepoint to the end of the records. */
  List<String> runFrom(
      String run,
      int parallelism,
      PartitionsSource.Records records,
      int[][] gates,
      String savepoint)
      throws Exception {
    cluster.startAt(run, gates[0].length);
    return cluster.toTheEnd(run, submit(run, parallelism, records, gates, false, savepoint));
  }

  private JobID submit(
      String run,
      int parallelism,
      PartitionsSource.Records records,
      int[][] gates,
      boolean opensAtCheckpoint,
      String savepoint)
      throws Exception {
    var environment = cluster.environment(parallelism);
    wire(environment, run, new PartitionsSource(run, records, gates, opensAtCheckpoint));
    return cluster.submit(environment, savepoint);
  }

  private void wire(StreamExecutionEnvironment environment, String run, PartitionsSource source) {
    var documents =
        TopologyFrame.documents(environment, CONFIG, source)
            .map(record -> fail(run, BEFORE_THE_DOOR, record))
            .returns(SourceRecord.class)
            .uid("before-the-door");
    var results =
        Topology.build(
            documents,
            TopologyFrame.control(environment, controls),
            null,
            new Topology.Parameters(
                CONFIG.epochTime(),
                FloodGuardParameters.DEFAULT,
                PARAMETERS,
                knownWords,
                TRENDS,
                new Topology.Communities(COMMUNITIES, Alignment.EVENT_TIME, COMMUNITY_LAG),
                ModelChoice.NONE,
                choice -> choice.model().startsWith(BROKEN) ? "it is broken" : null,
                EXTRACTION,
                new LateExtractors(run),
                null));
    var enriched =
        results
            .enriched()
            .map(document -> line(fail(run, BEHIND_DOCUMENTS, document)), Types.STRING)
            .uid("enriched");
    var communities =
        results.communities().map(state -> COMMUNITY + json(state), Types.STRING).uid("states");
    var communityEvents =
        results
            .communityEvents()
            .map(event -> COMMUNITY_EVENT + json(event), Types.STRING)
            .uid("community-events");
    var words =
        results
            .words()
            .map(
                state -> {
                  RUNS_WITH_WORDS.add(run);
                  return WORD + json(fail(run, BEHIND_WORDS, state));
                },
                Types.STRING)
            .uid("words");
    var events = results.wordEvents().map(event -> EVENT + json(event), Types.STRING).uid("events");
    var trends = results.trends().map(event -> TREND + json(event), Types.STRING).uid("heat");
    enriched
        .union(words, events, trends, communities, communityEvents)
        .flatMap(new CollectFunction(run), Types.STRING)
        .uid("collect")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .setParallelism(1);
  }

  /** Fails in the place of the next failure, at the first record behind its gate. */
  private static <T> T fail(String run, int place, T record) {
    var of = PartitionsSource.Run.of(run);
    if (of.opened.get() > place
        && of.failures.get() == place
        && of.failures.compareAndSet(place, place + 1)) {
      throw new IllegalStateException("induced");
    }
    return record;
  }

  private static String line(EnrichedDocument document) {
    var record = new EnrichedEncoder(WordsOutput.ALL, "test").encode(document);
    var line = new StringBuilder(ENRICHED);
    line.append(new String(record.value(), StandardCharsets.UTF_8));
    line.append(' ').append(new String(record.key(), StandardCharsets.UTF_8));
    for (var header : record.headers()) {
      line.append(' ').append(header.key()).append('=');
      line.append(new String(header.value(), StandardCharsets.UTF_8));
    }
    return line.toString();
  }

  private static String json(Object record) throws JsonProcessingException {
    return JSON.writeValueAsString(record);
  }
}
