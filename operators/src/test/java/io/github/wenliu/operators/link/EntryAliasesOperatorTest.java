package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryAliasesOperatorTest {

  private static final int MAX_PARALLELISM = 720;

  private final List<Harness> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var harness : open) {
      harness.close();
    }
  }

  @Test
  void anEntryComesIsRenamedAndGoes() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "鲁迅", "周树人"), Setting.ALWAYS));
    harness.processWatermark(4_999);
    assertThat(harness.changes()).containsOnlyKeys("鲁迅@", "周树人@");
    assertThat(harness.marks()).as("nothing of a version").containsOnlyKeys("鲁迅@", "周树人@");

    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "豫才", "周树人"), 5));
    assertThat(harness.changes())
        .containsEntry("豫才@5", "Q1 豫才")
        .containsEntry("周树人@5", "Q1 豫才")
        .containsEntry("鲁迅@5", "gone");
    assertThat(harness.marks())
        .containsEntry("豫才@5", 1)
        .containsEntry("鲁迅@5", -1)
        .containsEntry("version@5", 0)
        .doesNotContainKey("周树人@5");

    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", null, 6));
    assertThat(harness.changes()).containsEntry("豫才@6", "gone").containsEntry("周树人@6", "gone");
    assertThat(harness.numKeyedStateEntries()).isZero();
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", null, 7));
    assertThat(harness.marks()).as("of nothing").containsEntry("version@7", 0);
    assertThat(harness.changes()).hasSize(7);
  }

  @Test
  void namesOfRedirectsComeBeforeTheEntryAndStayWhenItGoes() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    harness.update(KbUpdate.names(Kb.CHANNEL, "Q1", "a", List.of("迅哥儿"), 4));
    assertThat(harness.changes()).isEmpty();
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "鲁迅"), 5));
    harness.update(KbUpdate.names(Kb.CHANNEL, "Q1", "b", List.of("迅哥儿", "树人"), 6));
    harness.update(KbUpdate.names(Kb.CHANNEL, "Q1", "a", List.of(), 7));
    assertThat(harness.changes())
        .containsEntry("迅哥儿@5", "Q1 鲁迅")
        .containsEntry("树人@6", "Q1 鲁迅")
        .as("it is still a name of b")
        .doesNotContainKey("迅哥儿@7");
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", null, 8));
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "鲁迅"), 9));
    assertThat(harness.changes()).containsEntry("迅哥儿@8", "gone").containsEntry("迅哥儿@9", "Q1 鲁迅");
    harness.update(KbUpdate.names(Kb.CHANNEL, "Q1", "b", List.of(), 10));
    assertThat(harness.changes()).containsEntry("迅哥儿@10", "gone");
    harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", null, 11));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatIsKnownSurvivesARescale() throws Exception {
    var harness = opened(new EmbeddedRocksDBStateBackend(), 1, 0, null);
    for (int i = 0; i < 20; i++) {
      var id = "Q" + i;
      harness.update(KbUpdate.of(Kb.CHANNEL, id, Kb.entry(id, "名" + i), Setting.ALWAYS));
      harness.update(KbUpdate.names(Kb.CHANNEL, id, "r" + i, List.of("又名" + i), Setting.ALWAYS));
    }
    harness.prepareSnapshotPreBarrier(1);
    var state = harness.snapshot(1, 1);
    for (int subtask = 0; subtask < 2; subtask++) {
      var part = opened(new EmbeddedRocksDBStateBackend(), 2, subtask, state);
      for (int i = 0; i < 20; i++) {
        if (part.owns("main/Q" + i)) {
          part.update(KbUpdate.of(Kb.CHANNEL, "Q" + i, null, 5));
          assertThat(part.changes())
              .containsEntry("名" + i + "@5", "gone")
              .containsEntry("又名" + i + "@5", "gone");
        }
      }
      assertThat(part.changes()).isNotEmpty();
    }
  }

  /** A run of the model for all of them; in the order in which they came, also of one entry. */
  @Test
  void whatHoldsForAllTimeIsTakenTogetherBeforeAWatermarkACheckpointOrALaterChange()
      throws Exception {
    for (int end = 0; end < 4; end++) {
      var harness = opened(new HashMapStateBackend(), 1, 0, null);
      harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "鲁迅"), Setting.ALWAYS));
      harness.update(KbUpdate.of(Kb.CHANNEL, "Q2", Kb.entry("Q2", "茅盾"), Setting.ALWAYS));
      harness.update(KbUpdate.of(Kb.CHANNEL, "Q1", Kb.entry("Q1", "巴金"), Setting.ALWAYS));
      assertThat(harness.changes()).isEmpty();
      switch (end) {
        case 0 -> harness.processWatermark(Long.MIN_VALUE);
        case 1 -> harness.prepareSnapshotPreBarrier(1);
        case 2 -> harness.endInput();
        default -> harness.update(KbUpdate.of(Kb.CHANNEL, "Q3", null, 5));
      }
      assertThat(harness.changes())
          .containsEntry("鲁迅@", "gone")
          .containsEntry("茅盾@", "Q2 茅盾")
          .containsEntry("巴金@", "Q1 巴金");
      assertThat(harness.marks()).containsEntry("鲁迅@", 0).containsEntry("巴金@", 1);
    }
  }

  @Test
  void aKnowledgeBaseThatAnotherModelEncodedIsRefused() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    var state = harness.snapshot(1, 1);
    var other = new Harness(metrics -> new FakeLinkModels().open(metrics), 1, 0);
    open.add(other);
    other.setup();
    other.initializeState(state);
    assertThatThrownBy(other::open)
        .hasMessageContaining("was encoded by hashed/v1, link.model is ")
        .hasMessageContaining("go on with hashed/v1");
  }

  private Harness opened(
      StateBackend backend, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness = new Harness(HashedLinkModel.factory(), parallelism, subtask);
    open.add(harness);
    harness.setStateBackend(backend);
    harness.setup();
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, parallelism, subtask));
    }
    harness.open();
    return harness;
  }

  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, KbUpdate, AliasChange> {

    private final int parallelism;
    private final int subtask;

    Harness(LinkModelFactory models, int parallelism, int subtask) throws Exception {
      super(
          new EntryAliasesOperator(models),
          update -> update.channel() + "/" + update.id(),
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
      this.parallelism = parallelism;
      this.subtask = subtask;
    }

    boolean owns(String key) {
      return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism)
          == subtask;
    }

    void update(KbUpdate update) throws Exception {
      processElement(new StreamRecord<>(update));
    }

    /** By alias and epoch: what the entry is there. */
    Map<String, String> changes() {
      var changes = new TreeMap<String, String>();
      for (AliasChange change : extractOutputValues()) {
        var candidate = change.candidate();
        changes.put(
            change.alias() + "@" + shown(change.epoch()),
            candidate == null ? "gone" : candidate.id() + " " + candidate.name());
      }
      return changes;
    }

    /** By alias and epoch: entries more or less. */
    Map<String, Integer> marks() {
      var names = new TreeMap<Long, String>();
      names.put(0L, "version");
      for (AliasChange change : extractOutputValues()) {
        names.put(AliasIndex.hash(change.alias()), change.alias());
      }
      var marks = new TreeMap<String, Integer>();
      for (var mark : getSideOutput(EntryAliasesOperator.MARKS)) {
        marks.merge(
            names.get(mark.getValue().hash()) + "@" + shown(mark.getValue().epoch()),
            mark.getValue().delta(),
            Integer::sum);
      }
      return marks;
    }

    private static String shown(long epoch) {
      return epoch == Setting.ALWAYS ? "" : Long.toString(epoch);
    }
  }
}
