package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.operators.newword.TrackedWords.Change;
import io.github.wenliu.operators.newword.WordReport.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedWordsTest {

  private static final double HYSTERESIS = 1.0;

  private TrackedWords words = new TrackedWords(null);

  /** The changes of a version; each goes through the packed form. */
  private List<Change> version(long seenMillis, WordScorer.Candidate... candidates) {
    return version(seenMillis, false, candidates);
  }

  private List<Change> version(long seenMillis, boolean all, WordScorer.Candidate... candidates) {
    var changes = words.update(List.of(candidates), HYSTERESIS, seenMillis, all);
    words = new TrackedWords(words.toByteArray());
    return changes;
  }

  private static WordScorer.Candidate word(String word, double score, long count) {
    return word(word, score, count, null);
  }

  private static WordScorer.Candidate word(String word, double score, long count, String longer) {
    return new WordScorer.Candidate(new WordScore(word, score, count, 1.5, 0.25, 0.75), longer);
  }

  @Test
  void aCandidateFromZeroOnIsAWord() {
    var live = word("内卷", 0, 5, "内卷化");
    assertThat(version(99, live, word("的一", -0.001, 500)))
        .containsExactly(new Change(live.score(), Level.LIVE, "内卷化", 99, 99));
  }

  @Test
  void oneBelowZeroWasNeverAWordWhateverTheHysteresis() {
    assertThat(version(99, word("内卷", -0.5, 5))).isEmpty();
    assertThat(words.toByteArray()).isEmpty();
    assertThat(version(199, true, word("内卷", -0.5, 5))).isEmpty();
  }

  @Test
  void whatStaysAsItWasIsNotReported() {
    version(99, word("内卷", 1, 5, "内卷化"));
    assertThat(version(199, word("内卷", 1, 5, "内卷化"))).isEmpty();
    assertThat(version(299, word("内卷", 7, 9, "内卷化"))).isEmpty();
  }

  @Test
  void twiceTheCountOfTheLastReportIsWorthOne() {
    version(99, word("内卷", 1, 5));
    assertThat(version(199, word("内卷", 1, 9))).isEmpty();
    assertThat(version(299, word("内卷", 2, 10)))
        .containsExactly(new Change(word("内卷", 2, 10).score(), Level.LIVE, null, 99, 299));
    assertThat(version(399, word("内卷", 2, 19))).isEmpty();
    assertThat(version(499, word("内卷", 2, 20))).hasSize(1);
  }

  @Test
  void lastSeenMovesOnlyWithTheCountButAlsoBetweenReports() {
    version(99, word("内卷", 1, 5));
    version(199, word("内卷", 1, 6));
    version(299, word("内卷", 1, 6));
    assertThat(version(399, true, word("内卷", 1, 6)))
        .extracting(Change::firstSeenMillis, Change::lastSeenMillis)
        .containsExactly(tuple(99L, 199L));
  }

  @Test
  void aScoreBelowZeroHoldsTheWordUntilItIsTooFarBelow() {
    version(99, word("内卷", 0.5, 5));
    assertThat(levels(version(199, word("内卷", -0.001, 5)))).containsExactly(Level.HELD);
    assertThat(version(299, word("内卷", -1.0, 5))).as("still held").isEmpty();
    assertThat(levels(version(399, word("内卷", 0, 5)))).containsExactly(Level.LIVE);
    assertThat(levels(version(499, word("内卷", -1, 5)))).containsExactly(Level.HELD);
    assertThat(levels(version(599, word("内卷", -1.001, 5)))).containsExactly(Level.GONE);
  }

  @Test
  void whatIsGoneIsForgottenAndMayComeAsSomethingNew() {
    version(99, word("内卷", 0.5, 5));
    assertThat(levels(version(199, word("内卷", -5, 6)))).containsExactly(Level.GONE);
    assertThat(words.toByteArray()).isEmpty();
    assertThat(version(299, true, word("内卷", -0.5, 6))).isEmpty();
    assertThat(version(399, word("内卷", 0.5, 7)))
        .containsExactly(new Change(word("内卷", 0.5, 7).score(), Level.LIVE, null, 399, 399));
  }

  @Test
  void aLongerWordThatBeginsOrCeasesToHoldItIsWorthAReport() {
    version(99, word("新质", 1, 5));
    assertThat(longer(version(199, word("新质", 1, 5, "新质生")))).containsExactly("新质生");
    assertThat(version(299, word("新质", 1, 5, "新质生"))).isEmpty();
    assertThat(longer(version(399, word("新质", 1, 5, "的新质")))).containsExactly("的新质");
    assertThat(longer(version(499, word("新质", 1, 5)))).containsExactly((String) null);
    assertThat(version(599, word("新质", 1, 5))).isEmpty();
  }

  @Test
  void atTheEndEveryWordIsReportedAndNothingElse() {
    version(99, word("内卷", 1, 5), word("躺平", 2, 6));
    version(199, word("内卷", -0.5, 5), word("躺平", 2, 6));
    assertThat(version(299, true, word("内卷", -0.5, 5), word("躺平", 2, 6), word("的一", -3, 90)))
        .containsExactly(
            new Change(word("内卷", -0.5, 5).score(), Level.HELD, null, 99, 99),
            new Change(word("躺平", 2, 6).score(), Level.LIVE, null, 99, 99));
  }

  @Test
  void manyWordsOfEveryLengthAndPlaneComeBackFromTheirPackedForm() {
    var candidates = new ArrayList<WordScorer.Candidate>();
    for (int i = 0; i < 300; i++) {
      candidates.add(word("𠮷村BA" + (char) ('一' + i), i, 5 + i, i % 3 == 0 ? "𪚥𠮷村" : null));
    }
    candidates.add(word("一二", 3, Long.MAX_VALUE / 4));
    candidates.add(word("中" + "Z".repeat(40), 3, 5));
    words.update(candidates, HYSTERESIS, -77, false);
    var again = new TrackedWords(words.toByteArray());
    assertThat(again.update(candidates, HYSTERESIS, 100, false)).isEmpty();
    assertThat(again.update(candidates, HYSTERESIS, 100, true))
        .hasSize(302)
        .allSatisfy(
            change -> {
              assertThat(change.firstSeenMillis()).isEqualTo(-77);
              assertThat(change.lastSeenMillis()).isEqualTo(-77);
            });
    assertThat(words.toByteArray()).hasSameSizeAs(again.toByteArray());
  }

  private static List<Level> levels(List<Change> changes) {
    return changes.stream().map(Change::level).toList();
  }

  private static List<String> longer(List<Change> changes) {
    return changes.stream().map(Change::longer).toList();
  }
}
