package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.extract.ExtractionParameters;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that misbehave in the whole corridor: nothing is lost, nothing comes twice. */
class ExtractionTopologyTest {

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final long NOW = 1_767_225_600_000L;
  private static final int PARTITIONS = 4;
  private static final int RECORDS_OF_PARTITION = 60;
  private static final int GATE = RECORDS_OF_PARTITION / 2;

  /** Above the documents that hang before the gate, so that the barrier is not behind them. */
  private static final int CAPACITY = 32;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final List<List<SourceRecord>> RECORDS = partitions(false);

  /** The same, but on one document of each partition the model never ends. */
  private static final List<List<SourceRecord>> HANGING = partitions(true);

  /** What one subtask of everything makes of the records. */
  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    reference = run("undisturbed", 1, false, parameters(FailurePolicy.DEAD_LETTER, LONG));
  }

  /** The gate of the source opens behind a checkpoint, and only then the model goes on. */
  @Test
  void aCheckpointIsTakenWhileAModelHangs() {
    assertThat(PartitionsSource.Run.of("undisturbed").opened).hasValue(1);
    assertThat(reference).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    assertThat(lines(reference, "enriched"))
        .hasSize((int) texts().filter(text -> !fails(text)).count())
        .anySatisfy(line -> assertThat(line).contains(LateExtractors.HANGS_AT_THE_GATE));
  }

  @Test
  void aModelThatThrowsOrAnswersNonsenseMakesDeadLettersOfThoseDocuments() {
    assertThat(lines(reference, "dead"))
        .hasSize((int) texts().filter(ExtractionTopologyTest::fails).count())
        .allSatisfy(line -> assertThat(line).contains("stage=extract, ", "errorClass=INFER, "));
  }

  @ParameterizedTest
  @CsvSource({"2, false", "4, false", "1, true", "2, true", "4, true"})
  void neitherParallelismNorARestartWithDocumentsUnderWayMakesADifference(
      int parallelism, boolean failing) throws Exception {
    var run = "misbehaving-%d-%s".formatted(parallelism, failing);
    var lines = run(run, parallelism, failing, parameters(FailurePolicy.DEAD_LETTER, LONG));
    assertThat(PartitionsSource.Run.of(run).readers)
        .as("the job was started again if it failed")
        .hasValue((failing ? 2 : 1) * parallelism);
    assertThat(lines).isEqualTo(reference);
  }

  @Test
  void aModelThatHangsForEverHoldsADocumentForNoLongerThanTheTimeout() throws Exception {
    var run = "hanging";
    var lines = run(run, 2, false, parameters(FailurePolicy.DEAD_LETTER, SHORT), true);
    assertThat(lines(lines, "dead"))
        .filteredOn(line -> line.contains(ErrorClass.INFER_TIMEOUT.name()))
        .hasSize(PARTITIONS);
    assertThat(lines).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    assertThat(withoutHanging(lines)).isEqualTo(withoutHanging(reference));
  }

  @Test
  void failuresMayPassWithAFlag() throws Exception {
    var run = "passing";
    var lines = run(run, 2, false, parameters(FailurePolicy.PASS, LONG));
    assertThat(lines(lines, "dead")).isEmpty();
    assertThat(lines(lines, "enriched")).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    assertThat(lines)
        .filteredOn(line -> line.contains("flags=" + Flag.ERROR.bit() + ","))
        .hasSize((int) texts().filter(ExtractionTopologyTest::fails).count());
  }

  private static ExtractionParameters parameters(FailurePolicy onFailure, Duration timeout) {
    var defaults = InferenceParameters.DEFAULT;
    var inference =
        new InferenceParameters(
            defaults.provider(),
            defaults.deviceId(),
            defaults.fallbackToCpu(),
            defaults.threads(),
            defaults.workers(),
            defaults.maxBatch(),
            defaults.maxBatchTokens(),
            defaults.linger(),
            defaults.queueCapacity(),
            Duration.ofSeconds(1),
            defaults.deviceMemoryBytes());
    return new ExtractionParameters(onFailure, CAPACITY, timeout, inference, null, null, null);
  }

  private static List<String> run(
      String run, int parallelism, boolean failing, ExtractionParameters parameters)
      throws Exception {
    return run(run, parallelism, failing, parameters, false);
  }

  private static List<String> run(
      String run,
      int parallelism,
      boolean failing,
      ExtractionParameters parameters,
      boolean hanging)
      throws Exception {
    var environment = environment(parallelism);
    var gates = new int[PARTITIONS][1];
    Stream.of(gates).forEach(partition -> partition[0] = GATE);
    var source =
        TopologyFrame.documents(
            environment,
            CONFIG,
            new PartitionsSource(
                run, partition -> (hanging ? HANGING : RECORDS).get(partition), gates, true));
    var control = TopologyFrame.noControl(environment);
    var results =
        Topology.build(
            source,
            control,
            null,
            new Topology.Parameters(
                CONFIG.epochTime(),
                FloodGuardParameters.DEFAULT,
                CONFIG.newWords(),
                Set.of(),
                null,
                null,
                new ModelChoice("late/v1", LateExtractors.SCHEMES),
                choice -> null,
                parameters,
                new LateExtractors(run),
                null));
    results
        .enriched()
        .map(document -> line(failing ? failOnce(run, document) : document), Types.STRING)
        .uid("enriched")
        .union(
            results
                .deadLetters()
                .map(letter -> "dead " + described(letter.raw()) + " " + letter, Types.STRING)
                .uid("dead"))
        .map(line -> line.replaceAll("\\[B@[0-9a-f]+", "bytes"), Types.STRING)
        .uid("lines")
        .flatMap(new CollectFunction(run), Types.STRING)
        .uid("collect")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .setParallelism(1);
    environment.execute(run);
    return CollectFunction.collectedBy(run).stream().sorted().toList();
  }

  private static String line(EnrichedDocument document) {
    return "enriched " + described(document.raw()) + " " + document;
  }

  private static String described(RawRecord raw) {
    return "%d-%02d".formatted(raw.partition(), raw.offset());
  }

  /** Fails at the first document behind the gate, in the first attempt. */
  private static EnrichedDocument failOnce(String run, EnrichedDocument document) {
    if (document.raw().offset() >= GATE
        && PartitionsSource.Run.of(run).failures.compareAndSet(0, 1)) {
      throw new IllegalStateException("induced");
    }
    return document;
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    var environment = TopologyFrame.environment(parallelism, Duration.ofMillis(100), 1);
    environment.getConfig().setAutoWatermarkInterval(10);
    return environment;
  }

  private static List<List<SourceRecord>> partitions(boolean hanging) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> records(partition, hanging))
        .toList();
  }

  /** Documents some epochs apart, all but the last few with their vocabulary before the gate. */
  private static List<SourceRecord> records(int partition, boolean hanging) {
    var records = new ArrayList<SourceRecord>();
    for (int offset = 0; offset < RECORDS_OF_PARTITION; offset++) {
      var text = text(partition, offset);
      if (hanging && offset == GATE + 1) {
        text += LateExtractors.HANGS;
      }
      long time = NOW + offset * 20_000L;
      records.add(
          SourceRecord.of(
              new RawRecord("documents", partition, offset, time, null, null, List.of()),
              new Document("id" + offset, text, time, "main", null, null, null, null)));
    }
    return records;
  }

  private static String text(int partition, int offset) {
    var text = "第%d条𠮷新闻来自分区%d。茶农老陈在山上种茶。".formatted(offset, partition);
    return switch ((offset + partition) % 12) {
      case 3 -> text + LateExtractors.THROWS;
      case 7 -> text + LateExtractors.NOT_A_NUMBER;
      case 9 -> text + LateExtractors.HANGS_AT_THE_GATE;
      default -> text;
    };
  }

  private static Stream<String> texts() {
    return IntStream.range(0, PARTITIONS)
        .boxed()
        .flatMap(
            partition ->
                IntStream.range(0, RECORDS_OF_PARTITION)
                    .mapToObj(offset -> text(partition, offset)));
  }

  private static boolean fails(String text) {
    return text.contains(LateExtractors.THROWS) || text.contains(LateExtractors.NOT_A_NUMBER);
  }

  private static List<String> lines(List<String> lines, String kind) {
    return lines.stream().filter(line -> line.startsWith(kind + " ")).toList();
  }

  /** The lines but those of the documents that hang in some run. */
  private static List<String> withoutHanging(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.matches("\\w+ \\d-%02d .*".formatted(GATE + 1)))
        .toList();
  }
}
