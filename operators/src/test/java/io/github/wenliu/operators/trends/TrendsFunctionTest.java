package io.github.wenliu.operators.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both functions of the branch. */
class TrendsFunctionTest {

  private static final int MAX_PARALLELISM = 128;

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final TrendParameters PARAMETERS =
      new TrendParameters(TrendWords.NEW, 20, 50, 2, 6, 2, 3);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private <T extends AbstractStreamOperatorTestHarness<?>> T started(
      T harness, OperatorSubtaskState state) throws Exception {
    open.add(harness);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private KeyedOneInputStreamOperatorTestHarness<String, DocumentWords, EpochTally> tallying(
      OperatorSubtaskState state, int subtasks, int subtask) throws Exception {
    return started(
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TallyWordsFunction(TIME)),
            DocumentWords::key,
            Types.STRING,
            MAX_PARALLELISM,
            subtasks,
            subtask),
        state);
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, EpochTally, AnnouncedWord, TrendEvent>
      telling(OperatorSubtaskState state) throws Exception {
    return started(
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new TrendsFunction(TIME, PARAMETERS)),
            EpochTally::channel,
            AnnouncedWord::channel,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0),
        state);
  }

  private static StreamRecord<DocumentWords> document(long epoch, long text, String... words) {
    return new StreamRecord<>(new DocumentWords("main", epoch, text, words), 0);
  }

  private static <T> List<T> taken(AbstractStreamOperatorTestHarness<T> harness) {
    var values = harness.extractOutputValues();
    harness.getOutput().clear();
    return values;
  }

  @Test
  void countsLeaveBeforeTheWatermarkThatClosesTheirEpochAndNotBefore() throws Exception {
    var harness = tallying(null, 1, 0);
    harness.processElement(document(3, 1, "墨鲷"));
    harness.processElement(document(3, 1, "墨鲷"));
    harness.processElement(document(3, 2, "墨鲷", "村BA"));
    harness.processElement(document(4, 1, "墨鲷"));
    harness.processWatermark(3_998);
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_998));
    harness.processWatermark(3_999);

    assertThat(new ArrayList<>(harness.getOutput())).last().isEqualTo(new Watermark(3_999));
    var tallies = taken(harness);
    assertThat(tallies).hasSize(1);
    assertThat(tallies.get(0).epoch()).isEqualTo(3);
    assertThat(tallies.get(0).documents()).isEqualTo(2);
    assertThat(tallies.get(0).words()).containsExactly("墨鲷", "村BA");
    assertThat(tallies.get(0).counts()).containsExactly(2, 1);
    harness.processWatermark(4_999);
    assertThat(taken(harness)).extracting(EpochTally::epoch).containsExactly(4L);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void documentsThatWaitAreThereBehindARestoreOnMoreSubtasks() throws Exception {
    var before = tallying(null, 1, 0);
    before.processWatermark(2_999);
    for (int part = 0; part < 40; part++) {
      before.processElement(document(3, (long) part << 58, "墨鲷"));
    }
    var snapshot = before.snapshot(1, 1);
    int documents = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      var state =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, MAX_PARALLELISM, 1, 2, subtask);
      var after = tallying(state, 2, subtask);
      after.processWatermark(3_999);
      documents += taken(after).stream().mapToInt(EpochTally::documents).sum();
    }
    assertThat(documents).isEqualTo(40);
  }

  @Test
  void aDocumentOfAClosedEpochCountsInTheFirstOpenOneAlsoBehindARestore() throws Exception {
    var before = tallying(null, 1, 0);
    before.processElement(document(3, 1, "墨鲷"));
    before.processWatermark(5_999);
    taken(before);
    var after = tallying(before.snapshot(1, 1), 1, 0);
    after.processElement(document(3, 2, "墨鲷"));
    after.processWatermark(6_999);

    assertThat(taken(after)).extracting(EpochTally::epoch).containsExactly(6L);
  }

  private static StreamRecord<EpochTally> tally(long epoch) {
    boolean bursts = epoch >= 200 && epoch < 210;
    return new StreamRecord<>(
        new EpochTally(
            "main",
            epoch,
            10,
            bursts ? new String[] {"墨鲷"} : new String[0],
            bursts ? new int[] {5} : new int[0]),
        0);
  }

  @Test
  void whatIsToldIsTheSameWhereverItIsStoppedAndRestored() throws Exception {
    var history = new TrendHistory(TIME, PARAMETERS);
    long text = 0;
    for (long epoch = 0; epoch < 400; epoch++) {
      for (int i = 0; i < 10; i++) {
        boolean holds = epoch >= 200 && epoch < 210 && i < 5;
        history.add(
            new DocumentWords("main", epoch, text++, holds ? new String[] {"墨鲷"} : new String[0]));
      }
    }
    var expected = history.events();
    assertThat(expected)
        .extracting(TrendEvent::type)
        .contains(TrendEvent.Type.HOT, TrendEvent.Type.COOLED, TrendEvent.Type.TOP);

    var told = new ArrayList<TrendEvent>();
    var harness = telling(null);
    for (long epoch = 0; epoch < 400; epoch++) {
      harness.processElement1(tally(epoch));
      if (epoch % 7 == 0) {
        harness.processBothWatermarks(new Watermark(1_000 * epoch + 500));
        told.addAll(taken(harness));
      }
      if (epoch % 90 == 3) {
        harness = telling(harness.snapshot(epoch, epoch));
      }
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    told.addAll(taken(harness));

    assertThat(told).isEqualTo(expected);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void announcementsWaitForTheirVersion() throws Exception {
    var harness = telling(null);
    harness.processElement2(new StreamRecord<>(new AnnouncedWord("main", "墨鲷", 150, 1_000_000), 0));
    for (long epoch = 0; epoch < 400; epoch++) {
      harness.processElement1(tally(epoch));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);

    assertThat(taken(harness)).as("a word that had been everywhere").isEmpty();
  }

  @Test
  void anEpochIsTakenWhenBothInputsHaveClosedIt() throws Exception {
    var harness = telling(null);
    for (long epoch = 0; epoch < 205; epoch++) {
      harness.processElement1(tally(epoch));
    }
    harness.processWatermark1(new Watermark(204_999));
    assertThat(taken(harness)).isEmpty();
    harness.processWatermark2(new Watermark(204_999));
    assertThat(taken(harness)).extracting(TrendEvent::type).containsExactly(TrendEvent.Type.HOT);
  }
}
