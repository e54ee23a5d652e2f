package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What a trie knows is a function of the windows: how they were batched, in which order they came
 * and whether it was packed meanwhile makes no difference. It is what a table of all n-grams says.
 */
class NgramTriePropertyTest {

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
      assertThat(NgramTable.of(trie, minCount))
          .isEqualTo(NgramTable.of(shuffled.subList(0, end), minCount));
      assertThat(NgramTable.pairs(trie, minCount))
          .isEqualTo(NgramTable.pairs(shuffled.subList(0, end)));
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
      rounds.add(new HashSet<>(NgramTable.of(round, 1).keySet()));
      trie.prune(NgramTable.logs());
      if (random.nextBoolean()) {
        trie = NgramTrie.of(trie.toByteArray(), minCount);
      }
      from = end;
    }
    var exactPairs = NgramTable.pairs(windows);
    NgramTable.pairs(trie, minCount)
        .forEach(
            (symbol, sum) ->
                assertThat(sum).as(symbol).isLessThanOrEqualTo(exactPairs.get(symbol)));
    var exact = NgramTable.counts(NgramTable.of(windows, 1));
    var pruned = NgramTable.counts(NgramTable.of(trie, minCount));
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

  @Provide
  Arbitrary<List<Window>> windows() {
    return NgramTable.windows();
  }
}
