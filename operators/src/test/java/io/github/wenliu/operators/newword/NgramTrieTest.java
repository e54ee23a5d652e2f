package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NgramTrieTest {

  private final List<Window> windows = new ArrayList<>();

  /**
   * A candidate.
   *
   * @param mostSymbol what the most frequent extension adds, if it absorbs
   * @param parts occurrences of its beginnings, from two symbols on
   */
  private record Found(
      String word, long count, long sum, long most, String mostSymbol, List<Long> parts) {}

  /** Windows of characters, so many times. */
  private void read(String characters, int times) {
    read(characters.codePoints().mapToObj(Character::toString).toList(), times);
  }

  private void read(List<String> symbols, int times) {
    windows.addAll(Collections.nCopies(times, new Window(0, symbols)));
  }

  private NgramTrie trie(int minCount) {
    var trie = new NgramTrie(minCount);
    trie.add(Window.packed(windows));
    return trie;
  }

  private List<Found> found(int minCount) {
    var trie = trie(minCount);
    var found = new ArrayList<Found>();
    trie.scan(
        minCount,
        NgramTable.logs(),
        (symbol, count) -> {},
        (symbols, length, count, extensions, parts) -> {
          var word = new StringBuilder();
          for (int k = 0; k < length; k++) {
            word.append(Window.shown(symbols[k], trie.runs()));
          }
          var beginnings = new ArrayList<Long>();
          for (int k = Ngrams.MIN_WORD; k < length; k++) {
            beginnings.add(parts[k]);
          }
          boolean absorbs = 10 * extensions.most > 9 * count;
          found.add(
              new Found(
                  word.toString(),
                  count,
                  extensions.sum,
                  extensions.most,
                  absorbs ? Window.shown(extensions.mostSymbol, trie.runs()) : "",
                  beginnings));
        });
    return found;
  }

  @Test
  void anNgramOccursAsOftenAsAllWindowsThatBeginWithIt() {
    // Sentences: 甲乙 once, 甲乙丁 twice, 甲乙丙 three times.
    read("甲乙", 1);
    read("甲乙丁", 2);
    read("甲乙丙", 3);
    assertThat(found(2))
        .containsExactlyInAnyOrder(
            new Found("甲乙", 6, Phi.of(2) + Phi.of(3), 3, "", List.of()),
            new Found("甲乙丁", 2, 0, 0, "", List.of(6L)),
            new Found("甲乙丙", 3, 0, 0, "", List.of(6L)));
  }

  @Test
  void sixSymbolsAreNoWordButFollowOneOfFive() {
    read("一二三四五七", 1);
    read("一二三四五六", 2);
    read("一二三四人", 1);
    read("一二五", 4);
    assertThat(found(2))
        .containsExactlyInAnyOrder(
            new Found("一二", 8, 2 * Phi.of(4), 4, "", List.of()),
            new Found("一二三", 4, Phi.of(4), 4, "四", List.of(8L)),
            new Found("一二三四", 4, Phi.of(3), 3, "", List.of(8L, 4L)),
            new Found("一二三四五", 3, Phi.of(2), 2, "", List.of(8L, 4L, 4L)),
            new Found("一二五", 4, 0, 0, "", List.of(8L)));
  }

  @Test
  void whatIsTooRareIsNoCandidateButCountsForWhatItBeginsWith() {
    read("甲丁", 2);
    read("甲乙丁", 2);
    read("甲乙丙", 1);
    assertThat(found(3)).containsExactly(new Found("甲乙", 3, Phi.of(2), 2, "", List.of()));
  }

  @Test
  void whatNobodyAsksForMayYetBeANode() {
    read("甲乙丁", 9);
    read("甲乙丙", 11);
    assertThat(found(20))
        .containsExactly(new Found("甲乙", 20, Phi.of(9) + Phi.of(11), 11, "", List.of()));
  }

  @Test
  void aCandidateHasAHanCharacterAndNoNumber() {
    read("のの", 5);
    read("の村", 5);
    read(List.of("村", "BA"), 5);
    read(List.of("5", "月"), 5);
    read(List.of("5", "月", "村"), 5);
    read(List.of("5G", "月"), 5);
    read(List.of("A", "の"), 5);
    assertThat(found(2)).extracting(Found::word).containsExactlyInAnyOrder("の村", "村BA", "5G月");
  }

  @Test
  void rareHanIsHan() {
    read("の𠮷", 2);
    assertThat(found(2)).extracting(Found::word).containsExactly("の𠮷");
  }

  @Test
  void theCountOfABeginningGoesOnlyToWhatBeginsWithIt() {
    read("甲乙丁", 1);
    read("甲乙丁戊", 2);
    read("甲乙丙戊", 5);
    assertThat(found(2))
        .contains(
            new Found("甲乙丁戊", 2, 0, 0, "", List.of(8L, 3L)),
            new Found("甲乙丙戊", 5, 0, 0, "", List.of(8L, 5L)));
  }

  @Test
  void manyCandidatesMayBeginWithTheSameTwoSymbols() {
    read("甲丙", 7);
    for (int i = 0; i < 100; i++) {
      read("甲乙" + (char) ('一' + i) + "丙", 2);
    }
    assertThat(found(2))
        .hasSize(202)
        .contains(
            new Found("甲乙", 200, 100 * Phi.of(2), 2, "", List.of()),
            new Found("甲乙一丙", 2, 0, 0, "", List.of(200L, 2L)),
            new Found("甲乙" + (char) ('一' + 99) + "丙", 2, 0, 0, "", List.of(200L, 2L)),
            new Found("甲丙", 7, 0, 0, "", List.of()));
  }

  @Test
  void withoutWindowsThereIsNothing() {
    assertThat(found(2)).isEmpty();
    assertThat(NgramTrie.of(trie(2).toByteArray(), 2).toByteArray())
        .isEqualTo(trie(2).toByteArray());
  }

  @Test
  void extensionsAreCountedOnceEachAndTheRestStandsAtAnEdge() {
    read("甲乙", 3);
    read("甲乙丁", 1);
    read("甲乙丙一", 1);
    read("甲乙丙二", 1);
    read("甲乙二三", 1);
    var told = new ArrayList<String>();
    trie(2)
        .scan(
            2,
            NgramTable.logs(),
            (symbol, count) -> {},
            (symbols, length, count, extensions, parts) ->
                told.add(
                    "%d of %d: %d different, %d once, %d in all"
                        .formatted(
                            length,
                            count,
                            extensions.different,
                            extensions.once,
                            extensions.occurrences)));
    assertThat(told)
        .containsExactlyInAnyOrder(
            "2 of 7: 3 different, 2 once, 4 in all", "3 of 2: 2 different, 2 once, 2 in all");
  }

  @Test
  void pruningForgetsWhatIsRareAndHasNotOccurredSinceTheLastTime() {
    read("甲乙丁", 4);
    read("丙丁", 3);
    read("戊己", 5);
    var trie = trie(5);
    trie.prune(NgramTable.logs());
    windows.clear();
    read("甲乙丁", 1);
    trie.add(Window.packed(windows));
    trie.prune(NgramTable.logs());
    windows.clear();
    read("丙丁", 4);
    trie.add(Window.packed(windows));
    assertThat(counts(trie, 5))
        .as("丙丁 occurred three and four times, with two prunings between")
        .containsExactlyInAnyOrder("2: 5", "3: 5", "2: 5");
  }

  @Test
  void pruningForgetsTheNamesOfRunsThatAreInNoNgram() {
    read(List.of("村", "BA"), 5);
    read(List.of("村", "A", "赛"), 1);
    read(List.of("村", "B", "赛"), 1);
    var trie = trie(5);
    trie.prune(NgramTable.logs());
    windows.clear();
    read(List.of("村", "B", "赛"), 1);
    trie.add(Window.packed(windows));
    trie.prune(NgramTable.logs());
    assertThat(trie.runs().size()).isEqualTo(2);
    trie.prune(NgramTable.logs());
    assertThat(trie.runs().size()).isEqualTo(1);
    assertThat(counts(trie, 5)).containsExactly("2: 5");
  }

  private static List<String> counts(NgramTrie trie, int minCount) {
    var counts = new ArrayList<String>();
    trie.scan(
        minCount,
        NgramTable.logs(),
        (symbol, count) -> {},
        (symbols, length, count, extensions, parts) -> counts.add(length + ": " + count));
    return counts;
  }
}
