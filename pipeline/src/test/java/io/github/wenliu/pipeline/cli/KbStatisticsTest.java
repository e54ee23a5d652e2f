package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.operators.link.KbRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KbStatisticsTest {

  private static final KbRecord DELETED = record("Q9", null);
  private static final KbRecord NO_ENTRY =
      KbRecord.rejected(
          new RawRecord("kb", 0, 7, 0, null, new byte[0], List.of()),
          new Rejection(ErrorClass.PARSE, "Exception", "malformed JSON"));

  private final KbStatistics statistics = new KbStatistics();

  private static KbRecord record(String id, KbEntry entry) {
    return KbRecord.of(new KbChange("main", id, entry, null, "kb-0-0"));
  }

  private static KbRecord entry(
      String id, String name, List<String> aliases, List<String> types, String description) {
    return record(
        id,
        new KbEntry(
            "main",
            id,
            name,
            aliases,
            types,
            description,
            List.of(new KbFact("位于", "浙江")),
            null,
            null));
  }

  private static KbRecord redirect(String id, String name, String target) {
    return record(
        id, new KbEntry("main", id, name, List.of(), List.of(), "", List.of(), null, target));
  }

  private static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void countsEntriesNamesAndTypes() {
    statistics.count(entry("Q1", "绍兴", List.of("越州"), List.of("地点", "城市"), "鲁迅的故乡"), 300);
    statistics.count(entry("Q2", "越州", List.of(), List.of("地点"), " "), 200);
    statistics.count(redirect("R1", "山阴城", "Q1"), 50);
    statistics.count(DELETED, 20);
    statistics.count(NO_ENTRY, 10);

    var json = statistics.json("main");
    assertThat(json.path("channel").textValue()).isEqualTo("main");
    assertThat(json.path("entries").intValue()).isEqualTo(2);
    assertThat(json.path("redirects").intValue()).isEqualTo(1);
    assertThat(json.path("deleted").intValue()).isEqualTo(1);
    assertThat(json.path("rejected").intValue()).isEqualTo(1);
    assertThat(json.path("names").intValue()).isEqualTo(2);
    assertThat(json.path("ambiguousNames").intValue()).isEqualTo(1);
    assertThat(json.path("entriesOfMostSharedName").intValue()).isEqualTo(2);
    assertThat(json.path("described").intValue()).isEqualTo(1);
    assertThat(json.path("facts").intValue()).isEqualTo(2);
    assertThat(json.path("bytes").intValue()).isEqualTo(550);
    assertThat(json.path("types")).hasToString("{\"地点\":2,\"城市\":1}");
    assertThat(statistics.text().lines())
        .containsExactly(
            "2 entries, 1 with a description, 2 facts, 550 bytes",
            "2 names, 1 of them of several entries, at most of 2",
            "1 redirects, 1 deleted, 1 that are no entries",
            "types: 地点 2, 城市 1");
  }

  @Test
  void namesAreComparedInTheirNormalisedForm() {
    statistics.count(entry("Q1", "ＡＢＣ", List.of("abc", " abc "), List.of(), ""), 1);
    statistics.count(entry("Q2", "Abc", List.of(), List.of(), ""), 1);

    var json = statistics.json("main");
    assertThat(json.path("names").intValue()).isEqualTo(1);
    assertThat(json.path("entriesOfMostSharedName").intValue()).isEqualTo(2);
  }

  @Test
  void theTwentyMostFrequentTypesAreShown() {
    for (int i = 0; i < 25; i++) {
      statistics.count(entry("Q" + i, "绍兴", List.of(), List.of("地点", "t" + i), ""), 1);
    }

    assertThat(statistics.json("main").path("types")).hasSize(20);
    assertThat(statistics.json("main").path("differentTypes").intValue()).isEqualTo(26);
    assertThat(statistics.text()).contains("types: 地点 25, t0 1, t1 1, t10 1").endsWith(", ...");
  }

  @Test
  void anEmptyKnowledgeBaseHasNoTypes() {
    assertThat(statistics.text()).endsWith("types: none");
    assertThat(statistics.json("main").path("entriesOfMostSharedName").intValue()).isZero();
  }

  /** Partitions are read one after the other, so the newest need not come last. */
  @Test
  void ofSeveralRecordsOfAKeyTheNewestCounts() {
    statistics.find(key("main/Q1"), 0, 5, 100);
    statistics.find(key("main/Q1"), 0, 6, 100);
    statistics.find(key("main/Q1"), 1, 9, 50);
    statistics.find(key("main/Q2"), 1, 5, 10);

    assertThat(statistics.isNewest(key("main/Q1"), 0, 6)).isTrue();
    assertThat(statistics.isNewest(key("main/Q1"), 0, 5)).isFalse();
    assertThat(statistics.isNewest(key("main/Q1"), 1, 9)).isFalse();
    assertThat(statistics.isNewest(key("main/Q2"), 1, 5)).isTrue();
  }
}
