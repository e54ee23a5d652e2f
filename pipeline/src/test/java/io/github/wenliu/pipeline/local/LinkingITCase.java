package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents and a knowledge base through the whole system, with the released models. */
@Timeout(300)
class LinkingITCase {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** By key; a value that is {@code null} deletes, one that is no entry becomes a dead letter. */
  private static final Map<String, String> KB = new LinkedHashMap<>();

  static {
    KB.put(
        "main/Q1",
        """
        {"name": "绍兴", "aliases": ["越州"], "types": ["地点"], "prior": 900,
         "description": "浙江省的城市，鲁迅的故乡，以黄酒和乌篷船闻名"}""");
    KB.put(
        "main/Q2",
        """
        {"name": "鲁迅", "aliases": ["周树人"], "types": ["人物"], "prior": 900,
         "description": "作家，生于绍兴，写过小说和杂文", "facts": [{"p": "出生地", "o": "绍兴"}]}""");
    KB.put("main/R1", "{\"name\": \"山阴城\", \"redirect\": \"Q1\"}");
    KB.put(
        "main/Q3",
        """
        {"name": "王伟", "types": ["人物", "运动员"], "prior": 500,
         "description": "篮球运动员，在联赛的比赛中得分"}""");
    KB.put(
        "main/Q4",
        """
        {"name": "王伟", "types": ["人物", "画家"], "prior": 500,
         "description": "画家，山水画在美术馆展出"}""");
    KB.put(
        "main/Q5",
        """
        {"name": "墨鲷", "types": ["台风"], "prior": 10,
         "description": "三月的台风，在屿安附近登陆"}""");
    KB.put("main/Q6", "{\"name\": \" \"}");
    KB.put("main/Q7", "{\"name\": \"没完");
    KB.put("nochannel", "{\"name\": \"没有频道\"}");
  }

  private static final List<String> TEXTS =
      List.of(
          "鲁迅出生在绍兴，那里以黄酒出名。",
          "周树人的小说写了越州的乡下人。",
          "山阴城的乌篷船停在桥下。",
          "画家王伟的山水画昨天在美术馆展出。",
          "篮球运动员王伟在联赛的比赛中得分最高。",
          "欧阳霁明在会上发言。会后，欧阳霁明接受了记者采访。",
          "昨天，欧阳霁明在北京接受了记者采访。");

  private static final long START_MILLIS = 1_775_000_000_000L;

  @TempDir static Path directory;

  private static OnceResult result;
  private static List<JsonNode> documents;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    result = run("one", 1, KB);
    documents = new ArrayList<>();
    for (String line : lines("one", Topic.ENRICHED)) {
      documents.add(JSON.readTree(line));
    }
  }

  @Test
  void namesAndAliasesAreLinkedAlsoThroughRedirects() throws Exception {
    assertThat(result.isComplete()).isTrue();
    assertThat(result.enriched()).isEqualTo(result.documents());
    assertThat(documents)
        .hasSize(records().size())
        .allSatisfy(
            document -> assertThat(document.path("versions").path("kb").asLong(-1)).isZero());
    assertThat(linked("own-0")).containsEntry("鲁迅", "Q2").containsEntry("绍兴", "Q1");
    assertThat(linked("own-1")).containsEntry("周树人", "Q2").containsEntry("越州", "Q1");
    assertThat(linked("own-2")).containsEntry("山阴城", "Q1");
  }

  @Test
  void aLinkSaysWhatItMeansAndWhatElseItMightHave() {
    var link = link("own-4", "王伟");
    assertThat(link.path("name").textValue()).isEqualTo("王伟");
    assertThat(link.path("nil").booleanValue()).isFalse();
    assertThat(link.path("score").doubleValue()).isBetween(0.0, 1.0);
    assertThat(link.path("candidates").findValuesAsText("id")).containsExactly("Q3", "Q4");
    assertThat(link.path("candidates").get(0).path("score")).isEqualTo(link.path("score"));
  }

  @Test
  void anAmbiguousNameMeansWhatFitsTheText() {
    assertThat(linked("own-3")).containsEntry("王伟", "Q4");
    assertThat(linked("own-4")).containsEntry("王伟", "Q3");
  }

  /** No dictionary has it; the stream itself makes it a word only later. */
  @Test
  void anInventedWordIsLinkedFromItsFirstDocumentOn() {
    var first =
        documents.stream().filter(document -> text(document).contains("墨鲷")).findFirst().get();
    assertThat(linked(first.path("id").textValue())).containsEntry("墨鲷", "Q5");
    assertThat(first.path("words"))
        .noneMatch(word -> word.path("new").booleanValue() && text(word).equals("墨鲷"));
    assertThat(documents)
        .anySatisfy(
            document -> {
              assertThat(document.path("words"))
                  .anyMatch(word -> word.path("new").booleanValue() && text(word).equals("墨鲷"));
              assertThat(linked(document.path("id").textValue())).containsEntry("墨鲷", "Q5");
            });
  }

  @Test
  void whatIsUnknownIsGrouped() throws Exception {
    assertThat(link("own-6", "欧阳霁明").path("nil").booleanValue()).isTrue();
    var groups = new ArrayList<JsonNode>();
    for (String line : lines("one", Topic.ENTITY_CANDIDATES)) {
      groups.add(JSON.readTree(line).path("value"));
    }
    assertThat(groups)
        .filteredOn(group -> group.path("name").textValue().equals("欧阳霁明"))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.path("status").textValue()).isEqualTo("candidate");
              assertThat(group.path("mentions").intValue()).isEqualTo(3);
              assertThat(group.path("documents").intValue()).isEqualTo(2);
            });
    assertThat(groups)
        .extracting(group -> group.path("name").textValue())
        .doesNotContain("鲁迅", "绍兴", "王伟");
  }

  @Test
  void whatIsNoEntryIsADeadLetterButNoDocument() throws Exception {
    assertThat(result.deadLetters()).isZero();
    assertThat(result.kbDeadLetters()).isEqualTo(3);
    var letters = new TreeMap<String, String>();
    for (String line : lines("one", Topic.DEAD_LETTERS)) {
      var letter = JSON.readTree(line);
      var headers = letter.path("headers");
      letters.put(
          new String(letter.path("valueBase64").binaryValue(), StandardCharsets.UTF_8),
          headers.path(Headers.ERROR_STAGE).textValue()
              + " "
              + headers.path(Headers.ERROR_CLASS).textValue());
    }
    assertThat(letters)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                KB.get("main/Q6"), "kb SCHEMA",
                KB.get("main/Q7"), "kb PARSE",
                KB.get("nochannel"), "kb SCHEMA"));
  }

  @Test
  void givesTheSameBytesOnTwoSubtasks() throws Exception {
    run("two", 2, KB);
    assertThat(lines("two", Topic.ENRICHED)).isEqualTo(lines("one", Topic.ENRICHED));
    assertThat(lines("two", Topic.ENTITY_CANDIDATES))
        .isEqualTo(lines("one", Topic.ENTITY_CANDIDATES));
  }

  @Test
  void withoutAnEntryEverythingIsNilAndNothingWaits() throws Exception {
    assertThat(run("empty", 2, Map.of()).isComplete()).isTrue();
    var ids = new TreeSet<String>();
    int mentions = 0;
    for (String line : lines("empty", Topic.ENRICHED)) {
      for (JsonNode entity : JSON.readTree(line).path("entities")) {
        mentions++;
        assertThat(entity.path("link").path("nil").booleanValue()).isTrue();
        assertThat(entity.path("link").path("id").isNull()).isTrue();
        ids.add(text(entity));
      }
    }
    assertThat(mentions).isGreaterThan(100);
    assertThat(ids).contains("鲁迅", "欧阳霁明");
  }

  private static OnceResult run(String name, int parallelism, Map<String, String> kb)
      throws Exception {
    var output = Files.createDirectories(directory.resolve(name));
    var work = Files.createDirectories(directory.resolve(name + ".work"));
    var local =
        new LocalSettings(
            work, true, 0, 0, parallelism, PipelineJob.CHECKPOINT_INTERVAL, null, false);
    var config = PipelineConfig.defaults();
    try (var runner = LocalRunner.start(config, local);
        var files = new OnceFiles(output, work, config.topicPartitions())) {
      try (var producer = KafkaClients.producer(runner.config())) {
        kb.forEach(
            (key, value) ->
                producer.send(
                    new ProducerRecord<>(
                        Topic.KB.name(runner.config().topicPrefix()), utf8(key), utf8(value))));
      }
      var run = new OnceRun(runner);
      var result = run.run(publisher -> publisher.publish(records().iterator()), files::result);
      files.write(run);
      return result;
    }
  }

  /** The good records of the sample, and a month later those of this test. */
  private static List<FileRecord> records() throws IOException {
    var records = new ArrayList<FileRecord>();
    for (FileRecord record : Sample.records()) {
      if (record.file().equals("documents.jsonl")) {
        records.add(record);
      }
    }
    long place = records.size();
    for (int i = 0; i < TEXTS.size(); i++) {
      var value =
          JSON.createObjectNode()
              .put("id", "own-" + i)
              .put("text", TEXTS.get(i))
              .put("time", START_MILLIS + i * 1_000L);
      records.add(
          new FileRecord("own.jsonl", ++place, null, JSON.writeValueAsBytes(value), List.of()));
    }
    return records;
  }

  private static Map<String, String> linked(String document) {
    var linked = new LinkedHashMap<String, String>();
    for (JsonNode entity : document(document).path("entities")) {
      linked.put(text(entity), entity.path("link").path("id").textValue());
    }
    return linked;
  }

  private static JsonNode link(String document, String surface) {
    for (JsonNode entity : document(document).path("entities")) {
      if (text(entity).equals(surface)) {
        return entity.path("link");
      }
    }
    throw new AssertionError(surface + " is no entity of " + document(document));
  }

  private static JsonNode document(String id) {
    return documents.stream()
        .filter(document -> document.path("id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String text(JsonNode node) {
    return node.path("text").textValue();
  }

  private static List<String> lines(String run, Topic topic) throws IOException {
    return Files.readAllLines(directory.resolve(run).resolve(topic.suffix() + ".jsonl"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
