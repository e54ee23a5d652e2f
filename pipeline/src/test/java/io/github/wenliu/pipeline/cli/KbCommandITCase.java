package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.codec.ControlAckEncoder;
import io.github.wenliu.pipeline.codec.KbDecoder;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the knowledge base, against a real broker; each test has its own topics. */
class KbCommandITCase {

  private static final String ENTRIES =
      """
      {"id":"Q1","name":"绍兴","aliases":["越州","会稽"],"types":["地点","城市"],"description":"浙江的城市"}
      {"id":"Q2","name":"越州","types":["地点"],"facts":[{"p":"属于","o":"江南道"}]}
      {"id":"Q3","name":"绍兴市","redirect":"Q1"}
      """;

  private static final int MANY = 30_000;

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  private final ObjectMapper mapper = new ObjectMapper();
  private TestTopics topics;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void applyTopics(TestInfo test) {
    topics = new TestTopics(broker.bootstrap(), test.getTestMethod().orElseThrow().getName() + ".");
    assertThat(topics.run("topics", "apply").exitCode()).isZero();
  }

  @Test
  void loadsAndShowsEntries() throws IOException {
    var load = topics.run("kb", "load", write("kb.jsonl", ENTRIES));
    assertThat(load.err()).isEmpty();
    assertThat(load.exitCode()).isZero();
    assertThat(load.outLines()).containsExactly("3 entries to " + topics.prefix() + "kb");

    var shown = topics.run("kb", "get", "Q1", "Q2");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.outLines())
        .contains("  \"name\" : \"绍兴\",", "  \"name\" : \"越州\",")
        .hasSizeGreaterThan(10);

    topics.run("kb", "load", write("new.jsonl", "{\"id\":\"Q1\",\"name\":\"绍兴府\"}"));
    assertThat(topics.run("kb", "get", "Q1").out()).contains("绍兴府").doesNotContain("越州");
    var missing = topics.run("kb", "get", "Q1", "Q7");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.errLines()).containsExactly("Q7 is not in channel main");
    assertThat(topics.run("kb", "get", "Q1", "--channel", "news").exitCode()).isEqualTo(1);
  }

  @Test
  void countsWhatIsThere() throws IOException {
    topics.run(
        "kb",
        "load",
        write("old.jsonl", "{\"id\":\"Q1\",\"name\":\"旧\"}\n{\"id\":\"Q9\",\"name\":\"去\"}"));
    topics.run("kb", "load", write("kb.jsonl", ENTRIES));
    topics.run("kb", "load", "--channel", "news", write("kb.jsonl", ENTRIES));
    topics.run("kb", "rm", "Q9");
    send("main/Q8", "{");

    var stats = topics.run("kb", "stats");

    assertThat(stats.exitCode()).isZero();
    var json = lastLine(stats);
    assertThat(json.path("channel").textValue()).isEqualTo("main");
    assertThat(json.path("entries").intValue()).isEqualTo(2);
    assertThat(json.path("redirects").intValue()).isEqualTo(1);
    assertThat(json.path("deleted").intValue()).isEqualTo(1);
    assertThat(json.path("rejected").intValue()).isEqualTo(1);
    assertThat(json.path("names").intValue()).isEqualTo(3);
    assertThat(json.path("ambiguousNames").intValue()).isEqualTo(1);
    assertThat(json.path("entriesOfMostSharedName").intValue()).isEqualTo(2);
    assertThat(json.path("facts").intValue()).isEqualTo(1);
    assertThat(json.path("types").path("地点").intValue()).isEqualTo(2);
    assertThat(json.path("bytes").intValue()).isBetween(250, 450);
    assertThat(stats.outLines()).hasSize(5).contains("types: 地点 2, 城市 1");
    assertThat(lastLine(topics.run("kb", "stats", "--channel", "none")).path("entries").intValue())
        .isZero();
  }

  @Test
  void deletesEntries() throws IOException {
    topics.run("kb", "load", write("kb.jsonl", ENTRIES));

    var removed = topics.run("kb", "rm", "Q1", "Q2", "Q1");

    assertThat(removed.exitCode()).isZero();
    assertThat(removed.outLines()).containsExactly("2 deletions to " + topics.prefix() + "kb");
    var shown = topics.run("kb", "get", "Q1", "Q3");
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.errLines()).containsExactly("Q1 is not in channel main: it was deleted");
    assertThat(shown.out()).contains("绍兴市");
  }

  @Test
  void linesThatHoldNoEntryAreSaidAndKept() throws IOException {
    var bad =
        "{\"id\":\"Q4\"}\n" + ENTRIES + "nonsense\n{\"id\":\"Q5\",\"name\":\"a\",\"prior\":-1}\n";
    var file = write("bad.jsonl", bad);

    var load = topics.run("kb", "load", file);

    assertThat(load.exitCode()).isEqualTo(1);
    assertThat(load.errLines())
        .containsExactly(
            "bad.jsonl:1 is no entry: name is missing (SCHEMA)",
            "bad.jsonl:5 is no entry: malformed JSON, or beyond the parser's limits, at character 0"
                + " (PARSE)",
            "bad.jsonl:6 is no entry: prior is not a finite number of at least 0 (SCHEMA)");
    assertThat(load.outLines())
        .containsExactly("3 entries to " + topics.prefix() + "kb; 3 lines rejected");

    var rejected = directory.resolve("rejected.jsonl");
    Files.writeString(rejected, "what was there before");
    var again = topics.run("kb", "load", file, "--rejected", rejected.toString());
    assertThat(again.exitCode()).isZero();
    assertThat(again.outLines().get(0)).endsWith("3 lines rejected, see " + rejected);
    var lines = Files.readAllLines(rejected);
    assertThat(lines).hasSize(3);
    assertThat(mapper.readTree(lines.get(1)))
        .isEqualTo(
            mapper.readTree(
                "{\"place\":\"bad.jsonl:5\",\"errorClass\":\"PARSE\",\"message\":\"malformed JSON,"
                    + " or beyond the parser's limits, at character 0\",\"line\":\"nonsense\"}"));
  }

  @Test
  void whatIsLargerThanTheTopicTakesIsRejectedAndTheRestLoaded() throws IOException {
    var random = new Random(7);
    var facts =
        IntStream.range(0, 1_024)
            .mapToObj(
                i ->
                    "{\"o\":\"%s\"}"
                        .formatted(
                            random
                                .ints(1_024, 0x4E00, 0x9FA5)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining())))
            .collect(Collectors.joining(","));
    var large = "{\"id\":\"big\",\"name\":\"大\",\"facts\":[%s]}\n".formatted(facts);

    var load = topics.run("kb", "load", write("big.jsonl", large + ENTRIES));

    assertThat(load.exitCode()).isEqualTo(1);
    assertThat(load.errLines())
        .singleElement()
        .asString()
        .startsWith("big.jsonl:1 is no entry: the entry has about 3")
        .endsWith("see max.message.bytes (TOO_LARGE)");
    assertThat(load.outLines().get(0)).startsWith("3 entries").endsWith("1 lines rejected");
    assertThat(topics.run("kb", "get", "Q3").exitCode()).isZero();
  }

  @Test
  void loadsDumpsAsTheyAre() throws IOException {
    var file = directory.resolve("kb_data");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          ("{\"alias\": [\"胜利\"], \"subject_id\": \"10001\", \"subject\": \"胜利\", \"type\":"
                  + " [\"CreativeWork\"], \"data\": [{\"predicate\": \"摘要\", \"object\": \"一首歌\"}]}")
              .getBytes(StandardCharsets.UTF_8));
    }

    assertThat(topics.run("kb", "load", file.toString(), "--channel", "duel").exitCode()).isZero();

    assertThat(mapper.readTree(topics.run("kb", "get", "10001", "--channel", "duel").out()))
        .isEqualTo(
            mapper.readTree(
                "{\"id\":\"10001\",\"name\":\"胜利\",\"types\":[\"CreativeWork\"],"
                    + "\"description\":\"一首歌\"}"));
  }

  @Test
  void aLoadThatWasStoppedGoesOn() throws Exception {
    var bad = "nonsense\n";
    var first = write("first.jsonl", bad + entries(0, 5_000));
    var second = write("second.jsonl", bad + entries(5_000, MANY));
    var state = directory.resolve("load.state");
    var rejected = directory.resolve("stopped.jsonl");
    var arguments =
        new String[] {
          "kb",
          "load",
          first,
          second,
          "--resume",
          state.toString(),
          "--rejected",
          rejected.toString()
        };
    var stopped = new CommandLineRun[1];
    var thread = new Thread(() -> stopped[0] = topics.run(with(arguments, "--rate", "10000/s")));
    thread.start();
    while (!Files.exists(state) || !Files.readString(state).contains("second.jsonl")) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join();
    assertThat(stopped[0].exitCode()).isEqualTo(1);
    long before = records();
    assertThat(before).isBetween(15_000L, (long) MANY - 1);

    var rest = topics.run(arguments);

    assertThat(rest.exitCode()).isZero();
    assertThat(rest.outLines())
        .containsExactly(
            MANY + " entries to " + topics.prefix() + "kb; 2 lines rejected, see " + rejected);
    assertThat(Files.readAllLines(rejected)).hasSize(2);
    assertThat(state).doesNotExist();
    assertThat(records()).as("not from the beginning").isLessThan(before + MANY - 14_000);
    assertThat(lastLine(topics.run("kb", "stats")).path("entries").intValue()).isEqualTo(MANY);
  }

  @Test
  void aFileThatHasChangedIsBegunAnew() throws Exception {
    var file = Path.of(write("changed.jsonl", entries(0, 10)));
    var state = directory.resolve("changed.state");
    var target = topics.prefix() + "kb at " + topics.bootstrap() + ", channel main";
    var content =
        "{\"target\":\"%s\",\"places\":{\"%s\":{\"bytes\":%d,\"modifiedMillis\":%d,\"line\":4}},"
            + "\"loaded\":4,\"rejected\":0,\"rejectedBytes\":0}";
    var key = file.toAbsolutePath().normalize();
    long modified = Files.getLastModifiedTime(file).toMillis();

    Files.writeString(state, content.formatted(target, key, Files.size(file), modified));
    topics.run("kb", "load", file.toString(), "--resume", state.toString());
    assertThat(records()).isEqualTo(6);

    Files.writeString(state, content.formatted(target, key, Files.size(file) - 1, modified));
    topics.run("kb", "load", file.toString(), "--resume", state.toString());
    assertThat(records()).isEqualTo(16);

    Files.writeString(state, content.formatted("elsewhere", key, Files.size(file), modified));
    var wrong = topics.run("kb", "load", file.toString(), "--resume", state.toString());
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errLines()).singleElement().asString().contains("a load to elsewhere");
  }

  @Test
  void waitsForTheAnswersIfAsked() throws Exception {
    var job = new Thread(() -> answer(4));
    job.start();

    var load = topics.run("kb", "load", "--wait", "30", write("kb.jsonl", ENTRIES));

    assertThat(load.errLines()).containsExactly("Q3: refused: no redirects today");
    assertThat(load.outLines()).containsExactly("3 entries: 2 accepted, all from epoch 13 on");
    assertThat(load.exitCode()).isEqualTo(1);
    var removed = topics.run("kb", "rm", "Q1", "--wait", "30");
    assertThat(removed.outLines()).containsExactly("1 deletions: 1 accepted, all from epoch 12 on");
    assertThat(removed.exitCode()).isZero();
    job.join(TimeUnit.SECONDS.toMillis(30));

    var alone = topics.run("kb", "rm", "Q2", "--wait", "1");
    assertThat(alone.exitCode()).isEqualTo(1);
    assertThat(alone.errLines())
        .singleElement()
        .asString()
        .contains("Q2: no answer within 1 s", topics.prefix() + "kb-", "is written");
  }

  @Test
  void aDamagedFileIsOneLine() throws IOException {
    var file = directory.resolve("damaged.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(ENTRIES.getBytes(StandardCharsets.UTF_8));
    }
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));

    for (var wait : List.of("0", "1")) {
      var load = topics.run("kb", "load", file.toString(), "--wait", wait);
      assertThat(load.exitCode()).isEqualTo(1);
      assertThat(load.errLines())
          .singleElement()
          .asString()
          .startsWith("damaged.gz is damaged gzip after line");
    }
  }

  @Test
  void aRunOverAFileTakesAKnowledgeBase() throws IOException {
    var documents = write("documents.txt", "绍兴是鲁迅的故乡。\n");

    var run =
        CommandLineRun.of(
            "run",
            "--local",
            "--once",
            "--input",
            documents,
            "--kb",
            write("kb.jsonl", ENTRIES + "nonsense\n"),
            "--output",
            directory.resolve("output").toString(),
            "--parallelism",
            "1",
            "--set",
            "extract.enabled=false",
            "--set",
            "communities.enabled=false");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.errLines())
        .anyMatch(line -> line.startsWith("kb.jsonl:4 is no entry"))
        .contains("3 entries to wenliu.kb; 1 lines rejected");
    assertThat(lastLine(run).path("enriched").intValue()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWithoutTheTopic() throws IOException {
    topics = new TestTopics(broker.bootstrap(), "nowhere.");

    for (var arguments :
        List.of(
            new String[] {"kb", "load", write("a.jsonl", ENTRIES)},
            new String[] {"kb", "get", "Q1"},
            new String[] {"kb", "stats"},
            new String[] {"kb", "rm", "Q1"})) {
      var run = topics.run(arguments);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errLines()).singleElement().asString().contains("run ./wenliu topics apply");
    }
  }

  /** Answers so many records of the topic as the job would, but for redirects. */
  private void answer(int records) {
    var decoder = new KbDecoder(topics.config().decoder().zone());
    var epochs = new ArrayList<>(List.of(12L, 13L, 12L, 12L));
    try (var consumer = KafkaClients.consumer(topics.config());
        var producer = KafkaClients.producer(topics.config())) {
      var partitions = partitions();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int answered = 0; answered < records; ) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var raw =
              new RawRecord(
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  0,
                  record.key(),
                  record.value(),
                  List.of());
          var change = decoder.decode(raw).change();
          var asked =
              new ControlChange(
                  ControlChange.KB, "main", change.id(), "put", null, null, change.origin());
          boolean redirects = change.entry() != null && change.entry().redirect() != null;
          var ack =
              redirects
                  ? ControlAck.refused(asked, "no redirects today")
                  : new ControlAck(asked, epochs.remove(0), null);
          topics.send(producer, "control-acks", new ControlAckEncoder().encode(ack));
          answered++;
        }
        producer.flush();
      }
    }
  }

  private long records() {
    try (var consumer = KafkaClients.consumer(topics.config())) {
      return consumer.endOffsets(partitions()).values().stream().mapToLong(end -> end).sum();
    }
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, 4)
        .mapToObj(number -> new TopicPartition(topics.prefix() + "kb", number))
        .toList();
  }

  private void send(String key, String value) {
    try (var producer = KafkaClients.producer(topics.config())) {
      producer.send(
          new ProducerRecord<>(
              topics.prefix() + "kb",
              key.getBytes(StandardCharsets.UTF_8),
              value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private JsonNode lastLine(CommandLineRun run) throws IOException {
    var lines = run.outLines();
    return mapper.readTree(lines.get(lines.size() - 1));
  }

  private static String entries(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("{\"id\":\"e%1$d\",\"name\":\"名%1$d\"}\n"::formatted)
        .collect(Collectors.joining());
  }

  private static String[] with(String[] arguments, String... more) {
    var all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static String write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }
}
