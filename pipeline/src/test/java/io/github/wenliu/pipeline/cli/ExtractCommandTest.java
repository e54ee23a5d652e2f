package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities of files with the released model, and their scores. */
class ExtractCommandTest {

  private static final String TEXT = "昨天下午，蓝鲸动力的创始人顾明远在苏州对记者说，明年要建实验室。";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Path corpus;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = Files.writeString(directory.resolve("corpus.txt"), TEXT + "\n");
  }

  private CommandLineRun extract(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("extract"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<JsonNode> read(List<String> lines) throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (var line : lines) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extract",
        "extract no-such-file",
        "extract --scheme no-such-scheme FILE",
        "extract --relations no-such-scheme FILE",
        "extract --threads 0 FILE",
        "extract --device tpu FILE",
        "extract --models no-such-directory FILE",
        "extract --out no-such-directory/out.jsonl FILE",
        "extract --out DIRECTORY FILE",
        "eval entities",
        "eval entities --scheme news --data no-such-file",
        "eval entities --scheme no-such-scheme --data FILE",
        "eval entities --scheme news --limit 0 --data FILE",
        "eval relations --scheme news --data FILE",
      })
  void wrongUseIsOneLineAndTwo(String line) {
    var arguments =
        line.replace("FILE", corpus.toString()).replace("DIRECTORY", directory.toString());

    var run = CommandLineRun.of(arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines().stream().filter(one -> !one.startsWith("fast/"))).hasSize(1);
  }

  @Test
  void anUnknownModelIsOneLineAndOne() {
    var run = extract("--model", "no-such-model", corpus.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1).first().asString().contains("no-such-model");
  }

  @Test
  void entitiesNameTheirSlicesOfTheText() throws IOException {
    var run = extract(corpus.toString());

    assertThat(run.exitCode()).isZero();
    var document = read(run.outLines()).get(0);
    assertThat(document.get("id").asText()).isEqualTo("corpus.txt:1");
    assertThat(document.get("text").asText()).isEqualTo(TEXT);
    assertThat(document.get("versions").get("scheme").asText()).isEqualTo("news");
    assertThat(document.get("versions").get("model").asText()).startsWith("fast/v");
    assertThat(document.has("relations")).isFalse();
    var found = new ArrayList<String>();
    for (var entity : document.get("entities")) {
      var slice = TEXT.substring(entity.get("start").asInt(), entity.get("end").asInt());
      assertThat(entity.get("text").asText()).isEqualTo(slice);
      found.add(slice);
    }
    assertThat(found).hasSizeGreaterThan(1).contains("苏州");
    assertThat(run.errLines().get(0)).as("the terms of the model").startsWith("fast/v");
  }

  @Test
  void everyLineHasItsLineInOrder() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      lines.add(
          switch (i % 4) {
            case 0 -> "{\"id\":\"d%d\",\"text\":\"%s\"}".formatted(i, TEXT.repeat(1 + i % 30));
            case 1 -> "{\"id\":\"d%d\",\"text\":\"\"}".formatted(i);
            case 2 -> "{\"id\":\"d%d\"}".formatted(i);
            default -> "{\"id\":\"d%d\",\"text\":\"😀顾明远在苏州\"}".formatted(i);
          });
    }
    lines.set(6, "no document");
    var file = Files.write(directory.resolve("lines.jsonl"), lines);

    var run = extract("--threads", "2", file.toString());

    assertThat(run.exitCode()).isZero();
    var documents = read(run.outLines());
    assertThat(documents).hasSize(lines.size());
    for (int i = 0; i < documents.size(); i++) {
      var document = documents.get(i);
      assertThat(document.get("id").asText()).isEqualTo(i == 6 ? "lines.jsonl:7" : "d" + i);
      boolean bad = i % 4 == 2;
      assertThat(document.has("error")).as(document.toString()).isEqualTo(bad);
      assertThat(document.has("entities")).isNotEqualTo(bad);
    }
    assertThat(documents.get(7).get("entities").get(0).get("start").asInt()).isEqualTo(1);
    assertThat(documents.get(7).get("entities").get(0).get("startUtf16").asInt()).isEqualTo(2);
  }

  @Test
  void theAnswerDependsNeitherOnThreadsNorOnNeighbours() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      lines.add(TEXT.substring(i % 9) + "。".repeat(i % 5));
    }
    var file = Files.write(directory.resolve("many.txt"), lines).toString();
    var one = directory.resolve("one.jsonl");
    assertThat(extract("--threads", "1", "--out", one.toString(), file).exitCode()).isZero();
    assertThat(Files.readAllLines(one)).isEqualTo(extract("--threads", "3", file).outLines());
    assertThat(directory.toFile().list()).contains("one.jsonl").doesNotContain(".one.jsonl.part");
  }

  @Test
  void scoresExactMatches() throws IOException {
    var found = read(extract(corpus.toString()).outLines()).get(0).get("entities");
    var places = new HashSet<Integer>();
    found.forEach(entity -> places.add(entity.get("start").asInt()));
    // Of what is found all but the first is right, and one that is not found is missing.
    var gold = JSON.createArrayNode();
    for (int i = 1; i < found.size(); i++) {
      gold.addObject()
          .put("start", found.get(i).get("start").asInt())
          .put("end", found.get(i).get("end").asInt())
          .put("type", found.get(i).get("type").asText());
    }
    gold.addObject().put("start", 0).put("end", 1).put("type", "LOC");
    var row = JSON.createObjectNode().put("text", TEXT).set("entities", gold);
    var file = Files.writeString(directory.resolve("gold.jsonl"), row + "\n" + row + "\n");

    var run =
        CommandLineRun.of(
            "eval", "entities", "--scheme", "news", "--limit", "1", "--data", file.toString());

    assertThat(run.exitCode()).isZero();
    var score = read(run.outLines()).get(0);
    double share = (found.size() - 1.0) / found.size();
    assertThat(places).as("the text begins with no entity").doesNotContain(0);
    assertThat(found.size()).isGreaterThan(1);
    assertThat(score.get("rows").asInt()).isEqualTo(1);
    assertThat(score.get("precision").asDouble()).isCloseTo(share, within(1e-12));
    assertThat(score.get("recall").asDouble()).isCloseTo(share, within(1e-12));
    assertThat(score.get("f1").asDouble()).isCloseTo(share, within(1e-12));
    assertThat(score.get("byType").get("LOC").get("gold").asInt()).isPositive();
    assertThat(score.get("model").asText()).startsWith("fast/v");
  }

  @Test
  void judgesOnlyTheTypesThatAreNamed() throws IOException {
    var row = "{\"text\":\"%s\",\"entities\":[]}".formatted(TEXT);
    var file = Files.writeString(directory.resolve("gold.jsonl"), row);
    var run =
        CommandLineRun.of(
            "eval", "entities", "--scheme", "news", "--types", "PER", "--data", file.toString());
    var types = new ArrayList<String>();
    read(run.outLines()).get(0).get("byType").fieldNames().forEachRemaining(types::add);
    assertThat(types).containsExactly("PER");
  }

  @Test
  void aRowThatIsNoneIsOneLineAndOne() throws IOException {
    var file = Files.writeString(directory.resolve("gold.jsonl"), "{\"text\":\"顾\"}\n");
    var run = CommandLineRun.of("eval", "entities", "--scheme", "news", "--data", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("gold.jsonl").doesNotContain("顾");
  }
}
