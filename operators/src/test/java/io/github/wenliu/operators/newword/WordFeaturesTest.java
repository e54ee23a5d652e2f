package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WordFeaturesTest {

  /** Entropies are sums of rounded numbers. */
  private static final double ROUNDING = 1e-5;

  private final PairSums pairsAhead = new PairSums();
  private final PairSums pairsBehind = new PairSums();
  private final WordFeatures features = new WordFeatures(1_000, pairsAhead, pairsBehind);

  /** What a direction knows of 甲乙丙, 8 times, with the occurrences of its parts. */
  private static CandidateFacts.Entry entry(long starts, long ends, long one, long two) {
    var entry = new CandidateFacts.Entry();
    entry.length = 3;
    entry.word = "甲乙丙";
    entry.first = '甲';
    entry.last = '丙';
    entry.count = 8;
    entry.starts = starts;
    entry.ends = ends;
    entry.parts[1] = one;
    entry.parts[2] = two;
    return entry;
  }

  /** Of the symbols of a text, each at least twice. */
  private static SymbolLogs logs(String text) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    var counts = new SymbolCounts();
    counts.add(codes);
    var logs = new SymbolLogs(2, counts);
    logs.start(new RunNames());
    return logs;
  }

  private double value(WordFeature feature) {
    return features.get(feature);
  }

  @Test
  void ofAWordOfThreeSymbolsByHand() {
    // Behind it one symbol four times, two once, twice nothing; before it always nothing.
    var ahead = entry(5, 2, 20, 10);
    var logs = logs("丁丁丁丁丁丁丁丁丁丁戊戊戊戊己");
    ahead.extensions.add('丁', 4, logs.of('丁'));
    ahead.extensions.add('戊', 1, logs.of('戊'));
    ahead.extensions.add('己', 1, logs.of('己'));
    var behind = entry(3, 10, 40, 16);
    // Of 20 occurrences of 甲, 15 have one symbol behind them; of 40 of 丙, 10 have one before them
    // and 10 another one.
    pairsAhead.addPair('甲', null, 15);
    pairsBehind.addPair('丙', null, 10);
    pairsBehind.addPair('丙', null, 10);
    features.read(ahead, behind);
    double logCount = Math.log(8);
    assertThat(value(WordFeature.LOG_COUNT)).isEqualTo(logCount, within(ROUNDING));
    // 甲|乙丙 20 · 16, 甲乙|丙 10 · 40.
    assertThat(value(WordFeature.LEAST_SPLIT)).isEqualTo(Math.log(8_000.0 / 400), within(ROUNDING));
    assertThat(value(WordFeature.GREATEST_SPLIT))
        .isEqualTo(Math.log(8_000.0 / 320), within(ROUNDING));
    assertThat(value(WordFeature.LEFT_ENTROPY)).isEqualTo(logCount, within(ROUNDING));
    double right = logCount - 4 * Math.log(4) / 8;
    assertThat(value(WordFeature.RIGHT_ENTROPY)).isEqualTo(right, within(ROUNDING));
    assertThat(value(WordFeature.LEFT_ENTROPY_SHARE)).isEqualTo(1, within(ROUNDING));
    assertThat(value(WordFeature.RIGHT_ENTROPY_SHARE))
        .isEqualTo(right / logCount, within(ROUNDING));
    assertThat(value(WordFeature.LEFT_LONGER)).isEqualTo(Math.log(1.0 / 8), within(ROUNDING));
    assertThat(value(WordFeature.RIGHT_LONGER)).isEqualTo(Math.log(5.0 / 8), within(ROUNDING));
    assertThat(value(WordFeature.LONGER)).isEqualTo(Math.log(5.0 / 8), within(ROUNDING));
    assertThat(value(WordFeature.LEFT_DIFFERENT)).isEqualTo(1, within(ROUNDING));
    assertThat(value(WordFeature.RIGHT_DIFFERENT))
        .isEqualTo(Math.log(5) / logCount, within(ROUNDING));
    assertThat(value(WordFeature.LEFT_ONCE)).isZero();
    assertThat(value(WordFeature.RIGHT_ONCE)).isEqualTo(2.0 / 8);
    assertThat(value(WordFeature.LEFT_EDGE)).isEqualTo(Math.log(9.0 / 8), within(ROUNDING));
    assertThat(value(WordFeature.RIGHT_EDGE)).isEqualTo(Math.log(3.0 / 8), within(ROUNDING));
    assertThat(value(WordFeature.LEFT_BOUND)).isZero();
    // Of 8 occurrences, 丁 with 10 in all stands behind 4, 戊 with 4 behind one, 己 with 2 behind one.
    double bound =
        4 * Math.log(1_000 * 4.0 / (8 * 10))
            + Math.log(1_000 * 1.0 / (8 * 4))
            + Math.log(1_000 * 1.0 / (8 * 2));
    assertThat(value(WordFeature.RIGHT_BOUND)).isEqualTo(bound / 8, within(ROUNDING));
    assertThat(value(WordFeature.FIRST_SHARE)).isEqualTo(Math.log(20.0 / 1_000), within(ROUNDING));
    assertThat(value(WordFeature.LAST_SHARE)).isEqualTo(Math.log(40.0 / 1_000), within(ROUNDING));
    assertThat(value(WordFeature.OF_FIRST)).isEqualTo(Math.log(8.0 / 20), within(ROUNDING));
    assertThat(value(WordFeature.OF_LAST)).isEqualTo(Math.log(8.0 / 40), within(ROUNDING));
    assertThat(value(WordFeature.OF_BEGINNING)).isEqualTo(Math.log(8.0 / 10), within(ROUNDING));
    assertThat(value(WordFeature.OF_ENDING)).isEqualTo(Math.log(8.0 / 16), within(ROUNDING));
    assertThat(value(WordFeature.FIRST_AT_START)).isEqualTo(5.0 / 20);
    assertThat(value(WordFeature.FIRST_AT_END)).isEqualTo(2.0 / 20);
    assertThat(value(WordFeature.LAST_AT_START)).isEqualTo(3.0 / 40);
    assertThat(value(WordFeature.LAST_AT_END)).isEqualTo(10.0 / 40);
    assertThat(value(WordFeature.FIRST_LEFT_ENTROPY)).isEqualTo(Math.log(20), within(ROUNDING));
    assertThat(value(WordFeature.FIRST_RIGHT_ENTROPY))
        .isEqualTo(Math.log(20) - 15 * Math.log(15) / 20, within(ROUNDING));
    assertThat(value(WordFeature.LAST_LEFT_ENTROPY))
        .isEqualTo(Math.log(40) - 2 * 10 * Math.log(10) / 40, within(ROUNDING));
    assertThat(value(WordFeature.LAST_RIGHT_ENTROPY)).isEqualTo(Math.log(40), within(ROUNDING));
    assertThat(value(WordFeature.TWO)).isZero();
    assertThat(value(WordFeature.THREE)).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfTheCandidateBefore() {
    var three = entry(5, 2, 20, 10);
    features.read(three, three);
    double[] once = features.values().clone();
    var two = entry(0, 0, 9, 0);
    two.length = 2;
    features.read(two, two);
    assertThat(value(WordFeature.THREE)).isZero();
    assertThat(value(WordFeature.TWO)).isEqualTo(1);
    features.read(three, three);
    assertThat(features.values()).isEqualTo(once);
  }

  @Test
  void namesAreThoseOfTheFileOfWeights() {
    assertThat(Arrays.stream(WordFeature.values()).map(WordFeature::key))
        .contains("logCount", "two", "firstAtStart")
        .doesNotHaveDuplicates();
  }

  @Test
  void inTextsLargerThanTaughtScoresAreLower() {
    assertThat(beyondTaught(1_000)).isZero();
    assertThat(beyondTaught(800_000)).isZero();
    assertThat(beyondTaught(1_600_000)).isCloseTo(0.1 * Math.log(2), within(1e-12));
  }

  private static double beyondTaught(long total) {
    return new WordFeatures(total, new PairSums(), new PairSums()).beyondTaught();
  }
}
