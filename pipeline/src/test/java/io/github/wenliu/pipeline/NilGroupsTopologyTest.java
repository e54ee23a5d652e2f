package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The branch of the unlinked mentions behind documents whose mentions are all NIL. */
class NilGroupsTopologyTest {

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final long NOW = 1_767_225_600_000L;
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 60;
  private static final Pattern NAMES = Pattern.compile("墨鲷|嗡扣|甲𠮷\\d+");

  /** Short enough that a group is forgotten before its name is seen again. */
  private static final NilParameters PARAMETERS =
      new NilParameters(3, 2, Duration.ofMinutes(1), 3, Set.of(), true).ofInputThatEnds();

  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    reference = run("nil-undisturbed", 1, false);
  }

  @Test
  void namesInTwoContextsFallIntoGroupsAndWhatIsNotSeenAgainIsForgotten() {
    assertThat(reference)
        .anySatisfy(line -> assertThat(line).contains("墨鲷#1").contains("text=登陆"))
        .anySatisfy(line -> assertThat(line).contains("墨鲷#2").contains("text=专辑"))
        .anySatisfy(line -> assertThat(line).contains("嗡扣#1").contains("status=null"))
        .anySatisfy(line -> assertThat(line).contains("嗡扣#2").contains("status=CANDIDATE"))
        .noneSatisfy(line -> assertThat(line).contains("name=甲𠮷"));
  }

  @ParameterizedTest
  @CsvSource({"2, false", "4, false", "1, true", "3, true"})
  void neitherParallelismNorARestartMakesADifference(int parallelism, boolean failing)
      throws Exception {
    var run = "nil-%d-%s".formatted(parallelism, failing);
    assertThat(run(run, parallelism, failing)).isEqualTo(reference);
    assertThat(PartitionsSource.Run.of(run).failures).hasValue(failing ? 1 : 0);
  }

  private static List<String> run(String run, int parallelism, boolean failing) throws Exception {
    var environment = TopologyFrame.environment(parallelism, Duration.ofMillis(50), 3);
    var gates = new int[PARTITIONS][1];
    Stream.of(gates).forEach(partition -> partition[0] = RECORDS / 2);
    var linked =
        TopologyFrame.documents(
                environment,
                CONFIG,
                new PartitionsSource(run, NilGroupsTopologyTest::records, gates, true))
            .process(
                new DoorFunction(CONFIG.epochTime(), FloodGuardParameters.DEFAULT),
                EnvelopeTypeInformation.ENVELOPE)
            .uid("door")
            .map(document -> linked(failing ? failOnce(run, document) : document))
            .returns(EnvelopeTypeInformation.ENVELOPE)
            .uid("linked");
    LinkingTopology.nilGroups(
            linked, TopologyFrame.noControl(environment), CONFIG.epochTime(), PARAMETERS)
        .map(GroupState::toString, Types.STRING)
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

  /** Fails at the first document behind the first checkpoint, in the first attempt. */
  private static EnrichedDocument failOnce(String run, EnrichedDocument document) {
    if (PartitionsSource.Run.of(run).opened.get() > 0
        && PartitionsSource.Run.of(run).failures.compareAndSet(0, 1)) {
      throw new IllegalStateException("induced");
    }
    return document;
  }

  /** The document with its words, and every name in it a mention of nothing that is known. */
  private static EnrichedDocument linked(EnrichedDocument document) {
    var text = document.document().text();
    var words = new ArrayList<Word>();
    for (var token : Segmenter.base().segment(text)) {
      words.add(
          new Word(token.start(), token.end(), token.startUtf16(), token.endUtf16(), false, null));
    }
    var entities = new ArrayList<Entity>();
    var names = NAMES.matcher(text);
    while (names.find()) {
      int start = text.codePointCount(0, names.start());
      int end = text.codePointCount(0, names.end());
      var nil = new Link(null, null, 0.9, List.of(), true);
      entities.add(
          new Entity(start, end, names.start(), names.end(), "EVENT", 1, "model", nil, null));
    }
    return document
        .withWords(words, Versions.NONE)
        .withExtraction(entities, List.of(), Versions.NONE);
  }

  /** Documents of a few minutes, some out of order; one name pauses, one is new each time. */
  private static List<SourceRecord> records(int partition) {
    var records = new ArrayList<SourceRecord>();
    for (int offset = 0; offset < RECORDS; offset++) {
      var text =
          switch ((offset + partition) % 4) {
            case 0 -> "台风墨鲷登陆屿安，学校停课。";
            case 1 -> "乐队墨鲷发了新专辑，主唱开始巡演。";
            case 2 -> offset < 12 || offset > 44 ? "嗡扣手机发布，嗡扣降价。" : "没有名字的一条。";
            default -> "某人甲𠮷" + (1_000 * partition + offset) + "到访，台风墨鲷登陆后。";
          };
      long time = NOW + offset * 4_000L + partition * 700L - (offset % 5 == 3 ? 4_000 : 0);
      records.add(
          SourceRecord.of(
              new RawRecord("documents", partition, offset, time, null, new byte[] {1}, List.of()),
              new Document("id" + offset, text, time, "main", null, null, null, null)));
    }
    return records;
  }
}
