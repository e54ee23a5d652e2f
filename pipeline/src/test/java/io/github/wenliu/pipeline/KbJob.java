package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The corridor with linking behind a few partitions and a knowledge base, on a cluster in the
 * test's own JVM, with all that leaves it kept as lines.
 */
final class KbJob implements AutoCloseable {

  /** What begins the line of a document, behind which comes its topic's record. */
  static final String ENRICHED = "enriched ";

  /** What begins the line of an answer: target, action, and the epoch or the reason. */
  static final String ACK = "ack ";

  /** What begins the line of a dead letter. */
  static final String DEAD = "dead ";

  /** The failures that are induced where they are asked for, each in another place. */
  static final int FAILURES = 3;

  /**
   * What a job reads.
   *
   * @param documents by partition
   * @param gates of the partitions
   * @param kb what the knowledge base holds and what changes in it
   * @param kbGates places of it before which it waits for the documents to have passed one more of
   *     their gates
   * @param control what people ask for
   */
  record Input(
      PartitionsSource.Records documents,
      int[][] gates,
      List<KbRecord> kb,
      int[] kbGates,
      List<ControlChange> control) {}

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final int MAX_CANDIDATES = 3;

  /** By run: the records of its knowledge base, as sources are made anew on the cluster. */
  private static final Map<String, List<KbRecord>> KB = new ConcurrentHashMap<>();

  /** By run: the documents that came out, those that come again after a failure once more. */
  private static final Map<String, AtomicLong> OUT = new ConcurrentHashMap<>();

  /** By run: the answers that came out. */
  private static final Map<String, AtomicLong> ANSWERED = new ConcurrentHashMap<>();

  private final GatedCluster cluster;

  /**
   * @param directory an empty one, for checkpoints and savepoints
   */
  KbJob(Path directory) throws Exception {
    cluster = new GatedCluster(directory, FAILURES);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  /** Runs from the beginning to the end; fails once behind each gate of the documents. */
  List<String> run(String run, int parallelism, Input input) throws Exception {
    return cluster.toTheEnd(run, submit(run, parallelism, input, true, null));
  }

  /** Goes on from a savepoint, or from the beginning, until all partitions are at a gate. */
  String runToGate(String run, int parallelism, Input input, int gate, String savepoint)
      throws Exception {
    cluster.startAt(run, gate);
    var job = submit(run, parallelism, input, false, savepoint);
    return cluster.stopAtGate(run, job, input.gates().length, gate, () -> true);
  }

  /** Goes on from a savepoint to the end. */
  List<String> runFrom(String run, int parallelism, Input input, String savepoint)
      throws Exception {
    cluster.startAt(run, input.gates()[0].length);
    return cluster.toTheEnd(run, submit(run, parallelism, input, false, savepoint));
  }

  /** How many documents have come out of a run so far. */
  static long documentsOut(String run) {
    return count(OUT, run).get();
  }

  /** How many answers have come out of a run so far. */
  static long answered(String run) {
    return count(ANSWERED, run).get();
  }

  private static AtomicLong count(Map<String, AtomicLong> counts, String run) {
    return counts.computeIfAbsent(run, unused -> new AtomicLong());
  }

  /** The gates of the knowledge base, of which one more is opened to let it go on. */
  static PartitionsSource.Run kb(String run) {
    return PartitionsSource.Run.of(run + "-kb");
  }

  /** Starts a run without waiting for anything. */
  JobID submit(
      String run, int parallelism, Input input, boolean opensAtCheckpoint, String savepoint)
      throws Exception {
    var environment = cluster.environment(parallelism);
    KB.put(run, input.kb());
    wire(environment, run, input, opensAtCheckpoint);
    return cluster.submit(environment, savepoint);
  }

  List<String> awaitEnd(String run, JobID job) throws Exception {
    return cluster.toTheEnd(run, job);
  }

  private void wire(
      StreamExecutionEnvironment environment, String run, Input input, boolean opensAtCheckpoint) {
    var documents =
        TopologyFrame.documents(
            environment,
            CONFIG,
            new PartitionsSource(run, input.documents(), input.gates(), opensAtCheckpoint));
    var results =
        Topology.build(
            documents,
            TopologyFrame.control(environment, input.control()),
            kb(environment, run, input),
            new Topology.Parameters(
                CONFIG.epochTime(),
                FloodGuardParameters.DEFAULT,
                CONFIG.newWords(),
                Set.of(),
                null,
                null,
                ModelChoice.NONE,
                choice -> null,
                null,
                null,
                new Topology.Linking(
                    new LinkParameters(256, MAX_CANDIDATES, 5, true),
                    metrics -> new ConstantLinkModel(),
                    new FirstCandidateFactory(),
                    NilParameters.DEFAULT,
                    1,
                    Duration.ofMinutes(10))));
    results
        .enriched()
        .map(document -> line(failOnce(run, document)), Types.STRING)
        .uid("enriched")
        .union(
            results.controlAcks().map(ack -> line(run, ack), Types.STRING).uid("acks"),
            results
                .deadLetters()
                .map(letter -> DEAD + letter.stage() + " " + letter.raw().origin(), Types.STRING)
                .uid("dead"))
        .flatMap(new CollectFunction(run), Types.STRING)
        .uid("collect")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .setParallelism(1);
  }

  /** One partition, whose records only say which of the knowledge base's it is. */
  private static DataStream<KbRecord> kb(
      StreamExecutionEnvironment environment, String run, Input input) {
    int size = input.kb().size();
    PartitionsSource.Records numbers =
        partition -> IntStream.range(0, size).mapToObj(KbJob::number).toList();
    return environment
        .fromSource(
            new PartitionsSource(run + "-kb", numbers, new int[][] {input.kbGates()}, false),
            WatermarkStrategy.noWatermarks(),
            "kb")
        .setParallelism(1)
        .uid("source-kb")
        .map(record -> KB.get(run).get((int) record.raw().offset()))
        .returns(KbRecord.class)
        .setParallelism(1)
        .uid("kb-records");
  }

  private static SourceRecord number(int offset) {
    return SourceRecord.of(
        new RawRecord("kb", 0, offset, 0, null, null, List.of()),
        new Document("id", "", null, "main", null, null, null, null));
  }

  /** Fails at the first document behind each gate that is open. */
  private static EnrichedDocument failOnce(String run, EnrichedDocument document) {
    var of = PartitionsSource.Run.of(run);
    int failures = of.failures.get();
    if (failures < FAILURES
        && of.opened.get() > failures
        && of.failures.compareAndSet(failures, failures + 1)) {
      throw new IllegalStateException("induced");
    }
    count(OUT, run).incrementAndGet();
    return document;
  }

  private static String line(String run, ControlAck ack) {
    count(ANSWERED, run).incrementAndGet();
    var change = ack.change();
    return ACK
        + change.target()
        + " "
        + change.action()
        + " "
        + (ack.isAccepted() ? ack.epoch() : ack.reason());
  }

  private static String line(EnrichedDocument document) {
    var record = new EnrichedEncoder(WordsOutput.NONE, "test").encode(document);
    return ENRICHED + new String(record.value(), StandardCharsets.UTF_8);
  }
}
