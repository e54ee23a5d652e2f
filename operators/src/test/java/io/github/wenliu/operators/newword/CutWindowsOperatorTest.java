package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutWindowsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  /** A text is a repost for three epochs. */
  private static final NewWordParameters PARAMETERS =
      new NewWordParameters(5, 1, 1_000, 0.1, 1_000_000, 3_000, 0, 0, false);

  private static final int MAX_PARALLELISM = 128;
  private static final String LONG = "大风吹过三座山头";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<String, TextBatch, WindowBatch> subtask(
      int parallelism, int number, OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new CutWindowsOperator(TIME, PARAMETERS),
            TextBatch::key,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            number);
    open.add(harness);
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, parallelism, number));
    }
    harness.open();
    return harness;
  }

  private KeyedOneInputStreamOperatorTestHarness<String, TextBatch, WindowBatch> restored(
      OperatorSubtaskState state) throws Exception {
    return subtask(1, 0, state);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, TextBatch, WindowBatch> started()
      throws Exception {
    return restored(null);
  }

  /** A text in a batch of its own. */
  private static StreamRecord<TextBatch> text(String channel, String text, long epoch) {
    var buffers = new TextBuffers();
    buffers.add(Texts.packed(text), epoch, true);
    var batches = new ArrayList<TextBatch>();
    buffers.drain((part, batch) -> batches.add(new TextBatch(channel, part, batch)));
    assertThat(batches).hasSize(1);
    return new StreamRecord<>(batches.get(0));
  }

  private static StreamRecord<TextBatch> text(String text, long epoch) {
    return text("main", text, epoch);
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
    harness.processElement(text("甲乙丙", 3));
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
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(windows(harness)).as("nothing twice").hasSize(4);
  }

  @Test
  void aWindowGoesToTheShardOfItsFirstTwoSymbols() throws Exception {
    var harness = started();
    harness.processElement(text("甲乙丙。甲乙丁", 3));
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
  void channelsAreCountedApart() throws Exception {
    var harness = started();
    harness.processElement(text("a", LONG, 3));
    harness.processElement(text("b", LONG, 3));
    harness.processElement(text("b", LONG, 3));
    harness.processWatermark(3_999);
    assertThat(symbols(harness, "风")).containsExactlyInAnyOrder("a 3 8 风=1", "b 3 8 风=1");
  }

  @Test
  void nothingBelongsToTwoSentencesOrCrossesABreak() throws Exception {
    var harness = started();
    harness.processElement(text("一二三四五六七，村BA@某 人", 3));
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

  /** Batches are bounded: many windows of one epoch leave in several. */
  @Test
  void manyWindowsLeaveInSeveralBatches() throws Exception {
    var harness = started();
    for (int i = 0; i < 3; i++) {
      harness.processElement(text("甲".repeat(60_000 + i), 3));
    }
    harness.processWatermark(3_999);
    assertThat(windows(harness)).hasSize(2 * (59_999 + 60_000 + 60_001));
    assertThat(symbols(harness, "甲")).hasSizeBetween(2, 3);
  }

  @Test
  void aRepostDoesNotCountUntilTimeHasGoneBy() throws Exception {
    var harness = started();
    for (long epoch = 3; epoch <= 7; epoch++) {
      harness.processElement(text(LONG, epoch));
      harness.processElement(text(LONG, epoch));
    }
    harness.processWatermark(7_999);
    assertThat(symbols(harness, "风")).containsExactly("main 3 8 风=1", "main 7 8 风=1");
    assertThat(windows(harness)).hasSize(2 * 2 * 7);
  }

  @Test
  void smallTalkAlwaysCounts() throws Exception {
    var harness = started();
    harness.processElement(text("大风吹过三座山", 3));
    harness.processElement(text("大风吹过三座山", 3));
    harness.processWatermark(3_999);
    assertThat(symbols(harness, "风")).containsExactly("main 3 14 风=2");
  }

  /** The first epoch counts, though the other document of the text came first. */
  @Test
  void theEpochThatCountsIsTheFirstInWhateverOrderTheyCome() throws Exception {
    var harness = started();
    harness.processElement(text(LONG, 5));
    harness.processElement(text(LONG, 4));
    harness.processWatermark(5_999);
    assertThat(symbols(harness, "风")).containsExactly("main 4 8 风=1");
  }

  /** A partition that was idle comes back with an epoch that time has passed by. */
  @Test
  void whatComesLateIsARepostOfWhatCameBefore() throws Exception {
    var harness = started();
    harness.processElement(text(LONG, 9));
    harness.processWatermark(9_999);
    harness.processElement(text(LONG, 4));
    harness.processElement(text("甲乙", 4));
    harness.processWatermark(10_999);
    assertThat(symbols(harness, "")).containsExactly("main 9 8", "main 4 2");
  }

  /** Texts in any order, with checkpoints, restores and other parallelisms in between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void orderRestoresAndParallelismDoNotMatter(int parallelism) throws Exception {
    int epochs = 40;
    int textsOfAnEpoch = 25;
    var random = new Random(7);
    var byEpoch = new ArrayList<List<StreamRecord<TextBatch>>>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      var texts = new ArrayList<StreamRecord<TextBatch>>();
      for (int i = 0; i < textsOfAnEpoch; i++) {
        var letter = Character.toString('一' + random.nextInt(60));
        texts.add(text(i % 5 == 0 ? letter : LONG + letter, epoch));
      }
      byEpoch.add(texts);
    }

    var whole = started();
    for (List<StreamRecord<TextBatch>> texts : byEpoch) {
      for (StreamRecord<TextBatch> text : texts) {
        whole.processElement(text);
      }
    }
    whole.processWatermark(Long.MAX_VALUE);
    assertThat(windows(whole)).hasSizeLessThan(2 * 8 * epochs * textsOfAnEpoch / 2);

    var windows = new ArrayList<String>();
    OperatorSubtaskState state = null;
    for (int from = 0; from < epochs; from += 10) {
      var subtasks =
          new ArrayList<KeyedOneInputStreamOperatorTestHarness<String, TextBatch, WindowBatch>>();
      int now = from / 10 % 2 == 0 ? parallelism : 1;
      for (int i = 0; i < now; i++) {
        subtasks.add(subtask(now, i, state));
      }
      var texts = new ArrayList<StreamRecord<TextBatch>>();
      byEpoch.subList(from, from + 10).forEach(texts::addAll);
      Collections.shuffle(texts, random);
      int fed = 0;
      for (StreamRecord<TextBatch> text : texts) {
        for (var subtask : subtasks) {
          if (isOf(subtask, text.getValue().key())) {
            subtask.processElement(text);
          }
        }
        if (++fed % 60 == 0) {
          for (var subtask : subtasks) {
            subtask.snapshot(fed, fed);
          }
        }
      }
      // The last two epochs are open at the checkpoint.
      long mark = from + 10 == epochs ? Long.MAX_VALUE : TIME.lastMillisOf(from + 7);
      var states = new ArrayList<OperatorSubtaskState>();
      for (var subtask : subtasks) {
        subtask.processWatermark(mark);
        states.add(subtask.snapshot(1_000, 1_000));
        windows.addAll(windows(subtask));
      }
      state =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
    }
    assertThat(sorted(windows)).isEqualTo(sorted(windows(whole)));
  }

  private static boolean isOf(
      KeyedOneInputStreamOperatorTestHarness<String, TextBatch, WindowBatch> subtask, String key) {
    var info = subtask.getEnvironment().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key, MAX_PARALLELISM, info.getNumberOfParallelSubtasks())
        == info.getIndexOfThisSubtask();
  }

  private static List<String> sorted(List<String> lines) {
    String[] sorted = lines.toArray(String[]::new);
    Arrays.sort(sorted);
    return List.of(sorted);
  }
}
