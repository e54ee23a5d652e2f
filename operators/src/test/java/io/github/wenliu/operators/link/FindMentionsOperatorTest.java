package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FindMentionsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final String TEXT = "鲁迅原名周树人，鲁迅。";
  private static final int MAX_PARALLELISM = 720;

  private final List<Harness> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var harness : open) {
      harness.close();
    }
  }

  @Test
  void aDocumentWaitsUntilAllItIsEntitledToHasComeAndNoLonger() throws Exception {
    var harness = opened(1, 0, null);
    harness.mark("鲁迅", 1, Setting.ALWAYS);
    harness.document(0, 5);
    harness.knowledgeUntil(3_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.mark("周树人", 1, 3);
    harness.mark("周树人", -1, 4);
    harness.knowledgeUntil(3_999);
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.mentions())
                  .extracting(Mention::alias)
                  .containsExactly("鲁迅", "周树人", "鲁迅");
              assertThat(task.document().versions().kb()).isEqualTo(3);
              assertThat(task.answers()).isEmpty();
            });
    assertThat(harness.queries())
        .as("once for each alias")
        .containsExactly(query(0, "鲁迅", 3), query(0, "周树人", 3));
    harness.document(1, 5);
    assertThat(harness.extractOutputValues()).as("no reason to wait").hasSize(2);
    harness.document(2, 6);
    assertThat(harness.extractOutputValues()).as("epoch 6 has to wait for 4,999").hasSize(2);
  }

  @Test
  void aDocumentOfNothingThatIsKnownAsksNothing() throws Exception {
    var harness = opened(1, 0, null);
    harness.document(0, 5);
    harness.knowledgeUntil(3_999);
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(task -> assertThat(task.questions()).isZero());
    assertThat(harness.extractOutputValues().get(0).document().versions().kb()).isZero();
    assertThat(harness.queries()).isEmpty();
  }

  @Test
  void aLateDocumentAsksForTheOldestVersionOfAnOpenEpoch() throws Exception {
    var harness = opened(1, 0, null);
    harness.mark("鲁迅", 1, 4);
    harness.mark("周树人", 1, 6);
    harness.knowledgeUntil(9_999);
    harness.documentsUntil(6_999);
    harness.document(0, 2);
    assertThat(harness.queries()).containsExactly(query(0, "鲁迅", 5));
    harness = opened(1, 0, harness.snapshot(1, 1));
    harness.document(1, 2);
    assertThat(harness.queries()).as("waits for time again").isEmpty();
    harness.knowledgeUntil(5_999);
    assertThat(harness.queries()).containsExactly(query(1, "鲁迅", 5));
  }

  @Test
  void theIndexAndWaitingDocumentsSurviveARescale() throws Exception {
    var parts = new Harness[] {opened(2, 0, null), opened(2, 1, null)};
    var states = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      var harness = parts[subtask];
      harness.mark("鲁迅", 1, Setting.ALWAYS);
      harness.mark("周树人", 1, 1);
      harness.knowledgeUntil(3_999);
      harness.documentsUntil(3_999);
      harness.mark("周树人", -1, 4);
      harness.document(subtask, 6);
      harness.document(2 + subtask, 7);
      states[subtask] = harness.snapshot(1, 1);
    }
    var state = AbstractStreamOperatorTestHarness.repackageState(states);
    var found = new ArrayList<AliasQuery>();
    for (int subtask = 0; subtask < 3; subtask++) {
      var harness = opened(3, subtask, repartitioned(state, 2, 3, subtask));
      harness.document(10 + subtask, 5);
      harness.knowledgeUntil(4_999);
      assertThat(harness.queries()).contains(query(10 + subtask, "周树人", 3));
      harness.mark("原名", 1, 5);
      harness.knowledgeUntil(5_999);
      harness.queries().stream().filter(query -> query.entitled() > 3).forEach(found::add);
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            query(0, "鲁迅", 4),
            query(1, "鲁迅", 4),
            query(2, "鲁迅", 5),
            query(2, "原名", 5),
            query(3, "鲁迅", 5),
            query(3, "原名", 5));
  }

  private static OperatorSubtaskState repartitioned(
      OperatorSubtaskState state, int from, int to, int subtask) {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        state, MAX_PARALLELISM, from, to, subtask);
  }

  private static AliasQuery query(long offset, String alias, long entitled) {
    return new AliasQuery(Samples.raw(0, offset).origin(), "main", alias, entitled);
  }

  private Harness opened(int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness = new Harness(parallelism, subtask);
    open.add(harness);
    harness.setup(LinkTypeInformation.TASK.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static final class Harness
      extends TwoInputStreamOperatorTestHarness<EnrichedDocument, AliasMark, LinkTask> {

    Harness(int parallelism, int subtask) throws Exception {
      super(new FindMentionsOperator(TIME, 100), MAX_PARALLELISM, parallelism, subtask);
    }

    void document(long offset, long epoch) throws Exception {
      processElement1(new StreamRecord<>(Samples.entered(TIME, "main", TEXT, offset, epoch)));
    }

    void mark(String alias, int delta, long epoch) throws Exception {
      processElement2(new StreamRecord<>(AliasMark.of("main", alias, delta, epoch)));
      if (epoch != Setting.ALWAYS) {
        processElement2(new StreamRecord<>(AliasMark.version("main", epoch)));
      }
    }

    void documentsUntil(long watermark) throws Exception {
      processWatermark1(new Watermark(watermark));
    }

    void knowledgeUntil(long watermark) throws Exception {
      processWatermark2(new Watermark(watermark));
    }

    List<AliasQuery> queries() {
      var queries = getSideOutput(FindMentionsOperator.QUERIES);
      return queries == null ? List.of() : queries.stream().map(StreamRecord::getValue).toList();
    }
  }
}
