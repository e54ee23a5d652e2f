package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordScorerTest {

  /** Entropies are sums of rounded numbers. */
  private static final double ROUNDING = 1e-5;

  /**
   * Facts as one direction packs them, of Han characters. What is not extended by the most frequent
   * extension stands at an edge.
   */
  private static byte[] facts(
      String word, long count, long sum, long most, String mostSymbol, long... parts) {
    var out = new PackedWriter();
    int[] symbols = word.codePoints().toArray();
    out.writeByte(symbols.length);
    for (int symbol : symbols) {
      out.writeSymbol(symbol, null);
    }
    out.writeCount(count);
    out.writeCount(sum);
    out.writeCount(most);
    out.writeCount(1);
    out.writeCount(most == 1 ? 1 : 0);
    out.writeCount(most);
    out.writeCount(0);
    out.writeByte(mostSymbol == null ? 0 : 1);
    if (mostSymbol != null) {
      out.writeSymbol(mostSymbol.codePointAt(0), null);
    }
    out.writeCount(0);
    out.writeCount(0);
    assertThat(parts).hasSize(symbols.length - 1);
    for (long part : parts) {
      out.writeCount(part);
    }
    return out.toByteArray();
  }

  /** Of a version with so many symbols, in which each Han character has a pair twice. */
  private static WordFeatures features(long total) {
    var pairs = new PairSums();
    "甲乙丙丁戊".chars().forEach(symbol -> pairs.addPair(symbol, null, 2));
    return new WordFeatures(total, pairs, pairs);
  }

  private static WordScorer.Candidate scored(byte[] forward, byte[] backward, long total) {
    var candidates = WordScorer.score(List.of(forward), List.of(backward), features(total), true);
    assertThat(candidates).hasSize(1);
    return candidates.get(0);
  }

  @Test
  void whatIsToldOfAWordIsWhatItsFeaturesSay() {
    // 甲乙 8 times among 100 symbols, 甲 10 times, 乙 16 times. What follows is never the same;
    // before it stand two symbols, four times each.
    var score =
        scored(facts("甲乙", 8, 0, 1, null, 10), facts("甲乙", 8, 2 * Phi.of(4), 4, null, 16), 100)
            .score();
    assertThat(score.word()).isEqualTo("甲乙");
    assertThat(score.count()).isEqualTo(8);
    assertThat(score.cohesion()).isEqualTo(Math.log(100.0 * 8 / (10 * 16)), within(ROUNDING));
    assertThat(score.leftEntropy()).isEqualTo(Math.log(2), within(ROUNDING));
    assertThat(score.rightEntropy()).isEqualTo(Math.log(8), within(ROUNDING));
  }

  @Test
  void theLeastCohesiveSplitCounts() {
    // 甲|乙丙 costs 10 · 8, 甲乙|丙 costs 9 · 20: the second is more probable by chance.
    var score =
        scored(facts("甲乙丙", 6, 0, 1, null, 10, 9), facts("甲乙丙", 6, 0, 1, null, 20, 8), 1_000)
            .score();
    assertThat(score.cohesion()).isEqualTo(Math.log(1_000.0 * 6 / (9 * 20)), within(ROUNDING));
  }

  @Test
  void theMoreFrequentExtensionOfEitherSideMayAbsorb() {
    assertThat(longer(null, 5, null, 5)).isNull();
    assertThat(longer("丙", 19, null, 5)).isEqualTo("甲乙丙");
    assertThat(longer(null, 5, "𠮷", 19)).isEqualTo("𠮷甲乙");
    assertThat(longer("丙", 19, "丁", 20)).isEqualTo("丁甲乙");
    assertThat(longer("丙", 20, "丁", 19)).isEqualTo("甲乙丙");
    assertThat(longer("丙", 20, "丁", 20)).isEqualTo("甲乙丙");
  }

  @Test
  void nothingIsLongerThanTheLongestWord() {
    var five = facts("甲乙丙丁戊", 20, 0, 20, "己", 20, 20, 20, 20);
    assertThat(scored(five, five, 100).longer()).isNull();
  }

  private static String longer(String after, long afterMost, String before, long beforeMost) {
    return scored(
            facts("甲乙", 20, 0, afterMost, after, 20),
            facts("甲乙", 20, 0, beforeMost, before, 20),
            100)
        .longer();
  }

  @Test
  void factsMayComeInAnyBatches() {
    byte[] one = facts("甲乙", 8, 0, 1, null, 10);
    byte[] other = facts("丙丁", 9, 0, 1, null, 10);
    var together = WordScorer.score(List.of(one, other), List.of(other, one), features(100), true);
    assertThat(together)
        .containsExactlyInAnyOrder(scored(one, one, 100), scored(other, other, 100));
    assertThat(WordScorer.score(List.of(), List.of(), features(0), true)).isEmpty();
  }

  @Test
  void directionsThatDoNotAgreeAreABug() {
    byte[] eight = facts("甲乙", 8, 0, 1, null, 10);
    byte[] nine = facts("甲乙", 9, 0, 1, null, 10);
    assertThatThrownBy(() -> WordScorer.score(List.of(eight), List.of(nine), features(100), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("9 occurrences read backwards and 8 read forwards");
    assertThatThrownBy(() -> WordScorer.score(List.of(), List.of(nine), features(100), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer read forwards");
    assertThatThrownBy(() -> WordScorer.score(List.of(nine), List.of(), features(100), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 candidates read forwards, 0 read backwards");
  }

  @Test
  void pairsThatAreMissingAreABug() {
    byte[] nine = facts("甲乙", 9, 0, 1, null, 10);
    var first = new PairSums();
    first.addPair('甲', null, 9);
    var last = new PairSums();
    last.addPair('乙', null, 9);
    var one = List.of(nine);
    assertThat(WordScorer.score(one, one, new WordFeatures(100, first, last), true)).hasSize(1);
    for (var features :
        List.of(
            new WordFeatures(100, new PairSums(), last),
            new WordFeatures(100, first, new PairSums()))) {
      assertThatThrownBy(() -> WordScorer.score(one, one, features, true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("pairs of a symbol");
      assertThat(WordScorer.score(one, one, features, false)).hasSize(1);
    }
  }
}
