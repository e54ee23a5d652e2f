package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * What a trie knows is a function of the windows: how they were batched, in which order they came
 * and whether it was packed meanwhile makes no difference. It is what a table of all n-grams says.
 */
class NgramTriePropertyTest {

  private static final int LAST_EPOCH = 6;

  @Property(tries = 500)
  void aTrieKnowsWhatATableOfAllNgramsDoes(
      @ForAll("windows") List<Window> windows,
      @ForAll @IntRange(min = 2, max = 12) int minCount,
      @ForAll Random random) {
    var shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, random);
    var trie = new NgramTrie(minCount);
    for (int from = 0; from < shuffled.size(); ) {
      int end = from + 1 + random.nextInt(shuffled.size() - from);
      trie.add(Window.packed(shuffled.subList(from, end)));
      if (random.nextBoolean()) {
        trie = NgramTrie.of(trie.toByteArray(), minCount);
      }
      from = end;
      assertThat(candidates(trie, minCount)).isEqualTo(table(shuffled.subList(0, end), minCount));
    }
  }

  @Property(tries = 300)
  void prunedCountsAreLowerBoundsAndMissAFewEachTime(
      @ForAll("windows") List<Window> windows,
      @ForAll @IntRange(min = 2, max = 6) int minCount,
      @ForAll Random random) {
    var trie = new NgramTrie(minCount);
    var rounds = new ArrayList<Set<String>>();
    int from = 0;
    while (from < windows.size()) {
      int end = from + 1 + random.nextInt(windows.size() - from);
      var round = windows.subList(from, end);
      trie.add(Window.packed(round));
      rounds.add(new HashSet<>(table(round, 1).keySet()));
      trie.prune();
      if (random.nextBoolean()) {
        trie = NgramTrie.of(trie.toByteArray(), minCount);
      }
      from = end;
    }
    var exact = counts(table(windows, 1));
    var pruned = counts(candidates(trie, minCount));
    exact.forEach(
        (ngram, count) -> {
          long found = pruned.getOrDefault(ngram, 0L);
          long missed = (minCount - 1L) * rounds.size();
          assertThat(found).as(ngram).isLessThanOrEqualTo(count);
          if (count - missed >= minCount) {
            assertThat(found).as(ngram).isGreaterThanOrEqualTo(count - missed);
          }
          if (count >= minCount && rounds.stream().allMatch(round -> round.contains(ngram))) {
            assertThat(found).as("%s occurs between any two prunings", ngram).isEqualTo(count);
          }
        });
  }

  @Property(tries = 300)
  void batchesAreCutByEpoch(@ForAll("windows") List<Window> windows, @ForAll Random random) {
    int cut = random.nextInt(windows.size() + 1);
    long version = random.nextInt(LAST_EPOCH + 2) - 1;
    var batches =
        List.of(
            Window.packed(windows.subList(0, cut)),
            Window.packed(windows.subList(cut, windows.size())));
    byte[][] parts = WindowBuffers.split(batches, new long[] {version, version + 2});
    assertThat(Window.unpacked(parts[0]))
        .isEqualTo(windows.stream().filter(window -> window.epoch() <= version).toList());
    assertThat(Window.unpacked(parts[1]))
        .isEqualTo(
            windows.stream()
                .filter(window -> window.epoch() > version && window.epoch() <= version + 2)
                .toList());
    assertThat(Window.unpacked(parts[2]))
        .isEqualTo(windows.stream().filter(window -> window.epoch() > version + 2).toList());
  }

  @Provide
  Arbitrary<List<Window>> windows() {
    var symbol =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of("甲", "乙")),
            Tuple.of(2, Arbitraries.of("丙", "𠮷", "𪚥", "の", "BA", "5G", "Ba", "BAs", "7")));
    var symbols = symbol.list().ofMinSize(2).ofMaxSize(Ngrams.MAX_ORDER);
    return Combinators.combine(Arbitraries.longs().between(0, LAST_EPOCH), symbols)
        .as(Window::new)
        .list()
        .ofMaxSize(80);
  }

  private static Map<String, String> candidates(NgramTrie trie, int minCount) {
    var candidates = new TreeMap<String, String>();
    trie.scan(
        minCount,
        (symbols, length, count, extensions, parts) -> {
          var shown = new ArrayList<String>();
          for (int k = 0; k < length; k++) {
            shown.add(Window.shown(symbols[k], trie.runs()));
          }
          var beginnings = new ArrayList<Long>();
          for (int k = Ngrams.MIN_WORD; k < length; k++) {
            beginnings.add(parts[k]);
          }
          candidates.put(
              String.join(" ", shown),
              said(
                  count,
                  extensions.sum,
                  extensions.most,
                  extensions.different,
                  extensions.once,
                  extensions.occurrences,
                  beginnings));
        });
    return candidates;
  }

  private static String said(
      long count,
      long sum,
      long most,
      long different,
      long once,
      long occurrences,
      List<Long> parts) {
    return "%d: %d %d %d %d %d %s".formatted(count, sum, most, different, once, occurrences, parts);
  }

  private static Map<String, Long> counts(Map<String, String> candidates) {
    var counts = new HashMap<String, Long>();
    candidates.forEach(
        (ngram, said) -> counts.put(ngram, Long.valueOf(said.substring(0, said.indexOf(':')))));
    return counts;
  }

  /** What {@link #candidates} should be, from a table of all n-grams. */
  private static Map<String, String> table(List<Window> windows, int minCount) {
    var counts = new HashMap<List<String>, Long>();
    for (Window window : windows) {
      for (int k = Ngrams.MIN_WORD; k <= window.symbols().size(); k++) {
        counts.merge(window.symbols().subList(0, k), 1L, Long::sum);
      }
    }
    var extensions = new HashMap<List<String>, Extensions>();
    counts.forEach(
        (ngram, count) ->
            extensions
                .computeIfAbsent(ngram.subList(0, ngram.size() - 1), unused -> new Extensions())
                .add(0, count));
    var table = new TreeMap<String, String>();
    counts.forEach(
        (ngram, count) -> {
          if (count >= minCount && ngram.size() <= Ngrams.MAX_WORD && mayBeWord(ngram)) {
            var of = extensions.getOrDefault(ngram, new Extensions());
            var parts = new ArrayList<Long>();
            for (int k = Ngrams.MIN_WORD; k < ngram.size(); k++) {
              parts.add(counts.get(ngram.subList(0, k)));
            }
            table.put(
                String.join(" ", ngram),
                said(count, of.sum, of.most, of.different, of.once, of.occurrences, parts));
          }
        });
    return table;
  }

  private static boolean mayBeWord(List<String> ngram) {
    return !ngram.contains("7")
        && ngram.stream().anyMatch(symbol -> Ngrams.isHan(symbol.codePointAt(0)));
  }
}
