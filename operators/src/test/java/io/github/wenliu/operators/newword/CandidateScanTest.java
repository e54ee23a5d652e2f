package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateScanTest {

  private final RunNames runs = new RunNames();
  private final List<Found> found = new ArrayList<>();

  /**
   * A candidate.
   *
   * @param parts occurrences of its beginnings, from two symbols on
   */
  private record Found(
      String word, long count, long sum, long most, String mostSymbol, List<Long> parts) {}

  private CandidateScan scan(int minCount) {
    var scan =
        new CandidateScan(
            minCount,
            new SymbolLogs(minCount, new SymbolCounts()),
            (symbols, length, count, extensions, parts) -> {
              var word = new StringBuilder();
              for (int k = 0; k < length; k++) {
                word.append(shown(symbols[k]));
              }
              var beginnings = new ArrayList<Long>();
              for (int k = Ngrams.MIN_WORD; k < length; k++) {
                beginnings.add(parts[k]);
              }
              found.add(
                  new Found(
                      word.toString(),
                      count,
                      extensions.sum,
                      extensions.most,
                      extensions.most == 0 ? "" : shown(extensions.mostSymbol),
                      beginnings));
            });
    scan.start(runs);
    return scan;
  }

  private String shown(int symbol) {
    var name = runs.name(symbol);
    return name == null ? Character.toString(symbol) : name;
  }

  /** A window of Han characters. */
  private static void accept(CandidateScan scan, String window, long count) {
    scan.accept(window.codePoints().toArray(), window.codePointCount(0, window.length()), count);
  }

  @Test
  void anNgramOccursAsOftenAsAllWindowsThatBeginWithIt() {
    var scan = scan(2);
    // Sentences: 甲乙 once, 甲乙丁 twice, 甲乙丙 three times.
    accept(scan, "甲乙", 1);
    accept(scan, "甲乙丁", 2);
    accept(scan, "甲乙丙", 3);
    scan.finish();
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Found("甲乙", 6, Phi.of(2) + Phi.of(3), 3, "丙", List.of()),
            new Found("甲乙丁", 2, 0, 0, "", List.of(6L)),
            new Found("甲乙丙", 3, 0, 0, "", List.of(6L)));
  }

  @Test
  void sixSymbolsAreNoWordButFollowOneOfFive() {
    var scan = scan(2);
    accept(scan, "一二三四五七", 1);
    accept(scan, "一二三四五六", 2);
    accept(scan, "一二三四人", 1);
    accept(scan, "一二五", 4);
    scan.finish();
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Found("一二", 8, 2 * Phi.of(4), 4, "三", List.of()),
            new Found("一二三", 4, Phi.of(4), 4, "四", List.of(8L)),
            new Found("一二三四", 4, Phi.of(3), 3, "五", List.of(8L, 4L)),
            new Found("一二三四五", 3, Phi.of(2), 2, "六", List.of(8L, 4L, 4L)),
            new Found("一二五", 4, 0, 0, "", List.of(8L)));
  }

  @Test
  void ofTwoExtensionsThatAreEquallyFrequentTheFirstIsNamed() {
    var scan = scan(2);
    accept(scan, "甲乙丁", 2);
    accept(scan, "甲乙丙", 2);
    scan.finish();
    assertThat(found).contains(new Found("甲乙", 4, 2 * Phi.of(2), 2, "丁", List.of()));
  }

  @Test
  void whatIsTooRareIsNoCandidateButCountsForWhatItBeginsWith() {
    var scan = scan(3);
    accept(scan, "甲丁", 2);
    accept(scan, "甲乙丁", 2);
    accept(scan, "甲乙丙", 1);
    scan.finish();
    assertThat(found).containsExactly(new Found("甲乙", 3, Phi.of(2), 2, "丁", List.of()));
  }

  @Test
  void aCandidateHasAHanCharacterAndNoNumber() {
    var scan = scan(2);
    int village = "村".codePointAt(0);
    int month = "月".codePointAt(0);
    int kana = "の".codePointAt(0);
    scan.accept(new int[] {kana, kana}, 2, 5);
    scan.accept(new int[] {kana, village}, 2, 5);
    scan.accept(new int[] {village, runs.code("BA")}, 2, 5);
    scan.accept(new int[] {runs.code("5"), month}, 2, 5);
    scan.accept(new int[] {runs.code("5"), month, village}, 3, 5);
    scan.accept(new int[] {runs.code("5G"), month}, 2, 5);
    scan.accept(new int[] {runs.code("A"), kana}, 2, 5);
    scan.finish();
    assertThat(found).extracting(Found::word).containsExactlyInAnyOrder("の村", "村BA", "5G月");
  }

  @Test
  void rareHanIsHan() {
    var scan = scan(2);
    accept(scan, "の𠮷", 2);
    scan.finish();
    assertThat(found).extracting(Found::word).containsExactly("の𠮷");
  }

  @Test
  void theCountOfABeginningGoesOnlyToWhatBeginsWithIt() {
    var scan = scan(2);
    accept(scan, "甲乙丁", 1);
    accept(scan, "甲乙丁戊", 2);
    accept(scan, "甲乙丙戊", 5);
    scan.finish();
    assertThat(found)
        .contains(
            new Found("甲乙丁戊", 2, 0, 0, "", List.of(8L, 3L)),
            new Found("甲乙丙戊", 5, 0, 0, "", List.of(8L, 5L)));
  }

  @Test
  void manyCandidatesMayBeginWithTheSameTwoSymbols() {
    var scan = scan(2);
    accept(scan, "甲丙", 7);
    for (int i = 0; i < 100; i++) {
      accept(scan, "甲乙" + (char) ('一' + i) + "丙", 2);
    }
    scan.finish();
    assertThat(found).hasSize(202);
    assertThat(found)
        .contains(
            new Found("甲乙", 200, 100 * Phi.of(2), 2, "一", List.of()),
            new Found("甲乙一丙", 2, 0, 0, "", List.of(200L, 2L)),
            new Found("甲乙" + (char) ('一' + 99) + "丙", 2, 0, 0, "", List.of(200L, 2L)),
            new Found("甲丙", 7, 0, 0, "", List.of()));
  }

  @Test
  void withoutWindowsThereIsNothing() {
    var scan = scan(2);
    scan.finish();
    assertThat(found).isEmpty();
  }

  @Test
  void extensionsAreCountedOnceEachAndTheRestStandsAtAnEdge() {
    var told = new ArrayList<String>();
    var scan =
        new CandidateScan(
            2,
            new SymbolLogs(2, new SymbolCounts()),
            (symbols, length, count, extensions, parts) ->
                told.add(
                    "%d of %d: %d different, %d once, %d in all"
                        .formatted(
                            length,
                            count,
                            extensions.different,
                            extensions.once,
                            extensions.occurrences)));
    scan.start(runs);
    accept(scan, "甲乙", 3);
    accept(scan, "甲乙丁", 1);
    accept(scan, "甲乙丙一", 1);
    accept(scan, "甲乙丙二", 1);
    accept(scan, "甲乙二三", 1);
    scan.finish();
    assertThat(told)
        .containsExactlyInAnyOrder(
            "2 of 7: 3 different, 2 once, 4 in all", "3 of 2: 2 different, 2 once, 2 in all");
  }
}
