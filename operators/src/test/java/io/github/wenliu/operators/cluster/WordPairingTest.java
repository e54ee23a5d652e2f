package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordPairingTest {

  private static final List<List<String>> TWO_SENTENCES =
      List.of(List.of("甲甲", "乙乙", "丙丙", "丁丁"), List.of("甲甲", "乙乙"));

  private final EdgeSums sums = new EdgeSums();

  private Map<String, Integer> counted() {
    var edges = sums.takeFirst();
    var counted = new TreeMap<String, Integer>();
    counted.put("", (int) edges.contexts());
    var counts = edges.counts();
    for (int i = 0; i < counts.size(); i++) {
      var first = counts.names()[counts.first()[i]];
      var second = counts.names()[counts.second()[i]];
      counted.put(first.equals(second) ? first : first + second, counts.counts()[i]);
    }
    return counted;
  }

  @Test
  void allPairsOfAContextAreCountedOnceAndWordsInContexts() {
    assertThat(WordPairing.add(TWO_SENTENCES, 100, 7, sums)).isEqualTo(new WordPairing(7, 0));
    assertThat(sums.firstEpoch()).isEqualTo(7);
    assertThat(counted())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("", 2),
                Map.entry("甲甲", 2),
                Map.entry("乙乙", 2),
                Map.entry("丙丙", 1),
                Map.entry("丁丁", 1),
                Map.entry("乙乙甲甲", 2),
                Map.entry("丙丙乙乙", 1),
                Map.entry("丁丁丙丙", 1),
                Map.entry("丙丙甲甲", 1),
                Map.entry("丁丁乙乙", 1),
                Map.entry("丁丁甲甲", 1)));
  }

  @Test
  void beyondTheShareOfADocumentTheNearestPairsCount() {
    assertThat(WordPairing.add(TWO_SENTENCES, 5, 7, sums)).isEqualTo(new WordPairing(5, 2));
    assertThat(counted().keySet())
        .containsExactlyInAnyOrder("", "甲甲", "乙乙", "丙丙", "丁丁", "乙乙甲甲", "丙丙乙乙", "丁丁丙丙", "丙丙甲甲");
  }
}
