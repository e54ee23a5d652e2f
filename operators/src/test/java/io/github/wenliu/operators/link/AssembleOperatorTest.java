package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssembleOperatorTest {

  private static final int MAX_PARALLELISM = 720;

  private final List<Harness> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var harness : open) {
      harness.close();
    }
  }

  @Test
  void aDocumentGoesOnWithItsLastAnswerWhicheverCameFirst() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    harness.answer(0, "周树人");
    harness.task(0, "鲁迅", "周树人", "鲁迅");
    assertThat(harness.done()).isEmpty();
    harness.answer(0, "鲁迅");
    assertThat(harness.done()).containsExactly("0[周树人, 鲁迅]");
    harness.answer(1, "鲁迅");
    harness.task(1, "鲁迅");
    harness.task(2, "鲁迅");
    harness.answer(2, "鲁迅");
    assertThat(harness.done()).containsExactly("0[周树人, 鲁迅]", "1[鲁迅]", "2[鲁迅]");
    harness.snapshot(1, 1);
    assertThat(harness.numKeyedStateEntries()).as("nothing is left").isZero();
  }

  @Test
  void aDocumentThatAsksNothingGoesStraightThrough() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    harness.task(0);
    assertThat(harness.done()).containsExactly("0[]");
    harness.snapshot(1, 1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatWaitsIsInStateUntilTheCheckpointAfterItIsDone() throws Exception {
    var harness = opened(new HashMapStateBackend(), 1, 0, null);
    harness.task(0, "鲁迅", "茅盾");
    harness.answer(1, "鲁迅");
    harness.snapshot(1, 1);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
    harness.answer(0, "鲁迅");
    harness.task(1, "鲁迅");
    harness.snapshot(2, 2);
    assertThat(harness.numKeyedStateEntries()).as("the document and its answer").isEqualTo(2);
    harness.answer(0, "茅盾");
    harness.snapshot(3, 3);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.done()).containsExactly("1[鲁迅]", "0[茅盾, 鲁迅]");
  }

  @Test
  void whatWaitsSurvivesARescale() throws Exception {
    var harness = opened(new EmbeddedRocksDBStateBackend(), 1, 0, null);
    for (int offset = 0; offset < 20; offset++) {
      if (offset % 2 == 0) {
        harness.task(offset, "鲁迅", "茅盾");
      }
      harness.answer(offset, "鲁迅");
    }
    var state = harness.snapshot(1, 1);
    var done = new ArrayList<String>();
    for (int subtask = 0; subtask < 3; subtask++) {
      var part =
          opened(
              new EmbeddedRocksDBStateBackend(),
              3,
              subtask,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 3, subtask));
      for (int offset = 0; offset < 20; offset++) {
        if (part.owns(offset)) {
          part.answer(offset, "茅盾");
          if (offset % 2 == 1) {
            part.task(offset, "茅盾", "鲁迅");
          }
        }
      }
      done.addAll(part.done());
    }
    assertThat(done)
        .hasSize(20)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.endsWith("[茅盾, 鲁迅]"));
  }

  private Harness opened(
      StateBackend backend, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness = new Harness(parallelism, subtask);
    open.add(harness);
    harness.setStateBackend(backend);
    harness.setup(LinkTypeInformation.TASK.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static final class Harness
      extends KeyedTwoInputStreamOperatorTestHarness<String, LinkTask, AliasAnswer, LinkTask> {

    private final int parallelism;
    private final int subtask;

    Harness(int parallelism, int subtask) throws Exception {
      super(
          new AssembleOperator(),
          task -> task.document().raw().origin(),
          AliasAnswer::document,
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
      this.parallelism = parallelism;
      this.subtask = subtask;
    }

    boolean owns(long offset) {
      return KeyGroupRangeAssignment.assignKeyToParallelOperator(
              Samples.raw(0, offset).origin(), MAX_PARALLELISM, parallelism)
          == subtask;
    }

    void task(long offset, String... aliases) throws Exception {
      var mentions = new ArrayList<Mention>();
      for (String alias : aliases) {
        mentions.add(new Mention(0, 1, 0, 1, alias, Mention.NO_ENTITY));
      }
      processElement1(
          new StreamRecord<>(
              new LinkTask(
                  Samples.entered(EpochTime.DEFAULT, "main", "文", offset, 1),
                  mentions,
                  List.of())));
    }

    void answer(long offset, String alias) throws Exception {
      processElement2(
          new StreamRecord<>(
              new AliasAnswer(
                  Samples.raw(0, offset).origin(),
                  alias,
                  List.of(Kb.candidate("Q1", NameKind.NAME, 1)),
                  0)));
    }

    /** Each document in short: its offset and the aliases of its answers. */
    List<String> done() {
      return extractOutputValues().stream()
          .map(
              task ->
                  task.document().raw().offset()
                      + ""
                      + task.answers().stream().map(AliasAnswer::alias).toList())
          .toList();
    }
  }
}
