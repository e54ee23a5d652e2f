package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutWindowsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MAX_PARALLELISM = 128;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, WindowBatch> restored(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<EnrichedDocument, WindowBatch>(
            new CutWindowsOperator(TIME), MAX_PARALLELISM, 1, 0);
    open.add(harness);
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, WindowBatch> started()
      throws Exception {
    return restored(null);
  }

  private static StreamRecord<EnrichedDocument> document(String channel, String text, long epoch) {
    return new StreamRecord<>(Samples.entered(TIME, channel, text, 0, epoch), 0);
  }

  private static StreamRecord<EnrichedDocument> document(String text, long epoch) {
    return document("main", text, epoch);
  }

  /** The windows that came out, as {@code channel epoch direction symbols}. */
  private static List<String> windows(AbstractStreamOperatorTestHarness<WindowBatch> harness) {
    var windows = new ArrayList<String>();
    for (WindowBatch batch : harness.extractOutputValues()) {
      for (Window window : Window.unpacked(batch.windows())) {
        windows.add(
            "%s %d %s %s"
                .formatted(
                    batch.channel(),
                    window.epoch(),
                    batch.direction() == Direction.FORWARD ? ">" : "<",
                    String.join("", window.symbols())));
      }
    }
    return windows;
  }

  /** The symbols that came out, as {@code channel epoch total symbols of a text}. */
  private static List<String> symbols(
      AbstractStreamOperatorTestHarness<WindowBatch> harness, String text) {
    var symbols = new ArrayList<String>();
    var records = harness.getSideOutput(CutWindowsOperator.SYMBOLS);
    if (records == null) {
      return symbols;
    }
    for (StreamRecord<SymbolBatch> record : records) {
      var names = new RunNames();
      var reader = new PackedReader(record.getValue().texts(), names);
      while (!reader.isAtEnd()) {
        long epoch = WindowBuffers.readEpoch(reader);
        var counts = new SymbolCounts();
        long total = counts.addEpoch(reader, names);
        var line = new StringBuilder();
        line.append(record.getValue().channel()).append(' ').append(epoch).append(' ');
        line.append(total);
        text.codePoints()
            .forEach(
                c ->
                    line.append(' ')
                        .appendCodePoint(c)
                        .append('=')
                        .append(counts.of(c, null).all()));
        symbols.add(line.toString());
      }
    }
    return symbols;
  }

  @Test
  void theWindowsLeaveBeforeTheWatermarkThatClosesTheirEpochAndNotBefore() throws Exception {
    var harness = started();
    harness.processElement(document("甲乙丙", 3));
    harness.processWatermark(3_998);
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_998));
    assertThat(symbols(harness, "")).isEmpty();
    harness.processWatermark(3_999);
    assertThat(windows(harness))
        .containsExactlyInAnyOrder("main 3 > 甲乙丙", "main 3 > 乙丙", "main 3 < 丙乙甲", "main 3 < 乙甲");
    assertThat(symbols(harness, "甲乙丁")).containsExactly("main 3 3 甲=1 乙=1 丁=0");
    assertThat(new ArrayList<>(harness.getOutput()).indexOf(new Watermark(3_999)))
        .as("behind all windows")
        .isEqualTo(harness.getOutput().size() - 1);
  }

  @Test
  void aWindowGoesToTheShardOfItsFirstTwoSymbols() throws Exception {
    var harness = started();
    harness.processElement(document("甲乙丙。甲乙丁", 3));
    harness.processWatermark(Long.MAX_VALUE);
    for (WindowBatch batch : harness.extractOutputValues()) {
      assertThat(batch.key())
          .isEqualTo("main/" + batch.direction().ordinal() + "/" + batch.shard());
      for (Window window : Window.unpacked(batch.windows())) {
        int first = window.symbols().get(0).codePointAt(0);
        int second = window.symbols().get(1).codePointAt(0);
        assertThat(batch.shard()).isEqualTo(Ngrams.shard(first, second));
      }
    }
    assertThat(harness.extractOutputValues())
        .as("both windows that begin with 甲乙 are in one batch")
        .anyMatch(batch -> Window.unpacked(batch.windows()).size() == 2);
  }

  @Test
  void everythingLeavesBeforeACheckpointAndNothingIsKept() throws Exception {
    var harness = started();
    harness.processElement(document("甲乙", 3));
    harness.processElement(document("丙丁", 70));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(windows(harness))
        .containsExactlyInAnyOrder("main 3 > 甲乙", "main 3 < 乙甲", "main 70 > 丙丁", "main 70 < 丁丙");
    assertThat(symbols(harness, "")).containsExactly("main 3 2", "main 70 2");
    var state = harness.snapshot(1, 1);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.extractOutputValues()).as("nothing twice").hasSize(4);

    var restored = restored(state);
    restored.processWatermark(Long.MAX_VALUE);
    assertThat(restored.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
  }

  @Test
  void eachTextCountsForItsEpoch() throws Exception {
    var harness = started();
    harness.processElement(document("甲乙", 3));
    harness.processElement(document("甲乙", 4));
    harness.processElement(document("甲乙丙", 3));
    harness.processWatermark(3_999);
    assertThat(symbols(harness, "甲乙丙"))
        .containsExactly("main 3 2 甲=1 乙=1 丙=0", "main 4 2 甲=1 乙=1 丙=0", "main 3 3 甲=1 乙=1 丙=1");
    assertThat(windows(harness))
        .filteredOn(window -> window.contains("> 甲"))
        .containsExactly("main 3 > 甲乙", "main 4 > 甲乙", "main 3 > 甲乙丙");
  }

  @Test
  void aLateDocumentCountsInTheFirstOpenEpoch() throws Exception {
    var harness = started();
    harness.processWatermark(5_999);
    harness.processElement(document("甲乙", 2));
    harness.processElement(document("甲乙", 6));
    harness.processElement(document("甲乙", 7));
    harness.processWatermark(6_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processWatermark(6_999);
    assertThat(windows(harness))
        .filteredOn(window -> window.contains(">"))
        .containsExactly("main 6 > 甲乙", "main 6 > 甲乙", "main 7 > 甲乙");
    assertThat(symbols(harness, "甲")).containsExactly("main 6 4 甲=2", "main 7 2 甲=1");
  }

  @Test
  void whatWasClosedStaysClosedAfterARestore() throws Exception {
    var harness = started();
    harness.processWatermark(5_999);
    var restored = restored(harness.snapshot(1, 1));
    restored.processElement(document("甲乙", 2));
    restored.processWatermark(3_999);
    assertThat(restored.extractOutputValues()).as("a watermark may start again").isEmpty();
    restored.processElement(document("丙丁", 4));
    restored.processWatermark(6_999);
    assertThat(symbols(restored, "")).containsExactly("main 6 4");
  }

  @Test
  void theSubtaskThatHadClosedLeastCountsAfterScalingIn() throws Exception {
    var ahead = started();
    ahead.processWatermark(5_999);
    var behind = started();
    behind.processWatermark(2_999);
    var restored =
        restored(
            AbstractStreamOperatorTestHarness.repackageState(
                behind.snapshot(1, 1), ahead.snapshot(1, 1)));
    restored.processElement(document("甲乙", 4));
    restored.processWatermark(6_999);
    assertThat(symbols(restored, "")).containsExactly("main 4 2");
  }

  @Test
  void channelsAreCountedApart() throws Exception {
    var harness = started();
    harness.processElement(document("a", "甲乙", 3));
    harness.processElement(document("b", "甲丙", 3));
    harness.processWatermark(3_999);
    assertThat(windows(harness))
        .containsExactlyInAnyOrder("a 3 > 甲乙", "a 3 < 乙甲", "b 3 > 甲丙", "b 3 < 丙甲");
    assertThat(symbols(harness, "甲")).containsExactlyInAnyOrder("a 3 2 甲=1", "b 3 2 甲=1");
    harness.processElement(document("b", "丁戊", 4));
    harness.processWatermark(4_999);
    assertThat(windows(harness)).hasSize(6);
    assertThat(symbols(harness, "")).hasSize(3).contains("b 4 2");
  }

  @Test
  void nothingBelongsToTwoSentencesOrCrossesABreak() throws Exception {
    var harness = started();
    harness.processElement(document("一二三四五六七，村BA@某 人", 3));
    harness.processWatermark(3_999);
    assertThat(windows(harness))
        .filteredOn(window -> window.contains(">"))
        .containsExactlyInAnyOrder(
            "main 3 > 一二三四五六",
            "main 3 > 二三四五六七",
            "main 3 > 三四五六七",
            "main 3 > 四五六七",
            "main 3 > 五六七",
            "main 3 > 六七",
            "main 3 > 村BA");
    assertThat(windows(harness)).contains("main 3 < 七六五四三二", "main 3 < 六五四三二一", "main 3 < BA村");
  }

  @Test
  void aFullBufferLeavesWithoutAWatermark() throws Exception {
    var harness = started();
    harness.processElement(document("甲".repeat(60_000), 3));
    assertThat(harness.getOutput()).isEmpty();
    harness.processElement(document("乙".repeat(10_000), 3));
    assertThat(windows(harness)).hasSize(2 * 59_999 + 2 * 9_999);
    assertThat(symbols(harness, "甲乙")).containsExactly("main 3 70000 甲=60000 乙=10000");
  }
}
