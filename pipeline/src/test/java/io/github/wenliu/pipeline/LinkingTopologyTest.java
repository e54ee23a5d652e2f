package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A knowledge base that changes while documents flow: every document uses the version that it is
 * entitled to, whatever the parallelism and whatever fails.
 */
class LinkingTopologyTest {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final long FIRST_EPOCH = 176_722_560;
  private static final int PARTITIONS = 4;
  private static final int RECORDS_OF_PARTITION = 120;
  private static final long STEP_MILLIS = 4_000;

  /** Records between the places of two partitions at the same gate: about five epochs. */
  private static final int DRIFT = 12;

  private static final int MANY = 10_000;

  /** Epochs, counted from the first one, in which the knowledge base changes. */
  private static final long ADDED = 10;

  private static final long DELETED = 15;
  private static final long RENAMED = 20;
  private static final long BETTER = 25;
  private static final long LED_ELSEWHERE = 30;
  private static final long BEST_OF_MANY_GONE = 33;
  private static final List<Long> CHANGES =
      List.of(ADDED, DELETED, RENAMED, BETTER, LED_ELSEWHERE, BEST_OF_MANY_GONE);

  private static final List<String> NAMES =
      List.of("鲁迅", "周树人", "豫才", "墨鲷", "碧晷罗", "旧蕤堂", "新蕤堂", "王伟", "篁岫社");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static KbJob job;

  /** What one subtask of everything makes of the documents. */
  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    job = new KbJob(directory);
    reference = job.run("linking-1", 1, input(gates(0), kb()));
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
  }

  @Test
  void everyDocumentUsesTheVersionItIsEntitledToAndNoneIsLost() {
    var documents = documents(reference);
    assertThat(documents).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    for (JsonNode document : documents) {
      long entitled = document.path("epoch").asLong() - TIME.lag() - FIRST_EPOCH;
      assertThat(document.path("versions").path("kb").asLong(-1))
          .isEqualTo(
              CHANGES.stream()
                  .filter(epoch -> epoch <= entitled)
                  .mapToLong(epoch -> FIRST_EPOCH + epoch)
                  .max()
                  .orElse(0));
      var links = links(document);
      for (String name : NAMES) {
        boolean isThere = document.path("text").asText().contains(name);
        assertThat(links.get(name))
            .as("%s at %d", name, entitled)
            .isEqualTo(isThere ? meant(name, entitled) : null);
      }
    }
  }

  /** The id that a name means in a version; {@code null} if nothing. */
  private static String meant(String name, long entitled) {
    return switch (name) {
      case "鲁迅" -> entitled < BETTER ? "Q1" : "Q2";
      case "周树人" -> "Q1";
      case "豫才" -> entitled < LED_ELSEWHERE ? "Q1" : "Q5";
      case "墨鲷" -> entitled < ADDED ? null : "Q5";
      case "碧晷罗" -> entitled < DELETED ? "Q3" : null;
      case "旧蕤堂" -> entitled < RENAMED ? "Q4" : null;
      case "新蕤堂" -> entitled < RENAMED ? null : "Q4";
      case "王伟" -> one(entitled < BEST_OF_MANY_GONE ? MANY - 1 : MANY - 2);
      default -> null;
    };
  }

  @Test
  void anAliasOfTenThousandIsWeighedByItsBestAndTheRestAreCounted() {
    var more = new TreeSet<String>();
    for (JsonNode document : documents(reference)) {
      for (JsonNode entity : document.path("entities")) {
        if (entity.path("text").asText().equals("王伟")) {
          assertThat(entity.path("link").path("candidates")).hasSize(3);
          more.add(entity.path("type").asText());
        }
      }
    }
    assertThat(more).containsExactly("+" + (MANY - 4), "+" + (MANY - 3));
  }

  @Test
  void changesAreAnsweredAndCyclesRefused() {
    assertThat(lines(reference, KbJob.ACK))
        .containsExactlyInAnyOrder(
            "Q5 put " + (FIRST_EPOCH + ADDED),
            "Q3 delete " + (FIRST_EPOCH + DELETED),
            "Q4 put " + (FIRST_EPOCH + RENAMED),
            "Q2 put " + (FIRST_EPOCH + BETTER),
            "R1 put " + (FIRST_EPOCH + LED_ELSEWHERE),
            one(MANY - 1) + " delete " + (FIRST_EPOCH + BEST_OF_MANY_GONE),
            "Q1 put the redirect to R1 leads back to the entry itself",
            "C2 put the redirect to C1 leads back to the entry itself");
    assertThat(lines(reference, KbJob.DEAD)).containsExactly("kb kb-0-7");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void givesTheSameBytesAtAnyParallelism(int parallelism) throws Exception {
    assertThat(job.run("linking-" + parallelism, parallelism, input(gates(0), kb())))
        .isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void restartsFromCheckpointsDoNotMatter(int parallelism) throws Exception {
    var run = "linking-failing-" + parallelism;
    var lines = job.run(run, parallelism, input(gates(KbJob.FAILURES), kb()));
    assertThat(PartitionsSource.Run.of(run).failures).hasValue(KbJob.FAILURES);
    assertThat(lines).isEqualTo(reference);
  }

  @Test
  void aChangeOfTheParallelismFromSavepointsDoesNotMatter() throws Exception {
    var input = input(gates(2), kb());
    var atOneThird = job.runToGate("linking-two", 2, input, 0, null);
    var atTwoThirds = job.runToGate("linking-four", 4, input, 1, atOneThird);
    assertThat(job.runFrom("linking-one", 1, input, atTwoThirds)).isEqualTo(reference);
  }

  @Test
  void documentsWaitInStateUntilTheKnowledgeBaseIsRead() throws Exception {
    var run = "linking-gated";
    var kb = kb();
    int end = kb.indexOf(KbRecord.END);
    var submitted =
        job.submit(
            run,
            2,
            new KbJob.Input(LinkingTopologyTest::records, gates(1), kb, new int[] {end}, List.of()),
            true,
            null);
    // It opens behind a checkpoint that all documents before it are in.
    while (PartitionsSource.Run.of(run).opened.get() == 0) {
      Thread.sleep(10);
    }
    assertThat(KbJob.documentsOut(run)).isZero();
    KbJob.kb(run).opened.set(1);
    assertThat(job.awaitEnd(run, submitted)).isEqualTo(reference);
  }

  /** Published as it comes, without a time of its own. */
  @Test
  void aChangeCountsFromTheAcknowledgedVersionOn() throws Exception {
    var run = "linking-live";
    var kb = new ArrayList<KbRecord>();
    kb.add(stood(entry("Q1", "鲁迅", 1)));
    kb.add(KbRecord.END);
    kb.add(KbRecord.of(change("Q9", entry("Q9", "篁岫社", 1), null)));
    kb.add(KbRecord.of(change("Q1", entry("Q1", "豫才", 1), null)));
    kb.add(KbRecord.of(change("Q9", null, null)));
    var submitted =
        job.submit(
            run,
            2,
            new KbJob.Input(
                LinkingTopologyTest::records, gates(2), kb, new int[] {2, 4}, List.of()),
            false,
            null);
    PartitionsSource.Run.of(run).failures.set(KbJob.FAILURES);
    awaitGate(run, 0);
    KbJob.kb(run).opened.set(1);
    while (KbJob.answered(run) < 2) {
      Thread.sleep(10);
    }
    PartitionsSource.Run.of(run).opened.set(1);
    awaitGate(run, 1);
    // Time has gone on where changes are taken in, too: the next one comes in a later epoch.
    while (KbJob.documentsOut(run) < PARTITIONS * RECORDS_OF_PARTITION * 5 / 12) {
      Thread.sleep(10);
    }
    // Both at once: where the change comes between the documents is told by its answer alone.
    KbJob.kb(run).opened.set(2);
    PartitionsSource.Run.of(run).opened.set(2);
    var lines = job.awaitEnd(run, submitted);

    var epochs = new HashMap<String, Long>();
    for (String ack : lines(lines, KbJob.ACK)) {
      var fields = ack.split(" ");
      epochs.put(fields[0] + " " + fields[1], Long.parseLong(fields[2]));
    }
    assertThat(epochs).containsOnlyKeys("Q9 put", "Q1 put", "Q9 delete");
    var seen = new TreeSet<String>();
    assertThat(documents(lines)).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    for (JsonNode document : documents(lines)) {
      long entitled = document.path("epoch").asLong() - TIME.lag();
      boolean isAdded = entitled >= epochs.get("Q9 put") && entitled < epochs.get("Q9 delete");
      boolean isRenamed = entitled >= epochs.get("Q1 put");
      var links = links(document);
      var text = document.path("text").asText();
      check(text, links, "篁岫社", isAdded ? "Q9" : null);
      check(text, links, "鲁迅", isRenamed ? null : "Q1");
      check(text, links, "豫才", isRenamed ? "Q1" : null);
      seen.add(isAdded + " " + isRenamed);
    }
    assertThat(seen).contains("false false", "true true");
  }

  private static void check(String text, Map<String, String> links, String name, String meant) {
    assertThat(links.get(name)).isEqualTo(text.contains(name) ? meant : null);
  }

  private static void awaitGate(String run, int gate) throws InterruptedException {
    while (PartitionsSource.Run.of(run).heldAt(gate).size() < PARTITIONS) {
      Thread.sleep(10);
    }
  }

  @Test
  void anEmptyKnowledgeBaseLinksNothingAndHoldsNothingUp() throws Exception {
    var lines = job.run("linking-empty", 2, input(gates(0), List.of(KbRecord.END)));
    assertThat(lines).hasSize(PARTITIONS * RECORDS_OF_PARTITION);
    assertThat(documents(lines))
        .allSatisfy(
            document -> {
              assertThat(links(document)).isEmpty();
              assertThat(document.path("versions").path("kb").asLong(-1)).isZero();
            });
  }

  private static KbJob.Input input(int[][] gates, List<KbRecord> kb) {
    return new KbJob.Input(LinkingTopologyTest::records, gates, kb, new int[0], List.of());
  }

  /** What stood there, then what is to change, all of it before time begins. */
  private static List<KbRecord> kb() {
    var kb = new ArrayList<KbRecord>();
    kb.add(stood(entry("Q1", "鲁迅", 1, "周树人")));
    kb.add(stood(entry("Q2", "鲁迅", 0.5)));
    kb.add(stood(entry("Q3", "碧晷罗", 1)));
    kb.add(stood(entry("Q4", "旧蕤堂", 1)));
    kb.add(stood(redirect("R1", "Q1", "豫才")));
    kb.add(stood(redirect("C1", "C2", "甲")));
    kb.add(stood(redirect("C2", "C1", "乙")));
    kb.add(
        KbRecord.rejected(
            new RawRecord("kb", 0, 7, 0, null, null, List.of()),
            new Rejection(ErrorClass.SCHEMA, "E", "no name")));
    for (int i = 0; i < MANY; i++) {
      kb.add(stood(entry("W" + i, "王伟", i * 7919 % MANY)));
    }
    kb.add(from(ADDED, "Q5", entry("Q5", "墨鲷", 1)));
    kb.add(from(DELETED, "Q3", null));
    kb.add(from(RENAMED, "Q4", entry("Q4", "新蕤堂", 1)));
    kb.add(from(BETTER, "Q2", entry("Q2", "鲁迅", 5)));
    kb.add(from(LED_ELSEWHERE, "R1", redirect("R1", "Q5", "豫才")));
    kb.add(from(BEST_OF_MANY_GONE, one(MANY - 1), null));
    kb.add(from(BEST_OF_MANY_GONE + 2, "Q1", redirect("Q1", "R1", "鲁迅")));
    kb.add(KbRecord.END);
    return kb;
  }

  /** The one of many that has a prior. */
  private static String one(int prior) {
    for (int i = 0; i < MANY; i++) {
      if (i * 7919 % MANY == prior) {
        return "W" + i;
      }
    }
    throw new IllegalArgumentException("no one has prior " + prior);
  }

  private static KbEntry entry(String id, String name, double prior, String... aliases) {
    return new KbEntry(
        "main", id, name, List.of(aliases), List.of(), "关于" + id, List.of(), prior, null);
  }

  private static KbEntry redirect(String id, String target, String name) {
    return new KbEntry("main", id, name, List.of(), List.of(), "", List.of(), null, target);
  }

  private static KbRecord stood(KbEntry entry) {
    return KbRecord.of(change(entry.id(), entry, null)).forAllTime();
  }

  private static KbRecord from(long epoch, String id, KbEntry entry) {
    return KbRecord.of(change(id, entry, (FIRST_EPOCH + epoch) * TIME.epochMillis()));
  }

  private static KbChange change(String id, KbEntry entry, Long from) {
    return new KbChange("main", id, entry, from, "kb-0-1");
  }

  private static List<SourceRecord> records(int partition) {
    return IntStream.range(0, RECORDS_OF_PARTITION)
        .mapToObj(offset -> record(partition, offset))
        .toList();
  }

  private static SourceRecord record(int partition, int offset) {
    long time = FIRST_EPOCH * TIME.epochMillis() + offset * STEP_MILLIS + partition * 700;
    var text = new StringBuilder("第" + offset + "条𠮷：");
    for (int i = 0; i < NAMES.size(); i++) {
      if ((offset + i) % 3 != 0) {
        text.append(NAMES.get(i)).append("，");
      }
    }
    return SourceRecord.of(
        new RawRecord("documents", partition, offset, time, null, null, List.of()),
        new Document(
            partition + "-" + offset, text.toString(), time, "main", null, null, null, null));
  }

  private static int[][] gates(int count) {
    int[][] gates = new int[PARTITIONS][count];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (int gate = 0; gate < count; gate++) {
        gates[partition][gate] =
            RECORDS_OF_PARTITION * (gate + 1) / (count + 1) + partition % 2 * DRIFT;
      }
    }
    return gates;
  }

  /** By surface: the id. */
  private static Map<String, String> links(JsonNode document) {
    var links = new TreeMap<String, String>();
    for (JsonNode entity : document.path("entities")) {
      links.put(entity.path("text").asText(), entity.path("link").path("id").textValue());
    }
    return links;
  }

  private static List<JsonNode> documents(List<String> lines) {
    return lines(lines, KbJob.ENRICHED).stream().map(LinkingTopologyTest::read).toList();
  }

  private static List<String> lines(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .toList();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
