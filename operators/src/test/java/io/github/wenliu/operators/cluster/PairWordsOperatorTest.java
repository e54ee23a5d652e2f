package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EnrichedDocument;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PairWordsOperatorTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, EdgeBatch> restored(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<EnrichedDocument, EdgeBatch>(
            new PairWordsOperator(Tagged.TIME, CommunityParameters.DEFAULT));
    open.add(harness);
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static StreamRecord<EnrichedDocument> document(String channel, long epoch, String words) {
    return new StreamRecord<>(Tagged.document(channel, epoch, words), 0);
  }

  /** What came out since the last time, as {@code channel epoch sum pair}, sorted. */
  private static List<String> pairs(
      OneInputStreamOperatorTestHarness<EnrichedDocument, EdgeBatch> harness) {
    var pairs = Edges.lines(harness.extractOutputValues());
    harness.getOutput().clear();
    return pairs;
  }

  @Test
  void pairsLeaveBeforeTheWatermarkThatClosesTheirEpochAndNotBefore() throws Exception {
    var harness = restored(null);
    harness.processElement(document("main", 3, "高铁|开通"));
    harness.processElement(document("other", 3, "列车"));
    harness.processWatermark(3_998);
    assertThat(pairs(harness)).isEmpty();
    harness.processWatermark(3_999);
    assertThat(pairs(harness))
        .containsExactly(
            "main 3 1",
            "main 3 1 开通",
            "main 3 1 开通 高铁",
            "main 3 1 高铁",
            "other 3 1",
            "other 3 1 列车");
  }

  @Test
  void pairsLeaveBeforeACheckpoint() throws Exception {
    var harness = restored(null);
    harness.processElement(document("main", 3, "列车"));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(pairs(harness)).containsExactly("main 3 1", "main 3 1 列车");
    harness.prepareSnapshotPreBarrier(2);
    assertThat(pairs(harness)).isEmpty();
  }

  @Test
  void aDocumentOfAClosedEpochCountsInTheFirstOpenOneAlsoBehindARestore() throws Exception {
    var harness = restored(null);
    harness.processWatermark(6_999);
    var again = restored(harness.snapshot(1, 1));
    for (var late : List.of(harness, again)) {
      late.processElement(document("main", 3, "列车"));
      late.prepareSnapshotPreBarrier(2);
      assertThat(pairs(late)).containsExactly("main 7 1", "main 7 1 列车");
    }
  }

  @Test
  void aDocumentWithoutContentWordsSaysNothing() throws Exception {
    var harness = restored(null);
    harness.processElement(document("main", 3, "的|，|了"));
    harness.processWatermark(9_999);
    assertThat(pairs(harness)).isEmpty();
  }
}
