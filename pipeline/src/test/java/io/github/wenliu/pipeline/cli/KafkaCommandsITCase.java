package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.pipeline.codec.ControlAckEncoder;
import io.github.wenliu.pipeline.codec.ControlDecoder;
import io.github.wenliu.pipeline.codec.DeadLetterEncoder;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.WordEventEncoder;
import io.github.wenliu.pipeline.codec.WordStateEncoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to Kafka, against a real broker; each test has topics of its own. */
class KafkaCommandsITCase {

  private static final byte[] NO_UTF8 = {(byte) 0xC0, 0, 7};

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  private final ObjectMapper mapper = new ObjectMapper();
  private String prefix;

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
    prefix = test.getTestMethod().orElseThrow().getName() + ".";
    assertThat(run("topics", "apply").exitCode()).isZero();
  }

  @Test
  void topicsApplySaysWhatItDid() throws Exception {
    assertThat(run("topics", "apply").outLines())
        .containsExactly("nothing to do: all topics are as they should be");

    prefix = "other.";
    assertThat(run("topics", "apply", "--set", "topics.partitions=3").outLines())
        .hasSize(14)
        .contains("other.documents: created with 3 partitions");
  }

  @Test
  void publishGivesEachPartitionItsTurn() throws IOException {
    var file = write("news.txt", lines(1, 10));

    var published = run("publish", file);

    assertThat(published.exitCode()).isZero();
    assertThat(published.err()).isEmpty();
    assertThat(published.outLines())
        .containsExactly("10 records to publishGivesEachPartitionItsTurn.documents");
    assertThat(records("documents"))
        .hasSize(10)
        .allSatisfy(
            record -> {
              int line = record.path("value").path("text").asText().codePointAt(0) - 'a' + 1;
              assertThat(record.path("partition").intValue()).isEqualTo((line - 1) % 4);
              assertThat(record.path("offset").intValue()).isEqualTo((line - 1) / 4);
              assertThat(record.path("key").textValue()).isEqualTo("news.txt:" + line);
              assertThat(record.path("headers").path("content-type").textValue())
                  .isEqualTo("application/json");
            });
  }

  @Test
  void publishOfSeveralFilesGoesOnWithTheNextPartition() throws IOException {
    run("publish", write("a.txt", lines(1, 3)), write("b.txt", lines(1, 3)));

    assertThat(records("documents"))
        .extracting(record -> record.path("partition").intValue())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 0, 1);
  }

  @Test
  void publishKeepsToTheRate() throws IOException {
    long begin = System.nanoTime();

    run("publish", "--rate", "20/s", write("slow.txt", lines(1, 21)));

    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_000));
    assertThat(records("documents")).hasSize(21);
  }

  @Test
  void whatIsTooLargeIsNamedAndNothingIsLostSilently() throws IOException {
    var random = new Random(7);
    var large =
        random.ints(2 << 20, 'a', 'z').mapToObj(Character::toString).collect(Collectors.joining());

    var published = run("publish", write("big.txt", "small\n" + large + "\n"));

    assertThat(published.exitCode()).isEqualTo(1);
    assertThat(published.errLines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("big.txt:2 was not published: it has")
        .contains("max.message.bytes");
    assertThat(records("documents")).hasSize(1);
  }

  @Test
  void publishToAMissingTopicSaysWhatToDo() throws IOException {
    prefix = "nowhere.";

    var published = run("publish", write("a.txt", "x"));

    assertThat(published.exitCode()).isEqualTo(1);
    assertThat(published.errLines()).hasSize(1);
    assertThat(published.err()).contains("topics apply");
  }

  @Test
  void anUnreachableBrokerIsOneLine() {
    long begin = System.nanoTime();

    var run = CommandLineRun.of("topics", "apply", "--bootstrap", "localhost:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("Kafka at localhost:1 does not answer");
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
  }

  @Test
  void tailEndsWhereItIsTold() throws IOException {
    run("publish", write("a.txt", lines(1, 6)));

    assertThat(run("tail", "documents", "--until-end").outLines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).startsWith("{\"id\":\"a.txt:"));
    assertThat(run("tail", "documents", "--from-beginning", "--max", "2").outLines()).hasSize(2);
    assertThat(run("tail", prefix + "documents", "--until-end").outLines()).hasSize(6);
    assertThat(run("tail", "enriched", "--until-end").out()).isEmpty();
  }

  @Test
  void tailOfAnUnknownTopicListsTheTopics() {
    var run = run("tail", "enrichd", "--until-end");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("no topic enrichd").contains("enriched, entity-candidates");
  }

  @Test
  void tailShowsCommittedRecordsOnly() {
    var properties = KafkaClients.producerProperties(config());
    properties.setProperty("transactional.id", "tail-test");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(prefix + "enriched", 0, null, utf8("aborted")));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(prefix + "enriched", 0, null, utf8("committed")));
      producer.commitTransaction();
    }

    assertThat(run("tail", "enriched", "--until-end").outLines()).containsExactly("committed");
  }

  @Test
  void validateAsksKafka() {
    assertThat(run("validate", "--kafka").outLines())
        .last()
        .asString()
        .contains("is as the job needs it", "4 partitions");

    prefix = "nowhere.";
    var missing = run("validate", "--kafka");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.errLines()).hasSize(12).allMatch(line -> line.contains("topics apply"));
  }

  @Test
  void dlqListsAndShows() {
    die(0, utf8("{\"id\":5}"), ErrorClass.SCHEMA, 0);
    die(1, NO_UTF8, ErrorClass.ENCODING, 2);

    assertThat(run("dlq", "ls").outLines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains(origin(0), "SCHEMA", "door", " 8 "))
        .anySatisfy(line -> assertThat(line).contains(origin(1), "ENCODING", " 2 ", "it is bad"));
    assertThat(run("dlq", "ls", "--class", "ENCODING").outLines()).hasSize(2);
    assertThat(run("dlq", "ls", "--stage", "sink").outLines()).hasSize(1);
    assertThat(run("dlq", "ls", "--max", "1").outLines()).hasSize(2);

    var shown = run("dlq", "show", origin(0));
    assertThat(shown.outLines())
        .contains("own: 1", Headers.ERROR_CLASS + ": SCHEMA", "bytes: 8")
        .noneMatch(line -> line.contains("{\"id\""));
    assertThat(run("dlq", "show", origin(0), "--value").outLines()).endsWith("{\"id\":5}");
    assertThat(run("dlq", "show", origin(1), "--value").outLines()).endsWith("wAAH");
    assertThat(run("dlq", "show", "x-0-0").exitCode()).isEqualTo(1);
  }

  @Test
  void redriveSendsEachLetterBackOnce() {
    die(0, NO_UTF8, ErrorClass.ENCODING, 0);
    die(1, utf8("{}"), ErrorClass.SCHEMA, 0);

    assertThat(run("dlq", "redrive", "--dry-run").outLines())
        .hasSize(3)
        .last()
        .isEqualTo("2 letters would be sent");
    assertThat(records("documents")).isEmpty();

    assertThat(run("dlq", "redrive", "--class", "SCHEMA").outLines())
        .containsExactly("1 letters sent");
    assertThat(run("dlq", "redrive").outLines()).containsExactly("1 letters sent; 1 sent before");
    assertThat(run("dlq", "redrive").outLines()).containsExactly("0 letters sent; 2 sent before");

    var sent = records("documents");
    assertThat(sent).hasSize(2);
    var first = sent.stream().filter(r -> r.path("partition").intValue() == 0).findFirst();
    assertThat(first).isPresent();
    assertThat(first.get().path("valueBase64").textValue()).isEqualTo("wAAH");
    assertThat(first.get().path("key").textValue()).isEqualTo("key-0");
    assertThat(headers(first.get()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("own", "1", Headers.ATTEMPT, "1", StoredLetter.REDRIVEN_FROM, origin(0)));

    assertThat(run("dlq", "redrive", "--again", "--origin", origin(0)).outLines())
        .containsExactly("1 letters sent");
    assertThat(records("documents")).hasSize(3);
  }

  @Test
  void onlyTheLastOfALineOfAttemptsIsSentUpToTheBound() {
    die(0, utf8("{}"), ErrorClass.SCHEMA, 0);
    die(4, utf8("{}"), ErrorClass.SCHEMA, 1, Headers.of(StoredLetter.REDRIVEN_FROM, origin(0)));
    die(8, utf8("{}"), ErrorClass.SCHEMA, 3);

    assertThat(run("dlq", "redrive", "--again").outLines())
        .containsExactly("1 letters sent; 1 sent before; 1 at --max-attempts");
    assertThat(records("documents"))
        .hasSize(1)
        .first()
        .satisfies(
            record ->
                assertThat(headers(record))
                    .containsEntry(Headers.ATTEMPT, "2")
                    .containsEntry(StoredLetter.REDRIVEN_FROM, origin(0)));
    assertThat(run("dlq", "redrive", "--max-attempts", "4").outLines())
        .containsExactly("1 letters sent; 2 sent before");
  }

  @Test
  void redriveMayMendOneLetter() throws IOException {
    die(0, utf8("{\"text\":5}"), ErrorClass.SCHEMA, 0);
    die(1, utf8("{\"text\":6}"), ErrorClass.SCHEMA, 0);
    var mended = write("mended.json", "{\"text\":\"五\"}");

    assertThat(run("dlq", "redrive", "--origin", origin(0), "--replace-value", mended).outLines())
        .containsExactly("1 letters sent");
    assertThat(records("documents"))
        .hasSize(1)
        .first()
        .satisfies(
            record -> assertThat(record.path("value").path("text").textValue()).isEqualTo("五"));
    var unknown = run("dlq", "redrive", "--origin", "x-0-0");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.errLines()).hasSize(1);
  }

  @Test
  void redriveKeepsToTheRate() {
    for (int offset = 0; offset < 6; offset++) {
      die(offset, utf8("{}"), ErrorClass.SCHEMA, 0);
    }
    long begin = System.nanoTime();

    assertThat(run("dlq", "redrive", "--rate", "5/s").outLines()).containsExactly("6 letters sent");

    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_000));
    assertThat(records("documents")).hasSize(6);
  }

  @Test
  void wordsLsShowsWhatIsLiveBestFirst() {
    try (var producer = KafkaClients.producer(config())) {
      for (var state :
          List.of(
              word("main", "墨鲷", WordStatus.ANNOUNCED, 2.5),
              word("main", "屿安市", WordStatus.ANNOUNCED, 7.125),
              word("main", "退役", WordStatus.ANNOUNCED, 9.0),
              word("main", "退役", null, null),
              word("main", "钉住", WordStatus.PINNED, null),
              word("main", "屿安", WordStatus.ABSORBED, 1.0),
              word("other", "别处", WordStatus.ANNOUNCED, 8.0))) {
        send(producer, "words", new WordStateEncoder().encode(state));
      }
    }

    var all = run("words", "ls");
    assertThat(all.exitCode()).isZero();
    assertThat(all.outLines()).hasSize(5).first().asString().contains("SCORE", "STATUS", "WORD");
    assertThat(all.outLines().subList(1, 5))
        .satisfiesExactly(
            line -> assertThat(line).contains("7.13", " 17 ", "2026-03-01 00:00").endsWith("屿安市"),
            line -> assertThat(line).contains("2.50", "announced").endsWith("墨鲷"),
            line -> assertThat(line).contains("1.00", "absorbed").endsWith("屿安  (in 屿安市)"),
            line -> assertThat(line).contains(" - ", "pinned").endsWith("钉住"));
    assertThat(run("words", "ls", "--top", "1").outLines()).hasSize(2);
    assertThat(run("words", "ls", "--status", "pinned").outLines()).hasSize(2);
    assertThat(run("words", "ls", "--channel", "other").outLines()).hasSize(2);
    assertThat(run("words", "ls", "--channel", "none").outLines()).hasSize(1);
    assertThat(run("words", "ls", "--json", "--top", "1").outLines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(read(line).path("word").textValue()).isEqualTo("屿安市");
              assertThat(read(line).path("score").doubleValue()).isEqualTo(7.125);
            });
  }

  @Test
  void wordsPinWaitsForTheAnswer() throws Exception {
    var job = new Thread(() -> answer(3));
    job.start();

    var pinned = run("words", "pin", "墨鲷", "词/典", "--from", "2026-03-01");
    assertThat(pinned.outLines()).containsExactly("墨鲷: pinned from epoch 12 on");
    assertThat(pinned.errLines()).containsExactly("词/典: refused: no slashes today");
    assertThat(pinned.exitCode()).isEqualTo(1);
    var released = run("words", "release", "墨鲷");
    assertThat(released.outLines()).containsExactly("墨鲷: released from epoch 12 on");
    assertThat(released.exitCode()).isZero();

    job.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(records("control"))
        .filteredOn(record -> record.path("key").textValue().equals("word/main/墨鲷"))
        .extracting(record -> record.path("value").path("effectiveFrom").asText())
        .containsExactly("2026-02-28T16:00:00.000Z", "");
  }

  @Test
  void wordsBanSaysWhatIsWrittenIfNobodyAnswers() {
    var banned = run("words", "ban", "墨鲷", "--channel", "news", "--wait", "1");

    assertThat(banned.exitCode()).isEqualTo(1);
    assertThat(banned.errLines())
        .singleElement()
        .asString()
        .contains("墨鲷: no answer within 1 s", prefix + "control-", "is written", "job runs");
    assertThat(run("words", "ban", "鲷", "--wait", "0").outLines())
        .singleElement()
        .asString()
        .startsWith("鲷: written as " + prefix + "control-");
    assertThat(records("control"))
        .extracting(record -> record.path("key").textValue())
        .containsExactlyInAnyOrder("word/news/墨鲷", "word/main/鲷");
  }

  @Test
  void entitiesArePinnedListedAndTakenBack() throws Exception {
    var job = new Thread(() -> answer(4));
    job.start();

    var pinned = run("entities", "pin", "墨鲷", "ORG", "--effective-from", "2026-03-01");
    assertThat(pinned.outLines()).containsExactly("墨鲷: pinned as ORG from epoch 12 on");
    assertThat(pinned.exitCode()).isZero();
    run("entities", "pin", "屿安", "LOC");
    run("entities", "pin", "屿安", "LOC", "--channel", "news");
    assertThat(run("entities", "ls").outLines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("ORG ").endsWith(" 墨鲷"))
        .anySatisfy(line -> assertThat(line).startsWith("LOC ").endsWith(" 屿安"));

    assertThat(run("entities", "unpin", "墨鲷").outLines())
        .containsExactly("墨鲷: released from epoch 12 on");
    job.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(run("entities", "ls").outLines()).hasSize(2);
    assertThat(records("control"))
        .extracting(record -> record.path("key").textValue())
        .containsExactlyInAnyOrder(
            "entity/main/墨鲷", "entity/main/屿安", "entity/news/屿安", "entity/main/墨鲷");
    var wrong = run("entities", "pin", "墨鲷", "a b");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("no type of an entity");
  }

  @Test
  void modelsAreSelectedAndReset() throws Exception {
    var job = new Thread(() -> answer(4));
    job.start();

    assertThat(run("models", "select", "own/v3", "--scheme", "press").outLines())
        .containsExactly("extraction of main: own/v3:press from epoch 12 on");
    assertThat(
            run("models", "select", "own/v3", "--relations", "duie", "--channel", "news")
                .outLines())
        .containsExactly("extraction of news: own/v3:news+duie from epoch 12 on");
    assertThat(run("models", "select", "none").outLines())
        .containsExactly("extraction of main: none from epoch 12 on");
    assertThat(run("models", "reset").outLines())
        .containsExactly("extraction of main: as configured from epoch 12 on");

    job.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(records("control"))
        .filteredOn(record -> record.path("key").textValue().equals("model/main/extraction"))
        .extracting(record -> record.path("value").path("value").asText())
        .containsExactly("own/v3:press", "none", "");
  }

  @Test
  void wordsHistoryTellsWhenAndWhyAWordCameAndWent() {
    try (var producer = KafkaClients.producer(config())) {
      send(
          producer,
          "words",
          new WordStateEncoder().encode(word("main", "村BA", WordStatus.ANNOUNCED, 2.5)));
      for (var event :
          List.of(
              told("main", 3, "村BA", WordEvent.Type.ANNOUNCED, "score is at least 0 again", 1.0),
              told("main", 1, "村BA", WordEvent.Type.ANNOUNCED, "score is at least 0", 0.5),
              told("main", 2, "村BA", WordEvent.Type.BANNED, "banned by control", null),
              told("main", 2, "别处", WordEvent.Type.ANNOUNCED, "score is at least 0", 0.5),
              told("other", 2, "村BA", WordEvent.Type.ANNOUNCED, "score is at least 0", 0.5),
              told("main", 4, "村B", WordEvent.Type.UPGRADED, "occurs in", 0.5))) {
        send(producer, "word-events", new WordEventEncoder().encode(event));
      }
    }

    var history = run("words", "history", "村ba");
    assertThat(history.exitCode()).isZero();
    assertThat(history.outLines())
        .satisfiesExactly(
            line -> assertThat(line).contains("SCORE", "STATUS", "WORD"),
            line -> assertThat(line).contains("2.50", "announced").endsWith("村BA"),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line).contains("TIME", "EVENT", "REASON"),
            line -> assertThat(line).contains("announced", "0.50").endsWith("score is at least 0"),
            line -> assertThat(line).contains("banned", " - ").endsWith("村BA: banned by control"),
            line -> assertThat(line).contains("1.00").endsWith("score is at least 0 again"),
            line -> assertThat(line).contains("upgraded").endsWith("村B: occurs in: 村BA"));
    assertThat(run("words", "history", "别处").outLines()).first().isEqualTo("别处 is no word now");
    assertThat(run("words", "history", "村BA", "--channel", "other").outLines()).hasSize(4);
    var json = run("words", "history", "村BA", "--json").outLines();
    assertThat(json).hasSize(1);
    assertThat(read(json.get(0)).path("words")).hasSize(1);
    assertThat(read(json.get(0)).path("events")).hasSize(4);

    var unknown = run("words", "history", "村BA", "--channel", "none");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.errLines()).singleElement().asString().contains("村BA", "none", "words ls");
  }

  private static WordEvent told(
      String channel, long epoch, String word, WordEvent.Type type, String reason, Double score) {
    var scored = score == null ? null : new WordScore(word, score, 17, 1, 2, 3);
    var longer = type == WordEvent.Type.UPGRADED ? "村BA" : null;
    long time = 1_772_323_200_000L + 10_000 * epoch;
    return new WordEvent(channel, epoch, 0, word, type, reason, time, scored, longer);
  }

  private static WordState word(String channel, String word, WordStatus status, Double score) {
    var scored = score == null ? null : new WordScore(word, score, 17, 1, 2, 3);
    var longer = status == WordStatus.ABSORBED ? "屿安市" : null;
    return new WordState(
        channel,
        177,
        0,
        word,
        status,
        scored,
        1_772_323_200_000L,
        1_772_323_200_000L,
        false,
        longer);
  }

  /** Answers so many control records as the job would, but for words with a slash. */
  private void answer(int records) {
    var decoder = new ControlDecoder(config().decoder().zone());
    try (var consumer = KafkaClients.consumer(config());
        var producer = KafkaClients.producer(config())) {
      var partitions =
          IntStream.range(0, 4)
              .mapToObj(number -> new TopicPartition(prefix + "control", number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int answered = 0; answered < records; ) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var change =
              decoder
                  .decode(
                      new RawRecord(
                          record.topic(),
                          record.partition(),
                          record.offset(),
                          0,
                          record.key(),
                          record.value(),
                          List.of()))
                  .change();
          var ack =
              change.target().contains("/")
                  ? ControlAck.refused(change, "no slashes today")
                  : new ControlAck(change, 12L, null);
          send(producer, "control-acks", new ControlAckEncoder().encode(ack));
          answered++;
        }
        producer.flush();
      }
    }
  }

  /** Writes a dead letter as the job does. */
  private void die(long offset, byte[] value, ErrorClass errorClass, int attempts, Header... more) {
    var headers = new ArrayList<Header>();
    headers.add(Headers.of("own", "1"));
    if (attempts > 0) {
      headers.add(Headers.of(Headers.ATTEMPT, Integer.toString(attempts)));
    }
    headers.addAll(Arrays.asList(more));
    var raw =
        new RawRecord(
            prefix + "documents",
            (int) (offset % 4),
            offset,
            0,
            utf8("key-" + offset),
            value,
            headers);
    var letter = new DeadLetter(raw, "door", new Rejection(errorClass, "x.Y", "it is bad"), 0);
    var encoded = new DeadLetterEncoder("9.9", Long.MAX_VALUE).encode(letter);
    try (var producer = KafkaClients.producer(config())) {
      send(producer, "dead-letters", encoded);
    }
  }

  private String origin(long offset) {
    return prefix + "documents-" + offset % 4 + "-" + offset;
  }

  private List<JsonNode> records(String topic) {
    return run("tail", topic, "--until-end", "--json").outLines().stream().map(this::read).toList();
  }

  private JsonNode read(String json) {
    try {
      return mapper.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  private static Map<String, String> headers(JsonNode record) {
    var headers = new HashMap<String, String>();
    record
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().textValue()));
    return headers;
  }

  private CommandLineRun run(String... arguments) {
    return topics().run(arguments);
  }

  private PipelineConfig config() {
    return topics().config();
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String topic, OutgoingRecord encoded) {
    topics().send(producer, topic, encoded);
  }

  private TestTopics topics() {
    return new TestTopics(broker.bootstrap(), prefix);
  }

  /** Lines whose text is one letter more each: a, b, … */
  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(line -> Character.toString('a' + line - 1))
        .collect(Collectors.joining("\n"));
  }

  private static String write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
