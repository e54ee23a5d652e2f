package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of files with the released models, and their scores. */
class LinkCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Path kb;
  private Path texts;
  private Path gold;

  @BeforeEach
  void write() throws IOException {
    kb =
        Files.writeString(
            directory.resolve("kb.jsonl"),
            """
            {"id": "Q1", "name": "顾明远", "types": ["人物", "企业家"], "description": "蓝鲸动力的创始人，在苏州工作"}
            {"id": "Q2", "name": "顾明远", "types": ["人物", "歌手"], "description": "民谣歌手，唱过山里的冬天"}
            {"id": "Q3", "name": "苏州市", "aliases": ["苏州"], "types": ["地点"], "description": "江苏省的地级市"}
            {"id": "Q4", "name": "老顾", "redirect": "Q1"}
            {"name": "没有编号"}
            """);
    texts =
        Files.writeString(
            directory.resolve("texts.txt"),
            """
            昨天下午，蓝鲸动力的创始人顾明远在苏州对记者说，明年要建实验室。
            民谣歌手顾明远又唱起了那首山里的冬天。
            """);
    gold =
        Files.writeString(
            directory.resolve("gold.jsonl"),
            """
            {"text": "蓝鲸动力的创始人顾明远在苏州。", "mentions": [{"start": 8, "end": 11, "kb_id": "Q1"}, {"start": 12, "end": 14, "kb_id": "Q3"}]}
            {"text_id": "2", "text": "歌手顾明远唱民谣。", "mention_data": [{"kb_id": "Q2", "mention": "顾明远", "offset": "2"}, {"kb_id": "NIL", "mention": "民谣", "offset": "6"}]}
            """);
  }

  private static List<JsonNode> read(List<String> lines) throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (var line : lines) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  private static JsonNode entity(JsonNode document, String text) {
    for (var entity : document.get("entities")) {
      if (entity.get("text").asText().equals(text)) {
        return entity;
      }
    }
    throw new AssertionError("no entity " + text + " in " + document.get("entities"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "link TEXTS",
        "link TEXTS --kb no-such-file",
        "link no-such-file --kb KB",
        "link TEXTS --kb KB --mentions some",
        "link TEXTS --kb KB --max-candidates 0",
        "eval links --data GOLD",
        "eval links --kb KB",
      })
  void wrongUseIsOneLineAndTwo(String line) {
    var run =
        CommandLineRun.of(
            line.replace("TEXTS", texts.toString())
                .replace("GOLD", gold.toString())
                .replace("KB", kb.toString())
                .split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void oneNameMeansWhatTheTextIsAbout() throws IOException {
    var run = CommandLineRun.of("link", texts.toString(), "--kb", kb.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("kb.jsonl:5: ").contains("1 lines hold no entry");
    var documents = read(run.outLines());
    assertThat(documents).hasSize(2);
    var first = entity(documents.get(0), "顾明远").get("link");
    assertThat(first.get("id").asText()).isEqualTo("Q1");
    assertThat(first.get("name").asText()).isEqualTo("顾明远");
    assertThat(first.get("score").asDouble()).isGreaterThan(0.5);
    assertThat(first.get("candidates")).hasSize(2);
    assertThat(entity(documents.get(0), "苏州").get("link").get("id").asText()).isEqualTo("Q3");
    assertThat(entity(documents.get(1), "顾明远").get("link").get("id").asText()).isEqualTo("Q2");
    assertThat(documents.get(0).get("versions").get("kb").asLong()).isZero();
  }

  /** The option takes one file, and may be given several times. */
  @Test
  void theKnowledgeBaseMayBeNamedBeforeTheTexts() throws IOException {
    var behind = CommandLineRun.of("link", texts.toString(), "--kb", kb.toString());

    var before = CommandLineRun.of("link", "--kb", kb.toString(), texts.toString());
    assertThat(before.exitCode()).isZero();
    assertThat(before.outLines()).isEqualTo(behind.outLines());
    var twice =
        CommandLineRun.of("link", "--kb", kb.toString(), "--kb", kb.toString(), texts.toString());
    assertThat(twice.outLines()).isEqualTo(behind.outLines());
  }

  @Test
  void givenMentionsAreKeptAsTheyAre() throws IOException {
    var run =
        CommandLineRun.of("link", gold.toString(), "--kb", kb.toString(), "--mentions", "gold");

    var documents = read(run.outLines());
    assertThat(documents.get(0).get("entities")).hasSize(2);
    assertThat(entity(documents.get(0), "顾明远").get("origin").asText()).isEqualTo("gold");
    var nil = entity(documents.get(1), "民谣").get("link");
    assertThat(nil.get("nil").asBoolean()).isTrue();
    assertThat(nil.get("id").isNull()).isTrue();
  }

  @Test
  void aLineThatIsNoDocumentKeepsItsPlace() throws IOException {
    Files.writeString(
        gold, "{\"text\": 5}\n{\"text\": \"苏州\", \"mentions\": [{\"start\": 0, \"end\": 9}]}\n");

    var run =
        CommandLineRun.of("link", gold.toString(), "--kb", kb.toString(), "--mentions", "gold");

    var lines = read(run.outLines());
    assertThat(lines).hasSize(2).allMatch(line -> line.has("error"));
    assertThat(run.err()).contains("2 records are no documents");
  }

  @Test
  void scoresAreThoseOfTheLinks() throws IOException {
    var run = CommandLineRun.of("eval", "links", "--data", gold.toString(), "--kb", kb.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    var score = read(run.outLines()).get(0);
    var given = score.get("given");
    assertThat(given.get("mentions").asInt()).isEqualTo(3);
    assertThat(given.get("accuracy").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(given.get("ambiguousMentions").asInt()).isEqualTo(2);
    assertThat(given.get("nilF1").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(given.get("reliability")).hasSize(10);
    assertThat(score.get("found").get("gold").asInt()).isEqualTo(3);
    assertThat(score.get("found").get("candidateRecall").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(score.get("entries").asInt()).isEqualTo(3);
  }

  @Test
  void examplesHoldEveryPairAndWhatTheTextsSayOfNames() throws IOException {
    var out = directory.resolve("examples");

    var run =
        CommandLineRun.of(
            "eval",
            "link-examples",
            "--data",
            gold.toString(),
            "--kb",
            kb.toString(),
            "--mentions",
            "gold",
            "--out",
            out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    var rows = read(Files.readAllLines(out.resolve("examples.jsonl")));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("mentions").get(0).get("candidates")).hasSize(2);
    int numbers =
        rows.get(0).get("mentions").get(0).get("candidates").get(0).get("features").size();
    assertThat(Files.readAllLines(out.resolve("features.txt"))).hasSize(numbers);
    assertThat(Files.readString(out.resolve("statistics.tsv"))).contains("surface\t顾明远\t2\t2\n");
  }
}
