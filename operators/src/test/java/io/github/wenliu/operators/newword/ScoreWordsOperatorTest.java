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
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoreWordsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MIN_COUNT = 2;
  private static final NewWordParameters PARAMETERS =
      new NewWordParameters(MIN_COUNT, 0.5, 1_000, 0.05, 1_000_000, 0, 0, 64 << 20, false);

  private static final CountedTexts MAIN = texts();

  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * One word in ever new company, that of characters that occur elsewhere, too, among thousands
   * that occur once; and from the third epoch on always in the same company.
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
    for (int i = 0; i < 400; i++) {
      texts.add(new CountedText(3, "的瀚鲸的"));
    }
    return new CountedTexts("main", texts);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<String, FactBatch, WordReport> restored(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ScoreWordsOperator(TIME, PARAMETERS), FactBatch::key, Types.STRING, 128, 1, 0);
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

  private KeyedOneInputStreamOperatorTestHarness<String, FactBatch, WordReport> started()
      throws Exception {
    return restored(null);
  }

  private static void version(
      KeyedOneInputStreamOperatorTestHarness<String, FactBatch, WordReport> harness,
      long epoch,
      boolean last)
      throws Exception {
    for (FactBatch batch : MAIN.facts(epoch, last, MIN_COUNT)) {
      harness.processElement(new StreamRecord<>(batch, 0));
    }
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
    harness.processWatermark(1_998);
    assertThat(harness.getOutput()).containsExactly(new Watermark(1_998));
    harness.processWatermark(1_999);
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
    harness.processWatermark(3_999);
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
    harness.processWatermark(1_999);
    assertThat(harness.extractOutputValues()).extracting(WordReport::epoch).containsExactly(1L);
    harness.processWatermark(2_999);
    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(harness.extractOutputValues().get(1))
        .as("twice as frequent, first seen before")
        .isEqualTo(new WordReport("main", 2, scoreOf("瀚鲸", 2), Level.LIVE, null, 1_999, 2_999));
  }

  @Test
  void aWordThatStaysIsNotReportedAndOneThatGoesIs() throws Exception {
    var harness = started();
    version(harness, 2, false);
    harness.processWatermark(2_999);
    for (FactBatch batch : MAIN.facts(2, false, MIN_COUNT)) {
      var again =
          new FactBatch(
              "main", 5, false, batch.total(), batch.direction(), batch.bucket(), batch.facts());
      harness.processElement(new StreamRecord<>(again, 0));
    }
    harness.processWatermark(5_999);
    assertThat(harness.extractOutputValues()).hasSize(1);
    version(harness, 6, false);
    harness.processWatermark(6_999);
    assertThat(harness.extractOutputValues())
        .filteredOn(report -> report.score().word().equals("瀚鲸"))
        .extracting(WordReport::level)
        .containsExactly(Level.LIVE, Level.GONE);
  }

  @Test
  void theLastVersionTellsEveryWordAndStandsBehindTheLastEpoch() throws Exception {
    var harness = started();
    version(harness, 1, false);
    harness.processWatermark(1_999);
    for (FactBatch batch : MAIN.facts(1, true, MIN_COUNT)) {
      var last =
          new FactBatch(
              "main", 2, true, batch.total(), batch.direction(), batch.bucket(), batch.facts());
      harness.processElement(new StreamRecord<>(last, 0));
    }
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.extractOutputValues())
        .hasSize(2)
        .last()
        .isEqualTo(new WordReport("main", 2, scoreOf("瀚鲸", 1), Level.LIVE, null, 1_999, 1_999));
  }

  @Test
  void aWordThatComesWithTheLastVersionWasSeenInTheLastEpoch() throws Exception {
    var harness = started();
    version(harness, 2, true);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.extractOutputValues())
        .extracting(WordReport::firstSeenMillis)
        .containsExactly(1_999L);
  }

  @Test
  void whatWaitsAndWhatIsTrackedSurvivesARestore() throws Exception {
    var before = started();
    version(before, 1, false);
    before.processWatermark(1_999);
    version(before, 2, false);
    var again = restored(before.snapshot(1, 1));
    again.processWatermark(2_999);
    assertThat(again.extractOutputValues())
        .containsExactly(
            new WordReport("main", 2, scoreOf("瀚鲸", 2), Level.LIVE, null, 1_999, 2_999));
  }

  @Test
  void aDirectionThatIsMissingIsABug() throws Exception {
    var harness = started();
    for (FactBatch batch : MAIN.facts(1, false, MIN_COUNT)) {
      if (batch.direction() == Direction.FORWARD) {
        harness.processElement(new StreamRecord<>(batch, 0));
      }
    }
    assertThatThrownBy(() -> harness.processWatermark(1_999))
        .hasStackTraceContaining("read backwards");
  }
}
