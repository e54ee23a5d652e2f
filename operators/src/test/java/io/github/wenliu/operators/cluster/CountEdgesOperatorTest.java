package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountEdgesOperatorTest {

  private static final int MAX_PARALLELISM = 128;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<String, EdgeBatch, EdgeBatch> restored(
      OperatorSubtaskState state, int subtasks, int subtask) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, EdgeBatch, EdgeBatch>(
            new CountEdgesOperator(Tagged.TIME),
            EdgeBatch::key,
            Types.STRING,
            MAX_PARALLELISM,
            subtasks,
            subtask);
    open.add(harness);
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private KeyedOneInputStreamOperatorTestHarness<String, EdgeBatch, EdgeBatch> started()
      throws Exception {
    return restored(null, 1, 0);
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<String, EdgeBatch, EdgeBatch> harness,
      List<EdgeBatch> batches)
      throws Exception {
    for (EdgeBatch batch : batches) {
      harness.processElement(new StreamRecord<>(batch, 0));
    }
  }

  private static List<String> taken(AbstractStreamOperatorTestHarness<EdgeBatch> harness) {
    var lines = Edges.lines(harness.extractOutputValues());
    harness.getOutput().clear();
    return lines;
  }

  @Test
  void whatSeveralSubtasksSawOfAnEpochIsSummedUpWhenItCloses() throws Exception {
    var harness = started();
    process(harness, Edges.batches("main", 3, "甲甲/乙乙", "甲甲", ""));
    process(harness, Edges.batches("main", 3, "乙乙/甲甲", "乙乙", ""));
    process(harness, Edges.batches("main", 4, "甲甲/乙乙"));
    harness.processWatermark(3_998);
    assertThat(taken(harness)).isEmpty();
    harness.processWatermark(3_999);
    assertThat(taken(harness))
        .containsExactly("main 3 1 乙乙", "main 3 1 甲甲", "main 3 2", "main 3 2 乙乙 甲甲");
    harness.processWatermark(4_999);
    assertThat(taken(harness)).containsExactly("main 4 1 乙乙 甲甲");
  }

  @Test
  void channelsDoNotMeet() throws Exception {
    var harness = started();
    process(harness, Edges.batches("main", 3, "甲甲/乙乙"));
    process(harness, Edges.batches("other", 3, "甲甲/乙乙"));
    harness.processWatermark(3_999);
    assertThat(taken(harness)).containsExactly("main 3 1 乙乙 甲甲", "other 3 1 乙乙 甲甲");
  }

  @Test
  void whatWaitsSurvivesCheckpointsAndIsSharedOutAnew() throws Exception {
    var harness = started();
    process(harness, Edges.batches("main", 3, "甲甲/乙乙", "丙丙/丁丁", "丙丙", "丁丁", "甲甲"));
    harness.snapshot(1, 1);
    process(harness, Edges.batches("main", 5, "丙丙/丁丁"));
    harness.processWatermark(3_999);
    assertThat(taken(harness)).hasSize(5);
    process(harness, Edges.batches("main", 6, "甲甲/乙乙"));
    var state = harness.snapshot(2, 2);
    var lines = new ArrayList<String>();
    for (int subtask = 0; subtask < 2; subtask++) {
      var again =
          restored(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 2, subtask),
              2,
              subtask);
      again.processWatermark(9_999);
      lines.addAll(taken(again));
    }
    assertThat(lines).containsExactlyInAnyOrder("main 5 1 丁丁 丙丙", "main 6 1 乙乙 甲甲");
  }

  @Test
  void whatWasHandedOnIsNotHandedOnAgainBehindARestore() throws Exception {
    var harness = started();
    process(harness, Edges.batches("main", 3, "甲甲/乙乙"));
    harness.snapshot(1, 1);
    harness.processWatermark(3_999);
    var again = restored(harness.snapshot(2, 2), 1, 0);
    again.processWatermark(9_999);
    assertThat(taken(again)).isEmpty();
  }
}
