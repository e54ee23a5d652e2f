package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.newword.CountedTexts.CountedText;
import io.github.wenliu.operators.newword.WordReport.Level;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoreWordsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MIN_COUNT = 2;
  private static final int MAX_PARALLELISM = 128;
  private static final NewWordParameters PARAMETERS =
      new NewWordParameters(MIN_COUNT, 0.5, 1_000, 0.05, 1_000_000, 0, 0, 64 << 20, false);

  private static final CountedTexts MAIN = texts();

  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * One word in ever new company, that of characters that occur elsewhere, too, among thousands
   * that occur once; and in the third epoch always in the same company.
   */
  private static CountedTexts texts() {
    var texts = new ArrayList<CountedText>();
    var others = new StringBuilder();
    for (char c = '怀'; c < '怀' + 4_000; c++) {
      others.append(c);
    }
    texts.add(new CountedText(1, others.toString()));
    for (int i = 0; i < 60; i++) {
      for (int k = 0; k < 12; k++) {
        texts.add(
            new CountedText(1, Character.toString('一' + i) + (char) ('怀' + 100 + 40 * i + k)));
        texts.add(
            new CountedText(1, Character.toString('丠' + 2 * i) + (char) ('怀' + 90 + 40 * i + k)));
      }
    }
    for (int i = 0; i < 40; i++) {
      var before = Character.toString('一' + i);
      var after = Character.toString('丠' + 2 * i);
      texts.add(new CountedText(i < 20 ? 1 : 2, before + "瀚鲸" + after));
    }
    for (int i = 0; i < 2_000; i++) {
      texts.add(new CountedText(3, "一瀚鲸丠"));
    }
    return new CountedTexts("main", texts);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> restored(
      OperatorSubtaskState state) throws Exception {
    return subtask(1, 0, state);
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> subtask(
      int parallelism, int index, OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new ScoreWordsOperator(TIME, PARAMETERS),
            FactBatch::key,
            null,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            index);
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

  private KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> started()
      throws Exception {
    return restored(null);
  }

  private static void version(
      KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> harness,
      long epoch,
      boolean last)
      throws Exception {
    for (FactBatch batch : MAIN.facts(epoch, last, MIN_COUNT)) {
      harness.processElement1(new StreamRecord<>(batch, 0));
    }
    pairs(harness, epoch, epoch);
  }

  /** The pairs of an epoch, for a version of whatever name. */
  private static void pairs(
      KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> harness,
      long epoch,
      long version)
      throws Exception {
    for (PairBatch batch : MAIN.pairs(epoch, MIN_COUNT)) {
      var named = new PairBatch("main", version, batch.direction(), batch.sums());
      harness.processElement2(new StreamRecord<>(named, 0));
    }
  }

  private static void close(
      KeyedTwoInputStreamOperatorTestHarness<String, FactBatch, PairBatch, WordReport> harness,
      long millis)
      throws Exception {
    harness.processWatermark1(new Watermark(millis));
    harness.processWatermark2(new Watermark(millis));
  }

  private static WordScore scoreOf(String word, long epoch) {
    return MAIN.words(epoch, MIN_COUNT).stream()
        .filter(score -> score.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTextsAreMadeSoThatOneWordComesAndGoes() {
    assertThat(scoreOf("瀚鲸", 1).score()).isPositive();
    assertThat(scoreOf("瀚鲸", 2).count()).isEqualTo(40);
    assertThat(scoreOf("瀚鲸", 3).score()).isLessThan(-PARAMETERS.hysteresis());
  }

  @Test
  void aVersionIsScoredWhenItsEpochIsClosedAndToldBeforeTheWatermark() throws Exception {
    var harness = started();
    version(harness, 1, false);
    close(harness, 1_998);
    assertThat(harness.getOutput()).containsExactly(new Watermark(1_998));
    close(harness, 1_999);
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new WordReport("main", 1, scoreOf("瀚鲸", 1), Level.LIVE, null, 1_999, 1_999));
    assertThat(new ArrayList<>(harness.getOutput()).indexOf(new Watermark(1_999)))
        .as("behind the reports")
        .isEqualTo(harness.getOutput().size() - 1);
  }

  @Test
  void theWordsAreThoseOfTheDiscoverer() throws Exception {
    var harness = started();
    version(harness, 3, false);
    close(harness, 3_999);
    assertThat(harness.extractOutputValues())
        .extracting(WordReport::score)
        .containsExactlyInAnyOrderElementsOf(
            MAIN.words(3, MIN_COUNT).stream().filter(score -> score.score() >= 0).toList());
  }

  @Test
  void versionsThatWaitTogetherAreScoredOneByOne() throws Exception {
    var harness = started();
    version(harness, 2, false);
    version(harness, 1, false);
    close(harness, 1_999);
    assertThat(harness.extractOutputValues()).extracting(WordReport::epoch).containsExactly(1L);
    close(harness, 2_999);
    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(harness.extractOutputValues().get(1))
        .as("twice as frequent, first seen before")
        .isEqualTo(new WordReport("main", 2, scoreOf("瀚鲸", 2), Level.LIVE, null, 1_999, 2_999));
  }

  @Test
  void aWordThatStaysIsNotReportedAndOneThatGoesIs() throws Exception {
    var harness = started();
    version(harness, 2, false);
    close(harness, 2_999);
    for (FactBatch batch : MAIN.facts(2, false, MIN_COUNT)) {
      var again =
          new FactBatch(
              "main", 5, false, batch.total(), batch.direction(), batch.bucket(), batch.facts());
      harness.processElement1(new StreamRecord<>(again, 0));
    }
    pairs(harness, 2, 5);
    close(harness, 5_999);
    assertThat(harness.extractOutputValues()).hasSize(1);
    version(harness, 6, false);
    close(harness, 6_999);
    assertThat(harness.extractOutputValues())
        .filteredOn(report -> report.score().word().equals("瀚鲸"))
        .extracting(WordReport::level)
        .containsExactly(Level.LIVE, Level.GONE);
  }

  @Test
  void theLastVersionTellsEveryWordAndStandsBehindTheLastEpoch() throws Exception {
    var harness = started();
    version(harness, 1, false);
    close(harness, 1_999);
    for (FactBatch batch : MAIN.facts(1, true, MIN_COUNT)) {
      var last =
          new FactBatch(
              "main", 2, true, batch.total(), batch.direction(), batch.bucket(), batch.facts());
      harness.processElement1(new StreamRecord<>(last, 0));
    }
    pairs(harness, 1, 2);
    close(harness, Long.MAX_VALUE);
    assertThat(harness.extractOutputValues())
        .hasSize(2)
        .last()
        .isEqualTo(new WordReport("main", 2, scoreOf("瀚鲸", 1), Level.LIVE, null, 1_999, 1_999));
  }

  @Test
  void aWordThatComesWithTheLastVersionWasSeenInTheLastEpoch() throws Exception {
    var harness = started();
    version(harness, 2, true);
    close(harness, Long.MAX_VALUE);
    assertThat(harness.extractOutputValues())
        .extracting(WordReport::firstSeenMillis)
        .containsExactly(1_999L);
  }

  @Test
  void whatWaitsAndWhatIsTrackedSurvivesARestore() throws Exception {
    var before = started();
    version(before, 1, false);
    close(before, 1_999);
    version(before, 2, false);
    var again = restored(before.snapshot(1, 1));
    close(again, 2_999);
    assertThat(again.extractOutputValues())
        .containsExactly(
            new WordReport("main", 2, scoreOf("瀚鲸", 2), Level.LIVE, null, 1_999, 2_999));
  }

  @Test
  void bothInputsMustHaveClosedTheEpoch() throws Exception {
    var harness = started();
    version(harness, 1, false);
    harness.processWatermark1(new Watermark(9_999));
    assertThat(harness.getOutput()).isEmpty();
    harness.processWatermark2(new Watermark(1_999));
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  /** Each subtask that counts tells of the pairs of its own shards. */
  @Test
  void thePairsOfAPartOfTheShardsAreAddedUp() throws Exception {
    var harness = started();
    for (FactBatch batch : MAIN.facts(3, false, MIN_COUNT)) {
      harness.processElement1(new StreamRecord<>(batch, 0));
    }
    for (PairBatch batch : MAIN.pairs(3, MIN_COUNT)) {
      var in = new PackedReader(batch.sums(), new RunNames());
      while (!in.isAtEnd()) {
        int symbol = in.readSymbol();
        long sum = in.readCount();
        for (long part : new long[] {sum / 3, sum - sum / 3}) {
          var out = new PackedWriter();
          out.writeSymbol(symbol, null);
          out.writeCount(part);
          var ofOne = new PairBatch("main", 3, batch.direction(), out.toByteArray());
          harness.processElement2(new StreamRecord<>(ofOne, 0));
        }
      }
    }
    close(harness, 3_999);
    assertThat(harness.extractOutputValues())
        .extracting(WordReport::score)
        .containsExactlyInAnyOrderElementsOf(
            MAIN.words(3, MIN_COUNT).stream().filter(score -> score.score() >= 0).toList());
  }

  @Test
  void whatWaitsIsThereForEverySubtaskAfterScalingOut() throws Exception {
    var before = started();
    version(before, 1, false);
    close(before, 1_999);
    version(before, 3, false);
    var whole = before.snapshot(1, 1);
    var reports = new ArrayList<WordReport>();
    for (int index = 0; index < 2; index++) {
      var half =
          subtask(
              2,
              index,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  whole, MAX_PARALLELISM, 1, 2, index));
      close(half, 3_999);
      reports.addAll(half.extractOutputValues());
    }
    assertThat(reports)
        .filteredOn(report -> report.score().score() >= 0)
        .extracting(WordReport::score)
        .containsExactlyInAnyOrderElementsOf(
            MAIN.words(3, MIN_COUNT).stream().filter(score -> score.score() >= 0).toList());
    assertThat(reports)
        .filteredOn(report -> report.score().word().equals("瀚鲸"))
        .extracting(WordReport::level)
        .containsExactly(Level.GONE);
  }

  @Test
  void pairsThatAreMissingAreABug() throws Exception {
    var harness = started();
    for (FactBatch batch : MAIN.facts(1, false, MIN_COUNT)) {
      harness.processElement1(new StreamRecord<>(batch, 0));
    }
    assertThatThrownBy(() -> close(harness, 1_999)).hasStackTraceContaining("pairs of a symbol");
  }

  @Test
  void aDirectionThatIsMissingIsABug() throws Exception {
    var harness = started();
    for (FactBatch batch : MAIN.facts(1, false, MIN_COUNT)) {
      if (batch.direction() == Direction.FORWARD) {
        harness.processElement1(new StreamRecord<>(batch, 0));
      }
    }
    assertThatThrownBy(() -> close(harness, 1_999)).hasStackTraceContaining("read backwards");
  }
}
