package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.SymbolCodes;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionsDueOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  /** A version every ten symbols or half of all. */
  private static final NewWordParameters PARAMETERS =
      new NewWordParameters(2, 1, 10, 0.5, 1_000, 0, 0, 0, false);

  private static final int MAX_PARALLELISM = 128;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<String, SymbolBatch, VersionDue> restored(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new VersionsDueOperator(TIME, PARAMETERS),
            SymbolBatch::channel,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
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

  private KeyedOneInputStreamOperatorTestHarness<String, SymbolBatch, VersionDue> started()
      throws Exception {
    return restored(null);
  }

  private static StreamRecord<SymbolBatch> symbols(String channel, long epoch, String text) {
    var buffer = new SymbolBuffer();
    buffer.add(Texts.packed(text), epoch);
    return new StreamRecord<>(new SymbolBatch(channel, buffer.drain()), 0);
  }

  private static StreamRecord<SymbolBatch> symbols(long epoch, String text) {
    return symbols("main", epoch, text);
  }

  /** Han characters, so many. */
  private static String characters(int count) {
    return "甲".repeat(count);
  }

  /** The versions that came out, as {@code channel epoch total}, and whether it is the last. */
  private static List<String> versions(
      KeyedOneInputStreamOperatorTestHarness<String, SymbolBatch, VersionDue> harness) {
    return harness.extractOutputValues().stream()
        .map(
            due ->
                "%s %d %d%s"
                    .formatted(due.channel(), due.epoch(), due.total(), due.last() ? " last" : ""))
        .toList();
  }

  private static long count(VersionDue due, String symbol) {
    var counts = new SymbolCounts();
    counts.add(due.symbols());
    return Window.isRun(symbol)
        ? counts.of(SymbolCodes.FIRST_RUN, symbol).all()
        : counts.of(symbol.codePointAt(0), null).all();
  }

  @Test
  void aVersionIsDueWhenEnoughSymbolsAreNew() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(9)));
    harness.processElement(symbols(2, characters(1)));
    harness.processWatermark(1_999);
    assertThat(versions(harness)).isEmpty();
    harness.processWatermark(2_998);
    assertThat(versions(harness)).isEmpty();
    harness.processWatermark(2_999);
    assertThat(versions(harness)).containsExactly("main 2 10");
    assertThat(new ArrayList<>(harness.getOutput()).indexOf(new Watermark(2_999)))
        .as("behind the version")
        .isEqualTo(harness.getOutput().size() - 1);
  }

  @Test
  void countingStartsAgainAtEachVersion() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(12)));
    harness.processElement(symbols(2, characters(9)));
    harness.processElement(symbols(3, characters(3)));
    harness.processWatermark(3_999);
    assertThat(versions(harness)).containsExactly("main 1 12", "main 3 24");
  }

  @Test
  void theShareCountsOnceItIsTheLarger() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(100)));
    harness.processWatermark(1_999);
    harness.processElement(symbols(2, characters(99)));
    harness.processWatermark(2_999);
    assertThat(versions(harness)).as("99 are not half of 199").containsExactly("main 1 100");
    harness.processElement(symbols(3, characters(1)));
    harness.processWatermark(3_999);
    assertThat(versions(harness)).containsExactly("main 1 100", "main 3 200");
  }

  @Test
  void whatSubtasksReadForAnEpochIsAddedUp() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(4)));
    harness.processElement(symbols(1, "乙乙乙BABA"));
    harness.processElement(symbols(1, "BABA和BABA"));
    harness.processWatermark(1_999);
    assertThat(versions(harness)).containsExactly("main 1 11");
    var due = harness.extractOutputValues().get(0);
    assertThat(count(due, "甲")).isEqualTo(4);
    assertThat(count(due, "乙")).isEqualTo(3);
    assertThat(count(due, "BABA")).isEqualTo(3);
    assertThat(count(due, "和")).as("too rare for a candidate").isZero();
  }

  @Test
  void symbolsOfLaterEpochsAreNotInAVersion() throws Exception {
    var harness = started();
    harness.processElement(symbols(2, "乙乙乙" + characters(10)));
    harness.processElement(symbols(1, characters(10)));
    harness.processWatermark(2_999);
    assertThat(versions(harness)).containsExactly("main 1 10", "main 2 23");
    assertThat(harness.extractOutputValues())
        .extracting(due -> count(due, "甲"))
        .containsExactly(10L, 20L);
    assertThat(harness.extractOutputValues())
        .extracting(due -> count(due, "乙"))
        .containsExactly(0L, 3L);
  }

  @Test
  void rareSymbolsAreRememberedUntilTheyAreFrequent() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, "乙" + characters(10)));
    harness.processWatermark(1_999);
    harness.processElement(symbols(2, "乙" + characters(20)));
    harness.processWatermark(2_999);
    assertThat(harness.extractOutputValues())
        .extracting(due -> count(due, "乙"))
        .containsExactly(0L, 2L);
  }

  @Test
  void aQuietEpochMakesNone() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(10)));
    harness.processElement(symbols(4, "。"));
    for (long epoch = 1; epoch < 20; epoch++) {
      harness.processWatermark(TIME.lastMillisOf(epoch));
    }
    assertThat(versions(harness)).containsExactly("main 1 10");
  }

  @Test
  void theEndMakesALastVersionBehindTheLastEpoch() throws Exception {
    var harness = started();
    harness.processElement(symbols(1, characters(10)));
    harness.processElement(symbols(4, characters(3)));
    harness.processWatermark(4_999);
    assertThat(versions(harness)).containsExactly("main 1 10");
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(versions(harness)).containsExactly("main 1 10", "main 5 13 last");
    assertThat(count(harness.extractOutputValues().get(1), "甲")).isEqualTo(13);
  }

  @Test
  void theEndClosesTheLastEpochFirst() throws Exception {
    var harness = started();
    harness.processElement(symbols(7, characters(10)));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(versions(harness)).containsExactly("main 7 10", "main 8 10 last");
  }

  @Test
  void channelsHaveVersionsOfTheirOwn() throws Exception {
    var harness = started();
    harness.processElement(symbols("a", 1, characters(9)));
    harness.processElement(symbols("b", 1, characters(11)));
    harness.processElement(symbols("a", 2, characters(1)));
    harness.processWatermark(2_999);
    assertThat(versions(harness)).containsExactlyInAnyOrder("a 2 10", "b 1 11");
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(versions(harness)).contains("a 3 10 last", "b 2 11 last").hasSize(4);
  }

  @Test
  void restoredAnywhereTheSameVersionsAreDue() throws Exception {
    var expected = run(-1);
    assertThat(expected).hasSizeGreaterThan(2);
    for (int at = 0; at < 18; at++) {
      assertThat(run(at)).as("restored before step %d", at).isEqualTo(expected);
    }
  }

  /** The versions of six epochs, restored from a checkpoint before a step. */
  private List<String> run(int restoreAt) throws Exception {
    var versions = new ArrayList<String>();
    var harness = started();
    int step = 0;
    for (int epoch = 0; epoch < 6; epoch++) {
      for (int part = 0; part < 3; part++) {
        if (step++ == restoreAt) {
          var state = harness.snapshot(1, 1);
          versions.addAll(versions(harness));
          harness = restored(state);
        }
        switch (part) {
          case 0 -> harness.processElement(symbols(epoch + 1, characters(epoch)));
          case 1 -> harness.processElement(symbols(epoch, characters(3)));
          default -> harness.processWatermark(TIME.lastMillisOf(epoch));
        }
      }
    }
    harness.processWatermark(Long.MAX_VALUE);
    versions.addAll(versions(harness));
    return versions;
  }
}
