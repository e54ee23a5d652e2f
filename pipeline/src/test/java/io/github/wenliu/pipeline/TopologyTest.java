package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.pipeline.codec.DeadLetterEncoder;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final long NOW = 1_767_225_600_000L;
  private static final int PARTITIONS = 5;
  private static final int RECORDS = 80;

  /** What one subtask of everything makes of the records. */
  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    reference = sorted(runUndisturbed(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void everyRecordLeavesOnceWithTheSameBytesAtAnyParallelism(int parallelism) throws Exception {
    var lines = runUndisturbed(parallelism);
    assertThat(origins(lines, "enriched")).isEqualTo(origins(true));
    assertThat(origins(lines, "dead")).isEqualTo(origins(false));
    assertThat(sorted(lines)).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRestartFromACheckpointGivesTheSameBytes(int parallelism) throws Exception {
    var run = "restart-" + parallelism;
    var environment = environment(parallelism);
    wire(environment, run, TopologyTest::records, gates(true), true, FloodGuardParameters.DEFAULT);
    environment.execute(run);
    assertThat(PartitionsSource.Run.of(run).opened).hasValue(1);
    assertThat(PartitionsSource.Run.of(run).readers)
        .as("the job failed once and was started again")
        .hasValue(2 * parallelism);
    assertThat(sorted(CollectFunction.collectedBy(run))).isEqualTo(reference);
  }

  @Test
  void aFloodOfBadRecordsFailsTheJobWithoutARestart() {
    var run = "flood";
    var environment = environment(2);
    wire(
        environment,
        run,
        TopologyTest::goodThenBad,
        gates(true),
        false,
        new FloodGuardParameters(20, 10, 0.5));
    var failure = catchThrowable(() -> environment.execute(run));
    assertThat(ExceptionUtils.findThrowable(failure, FloodException.class))
        .hasValueSatisfying(
            flood -> assertThat(flood).hasMessageContaining("deadLetters.flood.share"));
    assertThat(PartitionsSource.Run.of(run).readers).as("no second attempt").hasValue(2);
  }

  private static List<String> runUndisturbed(int parallelism) throws Exception {
    var run = "undisturbed-" + parallelism;
    var environment = environment(parallelism);
    wire(
        environment, run, TopologyTest::records, gates(false), false, FloodGuardParameters.DEFAULT);
    environment.execute(run);
    return CollectFunction.collectedBy(run);
  }

  private static void wire(
      StreamExecutionEnvironment environment,
      String run,
      PartitionsSource.Records records,
      int[][] gates,
      boolean failing,
      FloodGuardParameters floodGuard) {
    var source =
        TopologyFrame.documents(
            environment, CONFIG, new PartitionsSource(run, records, gates, true));
    var control = TopologyFrame.noControl(environment);
    var results =
        Topology.build(
            source,
            control,
            null,
            new Topology.Parameters(
                CONFIG.epochTime(),
                floodGuard,
                CONFIG.newWords(),
                Set.of(),
                null,
                new Topology.Communities(
                    CONFIG.communities(), CONFIG.communityAlignment(), CONFIG.communityLag()),
                ModelChoice.NONE,
                choice -> null,
                null,
                null,
                null));
    var enriched =
        results
            .enriched()
            .map(document -> failing ? failOnce(run, document) : document)
            .returns(EnvelopeTypeInformation.ENVELOPE)
            .uid("fail-once")
            .map(TopologyTest::line, Types.STRING)
            .uid("enriched");
    var dead = results.deadLetters().map(TopologyTest::line, Types.STRING).uid("dead-letters");
    enriched
        .union(dead)
        .flatMap(new CollectFunction(run), Types.STRING)
        .uid("collect")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .setParallelism(1);
  }

  /** One gate in the middle of each partition, or none. */
  private static int[][] gates(boolean one) {
    var gates = new int[PARTITIONS][one ? 1 : 0];
    if (one) {
      Stream.of(gates).forEach(partition -> partition[0] = RECORDS / 2);
    }
    return gates;
  }

  /** Fails at the first document behind the first checkpoint, in the first attempt. */
  private static EnrichedDocument failOnce(String run, EnrichedDocument document) {
    if (PartitionsSource.Run.of(run).opened.get() > 0
        && PartitionsSource.Run.of(run).failures.compareAndSet(0, 1)) {
      throw new IllegalStateException("induced");
    }
    return document;
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    return TopologyFrame.environment(parallelism, Duration.ofMillis(50), 3);
  }

  /**
   * A partition: documents a few seconds apart, some out of order, of 1970, of 2099, without a time
   * or not documents at all.
   */
  private static List<SourceRecord> records(int partition) {
    var records = new ArrayList<SourceRecord>();
    for (int offset = 0; offset < RECORDS; offset++) {
      long ordered = NOW + offset * 3_000L + partition * 700L;
      records.add(
          switch ((offset + 3 * partition) % 16) {
            case 0 -> document(partition, offset, null);
            case 5 -> document(partition, offset, 0L);
            case 7 -> document(partition, offset, 4_070_908_800_000L);
            case 9, 11 -> document(partition, offset, ordered - 4_000);
            case 12 -> bad(partition, offset);
            case 13 -> document(partition, offset, ordered - 60_000);
            default -> document(partition, offset, ordered);
          });
    }
    return records;
  }

  private static SourceRecord document(int partition, int offset, Long timeMillis) {
    var text = "第" + offset + "条𠮷新闻，来自分区" + partition + "。";
    return SourceRecord.of(
        raw(partition, offset),
        new Document("id" + offset, text, timeMillis, "main", null, null, null, null));
  }

  /**
   * A flood behind the gate, so behind a checkpoint: a task that fails while the source is still
   * told its partitions is started again by Flink, which then sees the lost message first.
   */
  private static List<SourceRecord> goodThenBad(int partition) {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            offset ->
                offset < RECORDS / 2
                    ? document(partition, offset, NOW + offset)
                    : bad(partition, offset))
        .toList();
  }

  private static SourceRecord bad(int partition, int offset) {
    return SourceRecord.rejected(
        raw(partition, offset), new Rejection(ErrorClass.PARSE, "E", "line 1"));
  }

  private static RawRecord raw(int partition, int offset) {
    return new RawRecord(
        "documents",
        partition,
        offset,
        NOW + offset * 3_000L,
        new byte[] {(byte) partition, (byte) offset},
        new byte[] {(byte) offset, -1},
        List.of(new Header("h", null)));
  }

  private static String line(EnrichedDocument document) {
    return "enriched "
        + document.raw().origin()
        + " "
        + text(new EnrichedEncoder(WordsOutput.ALL, "test").encode(document));
  }

  private static String line(DeadLetter letter) {
    return "dead "
        + letter.raw().origin()
        + " "
        + text(new DeadLetterEncoder("test", Long.MAX_VALUE).encode(letter));
  }

  /** All of a record: value, key, headers. */
  private static String text(OutgoingRecord record) {
    var text = new StringBuilder();
    text.append(new String(record.value(), StandardCharsets.ISO_8859_1)).append(' ');
    text.append(Base64.getEncoder().encodeToString(record.key()));
    for (Header header : record.headers()) {
      text.append(' ').append(header.key()).append('=');
      if (header.value() != null) {
        text.append(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  /** The origins that must leave one way, each once, sorted. */
  private static List<String> origins(boolean documents) {
    return IntStream.range(0, PARTITIONS)
        .boxed()
        .flatMap(partition -> records(partition).stream())
        .filter(record -> (record.document() != null) == documents)
        .map(record -> record.raw().origin())
        .sorted()
        .toList();
  }

  private static List<String> origins(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind + " "))
        .map(line -> line.split(" ", 3)[1])
        .sorted()
        .toList();
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
