package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.newword.NewWordDiscoverer;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.FileRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample through the whole system: broker, job, sinks, files. */
class OnceRunITCase {

  /** Documents that hold fewer symbols together than the first version needs. */
  private static final int FIRST_VERSION = 10;

  /** The sample has seven topics; some have ended where it does. */
  private static final int FEWEST_COMMUNITIES = 5;

  /** One document in so many touches a community at least. */
  private static final int FEWEST_TOUCHING = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void eachDocumentComesOutOnceInInputOrderWhateverTheParallelism() throws Exception {
    var records = Sample.records();
    var one = run("one", 1, Map.of());
    var three = run("three", 3, Map.of());

    assertThat(one.isComplete()).isTrue();
    assertThat(one.documents()).isEqualTo(records.size());
    assertThat(one.deadLetters()).isPositive();
    assertThat(three.enriched()).isEqualTo(one.enriched());
    assertThat(one.words()).isPositive();
    for (String file :
        List.of(
            "enriched.jsonl",
            "words.jsonl",
            "word-events.jsonl",
            "trends.jsonl",
            "communities.jsonl",
            "community-events.jsonl")) {
      assertThat(directory.resolve("three").resolve(file))
          .hasSameBinaryContentAs(directory.resolve("one").resolve(file));
    }
    var lines = lines("one", "enriched.jsonl");
    assertDocumentsTouchCommunities(lines);
    assertEventsAreInOrder("word-events.jsonl");
    assertThat(lines("one", "word-events.jsonl")).isNotEmpty();
    assertEventsAreInOrder("trends.jsonl");
    assertThat(lines("one", "trends.jsonl")).isNotEmpty();
    assertEventsAreInOrder("community-events.jsonl");
    var everBorn = assertCommunitiesFollowFromTheirEvents();
    assertThat(one.communities())
        .isGreaterThanOrEqualTo(FEWEST_COMMUNITIES)
        .isEqualTo(lines("one", "communities.jsonl").size());
    var ids = new ArrayList<String>();
    for (String line : lines) {
      var document = JSON.readTree(line);
      ids.add(document.path("id").textValue());
      assertSpansAreTrue(document);
      assertCommunitiesAreThoseOfWordsAndEntities(document, everBorn);
    }
    assertThat(ids).isEqualTo(idsOfGoodRecords(records));
    assertDeadLettersAreWhole(records);
    assertWordsAreThoseOfTheTexts(records);
    assertInventionsAreTagged(lines);
  }

  @Test
  @Timeout(200)
  void atLeastOnceLosesNothingEither() throws Exception {
    var result = run("at-least-once", 2, Map.of("delivery", "at-least-once"));

    assertThat(result.isComplete()).isTrue();
    assertThat(result.enriched()).isPositive();
  }

  private OnceResult run(String name, int parallelism, Map<String, String> settings)
      throws Exception {
    var output = Files.createDirectories(directory.resolve(name));
    var work = Files.createDirectories(directory.resolve(name + ".work"));
    var local =
        new LocalSettings(
            work, true, 0, 0, parallelism, PipelineJob.CHECKPOINT_INTERVAL, null, false);
    var config = PipelineConfig.of(settings);
    try (var runner = LocalRunner.start(config, local);
        var files = new OnceFiles(output, work, config.topicPartitions())) {
      var run = new OnceRun(runner);
      var result =
          run.run(publisher -> publisher.publish(Sample.records().iterator()), files::result);
      files.write(run);
      return result;
    }
  }

  /** What {@code discover} finds in the same documents, to the last bit. */
  private void assertWordsAreThoseOfTheTexts(List<FileRecord> records) throws IOException {
    var discoverer = new NewWordDiscoverer(NewWordParameters.DEFAULT.minCount());
    for (FileRecord record : records) {
      if (record.file().equals("documents.jsonl")) {
        discoverer.add(JSON.readTree(record.value()).path("text").textValue());
      }
    }
    var expected = new TreeMap<String, WordScore>();
    for (WordScore word : discoverer.words()) {
      if (word.score() >= 0) {
        expected.put(word.word(), word);
      }
    }
    var found = new TreeMap<String, WordScore>();
    for (String line : Files.readAllLines(directory.resolve("one").resolve("words.jsonl"))) {
      var word = JSON.readTree(line).path("value");
      if (!word.path("status").textValue().equals("held")) {
        found.put(word.path("word").textValue(), score(word));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private static WordScore score(JsonNode word) {
    return new WordScore(
        word.path("word").textValue(),
        word.path("score").doubleValue(),
        word.path("count").longValue(),
        word.path("cohesion").doubleValue(),
        word.path("leftEntropy").doubleValue(),
        word.path("rightEntropy").doubleValue());
  }

  /** Most inventions of the sample are words in the end, and marked in documents that come late. */
  private void assertInventionsAreTagged(List<String> enriched) throws IOException {
    var planted = new TreeSet<String>();
    try (var in = Sample.class.getResourceAsStream("/sample/planted.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> planted.add(line.split("\t", 2)[0]));
    }
    var tagged = new TreeSet<String>();
    int tooEarly = 0;
    for (int i = 0; i < enriched.size(); i++) {
      for (JsonNode word : JSON.readTree(enriched.get(i)).path("words")) {
        if (word.path("new").booleanValue() && planted.contains(word.path("text").textValue())) {
          tagged.add(word.path("text").textValue());
          tooEarly += i < FIRST_VERSION ? 1 : 0;
        }
      }
    }
    assertThat(tagged).hasSizeGreaterThanOrEqualTo(20);
    assertThat(tooEarly).as("tags before anything could be learned").isZero();
  }

  /** A replay ends long before the last communities are found, and its documents wait for them. */
  private static void assertDocumentsTouchCommunities(List<String> enriched) throws IOException {
    int touching = 0;
    for (String line : enriched) {
      var document = JSON.readTree(line);
      var versions = document.path("versions");
      assertThat(versions.path("membershipsAlignment").textValue()).isEqualTo("event-time");
      assertThat(versions.path("memberships").longValue())
          .isLessThan(document.path("epoch").longValue());
      if (!document.path("communities").isEmpty()) {
        touching++;
      }
    }
    assertThat(touching).isGreaterThan(enriched.size() / FEWEST_TOUCHING);
  }

  /** Whoever follows the events knows which communities live; returns all that ever did. */
  private TreeSet<String> assertCommunitiesFollowFromTheirEvents() throws IOException {
    var everBorn = new TreeSet<String>();
    var alive = new TreeSet<String>();
    for (String line : lines("one", "community-events.jsonl")) {
      var event = JSON.readTree(line);
      var id = event.path("community").textValue();
      switch (event.path("type").textValue()) {
        case "born", "split" -> {
          assertThat(everBorn.add(id)).as("%s is new", id).isTrue();
          alive.add(id);
        }
        case "died" -> assertThat(alive.remove(id)).as("%s lived", id).isTrue();
        default -> assertThat(alive).contains(id);
      }
      for (JsonNode parent : event.path("parents")) {
        assertThat(everBorn).contains(parent.textValue());
      }
    }
    var live = new TreeSet<String>();
    for (String line : lines("one", "communities.jsonl")) {
      var record = JSON.readTree(line);
      var community = record.path("value");
      live.add(community.path("community").textValue());
      assertThat(record.path("key").textValue())
          .isEqualTo("main/" + community.path("community").textValue());
      assertThat(community.path("members"))
          .hasSizeBetween(1, community.path("size").intValue())
          .allSatisfy(member -> assertThat(member.path("flow").doubleValue()).isPositive());
    }
    assertThat(live).isEqualTo(alive);
    return everBorn;
  }

  private static void assertCommunitiesAreThoseOfWordsAndEntities(
      JsonNode document, TreeSet<String> everBorn) {
    var touched = new TreeSet<String>();
    document.path("communities").forEach(id -> touched.add(id.textValue()));
    var named = new TreeSet<String>();
    for (String layer : List.of("words", "entities")) {
      for (JsonNode span : document.path(layer)) {
        if (span.has("community")) {
          named.add(span.path("community").textValue());
        }
      }
    }
    assertThat(touched).isEqualTo(named).isSubsetOf(everBorn);
  }

  private List<String> lines(String run, String file) throws IOException {
    return Files.readAllLines(directory.resolve(run).resolve(file));
  }

  private void assertEventsAreInOrder(String file) throws IOException {
    long epoch = Long.MIN_VALUE;
    long seq = -1;
    for (String line : lines("one", file)) {
      var event = JSON.readTree(line);
      boolean sameVersion = event.path("epoch").longValue() == epoch;
      assertThat(event.path("epoch").longValue()).isGreaterThanOrEqualTo(epoch);
      assertThat(event.path("seq").longValue()).isEqualTo(sameVersion ? seq + 1 : 0);
      epoch = event.path("epoch").longValue();
      seq = event.path("seq").longValue();
    }
  }

  private static List<String> idsOfGoodRecords(List<FileRecord> records) throws IOException {
    var ids = new ArrayList<String>();
    for (FileRecord record : records) {
      if (record.file().equals("documents.jsonl")) {
        ids.add(JSON.readTree(record.value()).path("id").textValue());
      }
    }
    return ids;
  }

  private static void assertSpansAreTrue(JsonNode document) {
    var text = document.path("text").textValue();
    assertThat(document.path("words")).isNotEmpty();
    for (JsonNode word : document.path("words")) {
      int start = text.offsetByCodePoints(0, word.path("start").intValue());
      int end = text.offsetByCodePoints(0, word.path("end").intValue());
      assertThat(text.substring(start, end)).isEqualTo(word.path("text").textValue());
      assertThat(word.path("startUtf16").intValue()).isEqualTo(start);
      assertThat(word.path("endUtf16").intValue()).isEqualTo(end);
    }
  }

  private void assertDeadLettersAreWhole(List<FileRecord> records) throws IOException {
    var bad = records.stream().filter(record -> record.file().equals("bad-records.jsonl")).toList();
    var lines = Files.readAllLines(directory.resolve("one").resolve("dead-letters.jsonl"));
    assertThat(lines).hasSameSizeAs(bad);
    var classes = new ArrayList<String>();
    for (String line : lines) {
      classes.add(JSON.readTree(line).path("headers").path(Headers.ERROR_CLASS).textValue());
    }
    assertThat(classes).isEqualTo(expectedClasses());
    for (int i = 0; i < bad.size(); i++) {
      var value = JSON.readTree(lines.get(i)).path("valueBase64");
      assertThat(value.isNull() ? null : Base64.getDecoder().decode(value.textValue()))
          .isEqualTo(bad.get(i).value());
    }
  }

  /** What the sample says of its bad records. */
  private static List<String> expectedClasses() throws IOException {
    var classes = new ArrayList<String>();
    try (var in = Sample.class.getResourceAsStream("/sample/bad-records.jsonl");
        var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
      while (values.hasNext()) {
        classes.add(values.next().path("class").textValue());
      }
    }
    return classes;
  }
}
