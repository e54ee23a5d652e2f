package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.newword.WordReport.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VocabularyFunctionTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final String FIRST = "瀚鲸客";
  private static final String SECOND = "碧晷罗";
  private static final String KNOWN = "鹭垣派";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, WordReport, ControlChange, VocabularyDelta>
      restored(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new VocabularyFunction(TIME, Set.of(KNOWN), false)),
            WordReport::channel,
            ControlChange::channel,
            Types.STRING,
            128,
            1,
            0);
    open.add(harness);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    // The changes that people ask for hold nothing back.
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    return harness;
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, WordReport, ControlChange, VocabularyDelta>
      started() throws Exception {
    return restored(null);
  }

  private static StreamRecord<WordReport> report(String channel, long epoch, String word) {
    return report(channel, epoch, word, Level.LIVE);
  }

  private static StreamRecord<WordReport> report(
      String channel, long epoch, String word, Level level) {
    return new StreamRecord<>(
        new WordReport(channel, epoch, new WordScore(word, 1, 7, 3, 2, 1), level, null, 10, 20), 0);
  }

  private static StreamRecord<ControlChange> control(String word, String action, Long fromMillis) {
    return new StreamRecord<>(change(word, action, fromMillis), 0);
  }

  private static ControlChange change(String word, String action, Long fromMillis) {
    return new ControlChange("word", "main", word, action, null, fromMillis, "control-0-7");
  }

  private static VocabularyDelta adding(long epoch, String word, long count) {
    return new VocabularyDelta("main", epoch, Map.of(word, count), List.of());
  }

  private static VocabularyDelta removing(long epoch, String word) {
    return new VocabularyDelta("main", epoch, Map.of(), List.of(word));
  }

  private static <T> List<T> side(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static List<Long> ackedEpochs(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness) {
    return side(harness, VocabularyFunction.ACKS).stream().map(ControlAck::epoch).toList();
  }

  @Test
  void aVersionComesOutBeforeTheWatermarkThatClosesItsEpochAndNotBefore() throws Exception {
    var harness = started();
    harness.processElement1(report("main", 3, FIRST));
    harness.processWatermark1(new Watermark(3_998));
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_998));
    assertThat(side(harness, VocabularyFunction.WORDS)).isEmpty();
    harness.processWatermark1(new Watermark(3_999));
    assertThat(harness.getOutput())
        .containsExactly(
            new Watermark(3_998),
            new StreamRecord<>(adding(3, FIRST, 7), 3_999),
            new Watermark(3_999));
    assertThat(side(harness, VocabularyFunction.WORDS))
        .extracting(WordState::epoch, WordState::word)
        .containsExactly(tuple(3L, FIRST));
    assertThat(side(harness, VocabularyFunction.EVENTS))
        .extracting(WordEvent::type, WordEvent::timeMillis)
        .containsExactly(tuple(WordEvent.Type.ANNOUNCED, 3_999L));
  }

  @Test
  void versionsThatWaitTogetherComeOutInTheirOrder() throws Exception {
    var harness = started();
    harness.processElement1(report("main", 5, FIRST, Level.GONE));
    harness.processElement1(report("main", 3, FIRST));
    harness.processElement1(report("main", 3, SECOND));
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new VocabularyDelta("main", 3, Map.of(FIRST, 7L, SECOND, 7L), List.of()),
            removing(5, FIRST));
  }

  @Test
  void whereNothingIsNewThereIsNoVersion() throws Exception {
    var harness = started();
    harness.processElement1(report("main", 3, KNOWN));
    harness.processWatermark1(new Watermark(3_999));
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_999));
    assertThat(side(harness, VocabularyFunction.WORDS)).isEmpty();
  }

  @Test
  void aChangeCountsFromTheFirstOpenEpoch() throws Exception {
    var harness = started();
    harness.processWatermark1(new Watermark(4_999));
    harness.processElement2(control(FIRST, "pin", null));
    assertThat(side(harness, VocabularyFunction.ACKS))
        .containsExactly(new ControlAck(change(FIRST, "pin", null), 5L, null));
    harness.processWatermark1(new Watermark(5_998));
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processElement2(control(SECOND, "pin", null));
    harness.processWatermark1(new Watermark(5_999));
    assertThat(harness.extractOutputValues())
        .containsExactly(new VocabularyDelta("main", 5, Map.of(FIRST, 1L, SECOND, 1L), List.of()));
    assertThat(ackedEpochs(harness)).containsExactly(5L, 5L);
  }

  @Test
  void aChangeForTheFutureWaitsForItAndOneForThePastDoesNot() throws Exception {
    var harness = started();
    harness.processWatermark1(new Watermark(4_999));
    harness.processElement2(control(FIRST, "pin", 9_200L));
    harness.processElement2(control(SECOND, "pin", 1_000L));
    assertThat(ackedEpochs(harness)).containsExactly(9L, 5L);
    harness.processWatermark1(new Watermark(9_998));
    assertThat(harness.extractOutputValues()).containsExactly(adding(5, SECOND, 1));
    harness.processWatermark1(new Watermark(9_999));
    assertThat(harness.extractOutputValues())
        .containsExactly(adding(5, SECOND, 1), adding(9, FIRST, 1));
  }

  @Test
  void whatStoodThereBeforeTheJobIsValidForAllTimeAndGetsNoAnswer() throws Exception {
    var harness = started();
    harness.processElement2(new StreamRecord<>(change(FIRST, "pin", 7L).forAllTime(), 0));
    harness.processElement2(new StreamRecord<>(change(SECOND, "ban", null).forAllTime(), 0));
    assertThat(harness.getOutput()).isEmpty();
    harness.processWatermark1(new Watermark(-5_000));
    assertThat(harness.getOutput()).hasSize(2).last().isEqualTo(new Watermark(-5_000));
    assertThat(harness.extractOutputValues())
        .containsExactly(adding(VocabularyDelta.ALWAYS, FIRST, 1));
    assertThat(side(harness, VocabularyFunction.ACKS)).isEmpty();
    assertThat(side(harness, VocabularyFunction.WORDS))
        .extracting(WordState::epoch)
        .containsExactly(0L);
    assertThat(side(harness, VocabularyFunction.EVENTS))
        .extracting(WordEvent::timeMillis)
        .containsExactly(0L, 0L);
  }

  @Test
  void aChangeThatComesBeforeTheFirstWatermarkIsValidForAllTimeToo() throws Exception {
    var harness = started();
    harness.processElement2(control(FIRST, "pin", null));
    assertThat(ackedEpochs(harness)).containsExactly(0L);
    harness.processWatermark1(new Watermark(1_000));
    assertThat(harness.extractOutputValues())
        .containsExactly(adding(VocabularyDelta.ALWAYS, FIRST, 1));
  }

  @Test
  void aTimeThatItNamesCountsBeforeTheFirstWatermarkAsWell() throws Exception {
    var harness = started();
    harness.processElement2(control(FIRST, "pin", 9_000L));
    assertThat(ackedEpochs(harness)).containsExactly(9L);
    harness.processWatermark1(new Watermark(8_999));
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processWatermark1(new Watermark(9_999));
    assertThat(harness.extractOutputValues()).containsExactly(adding(9, FIRST, 1));
  }

  @Test
  void whatStoodThereBeforeTheJobButCameLateCountsFromTheFirstOpenEpoch() throws Exception {
    var harness = started();
    harness.processWatermark1(new Watermark(4_999));
    harness.processElement2(new StreamRecord<>(change(FIRST, "pin", null).forAllTime(), 0));
    assertThat(side(harness, VocabularyFunction.ACKS)).isEmpty();
    harness.processWatermark1(new Watermark(5_999));
    assertThat(harness.extractOutputValues()).containsExactly(adding(5, FIRST, 1));
  }

  @Test
  void reportsAndChangesOfAnEpochMakeOneVersion() throws Exception {
    var harness = started();
    harness.processWatermark1(new Watermark(2_999));
    harness.processElement2(control(FIRST, "ban", null));
    harness.processElement1(report("main", 3, FIRST));
    harness.processElement1(report("main", 3, SECOND));
    harness.processWatermark1(new Watermark(3_999));
    assertThat(harness.extractOutputValues()).containsExactly(adding(3, SECOND, 7));
    assertThat(side(harness, VocabularyFunction.EVENTS))
        .extracting(WordEvent::type)
        .containsExactlyInAnyOrder(WordEvent.Type.BANNED, WordEvent.Type.ANNOUNCED);
  }

  @Test
  void channelsHaveVocabulariesOfTheirOwn() throws Exception {
    var harness = started();
    harness.processElement1(report("other", 3, FIRST));
    harness.processWatermark1(new Watermark(3_999));
    harness.processElement2(control(FIRST, "ban", null));
    harness.processElement1(report("main", 4, SECOND));
    harness.processWatermark1(new Watermark(4_999));
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new VocabularyDelta("other", 3, Map.of(FIRST, 7L), List.of()), adding(4, SECOND, 7));
  }

  @Test
  void whatWaitsAndWhatIsKnownOfWordsSurvivesARestore() throws Exception {
    var before = started();
    before.processElement1(report("main", 3, FIRST));
    before.processWatermark1(new Watermark(3_999));
    before.processElement2(control(FIRST, "ban", 5_000L));
    before.processElement1(report("main", 4, SECOND));
    var again = restored(before.snapshot(1, 1));
    again.processElement1(report("main", 6, SECOND, Level.GONE));
    again.processWatermark1(new Watermark(9_999));
    assertThat(again.extractOutputValues())
        .containsExactly(adding(4, SECOND, 7), removing(5, FIRST), removing(6, SECOND));
    assertThat(side(again, VocabularyFunction.ACKS)).as("answered before").isEmpty();
  }

  @Test
  void whatWaitsForTheFirstWatermarkSurvivesARestore() throws Exception {
    var before = started();
    before.processElement2(control(FIRST, "pin", null));
    var again = restored(before.snapshot(1, 1));
    again.processElement2(control(SECOND, "pin", null));
    again.processWatermark1(new Watermark(3_999));
    assertThat(again.extractOutputValues())
        .containsExactly(
            new VocabularyDelta(
                "main", VocabularyDelta.ALWAYS, Map.of(FIRST, 1L, SECOND, 1L), List.of()));
  }

  /** A watermark is in no checkpoint; that there was one must not be forgotten with it. */
  @Test
  void aChangeThatComesBehindARestoreCountsFromTheFirstEpochThatWasOpen() throws Exception {
    var before = started();
    before.processElement1(report("main", 3, FIRST));
    before.processWatermark1(new Watermark(4_999));
    var again = restored(before.snapshot(1, 1));
    again.processElement2(control(FIRST, "ban", null));
    again.processElement2(control(SECOND, "pin", 2_000L));
    assertThat(ackedEpochs(again)).containsExactly(5L, 5L);
    again.processWatermark1(new Watermark(3_999));
    again.processElement2(control(KNOWN, "pin", null));
    assertThat(again.extractOutputValues()).isEmpty();
    again.processWatermark1(new Watermark(5_999));
    assertThat(again.extractOutputValues())
        .containsExactly(
            new VocabularyDelta("main", 5, Map.of(SECOND, 1L, KNOWN, 1L), List.of(FIRST)));
    assertThat(restoredAgain(again)).containsExactly(6L);
  }

  private List<Long> restoredAgain(
      KeyedTwoInputStreamOperatorTestHarness<String, WordReport, ControlChange, VocabularyDelta>
          harness)
      throws Exception {
    var again = restored(harness.snapshot(2, 2));
    again.processElement2(control(FIRST, null, null));
    return ackedEpochs(again);
  }

  /** As the control stream is: idle, and without a watermark. */
  @Test
  void silentDocumentsDoNotEndTime() throws Exception {
    var harness = started();
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    harness.processWatermark1(new Watermark(5_000));
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.processElement2(control(FIRST, "pin", null));
    assertThat(ackedEpochs(harness)).containsExactly(5L);
    harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    harness.processWatermark1(new Watermark(5_999));
    assertThat(harness.extractOutputValues()).containsExactly(adding(5, FIRST, 1));
  }
}
