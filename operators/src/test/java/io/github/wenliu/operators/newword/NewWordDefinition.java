package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * New words by their definition, all n-grams and neighbours in maps and nothing packed: what the
 * counting has to agree with, bit by bit. A sentence is a list of symbols; symbols that begin with
 * a Latin letter or digit are runs.
 */
final class NewWordDefinition {

  private final Map<List<String>, Long> counts = new HashMap<>();
  private final Map<List<String>, Map<String, Long>> before = new HashMap<>();
  private final Map<List<String>, Map<String, Long>> after = new HashMap<>();
  private long total;

  void add(List<String> sentence) {
    total += sentence.size();
    for (int from = 0; from < sentence.size(); from++) {
      for (int to = from + 1; to <= Math.min(sentence.size(), from + 5); to++) {
        var ngram = List.copyOf(sentence.subList(from, to));
        counts.merge(ngram, 1L, Long::sum);
        if (from > 0) {
          count(before, ngram, sentence.get(from - 1));
        }
        if (to < sentence.size()) {
          count(after, ngram, sentence.get(to));
        }
      }
    }
  }

  private static void count(
      Map<List<String>, Map<String, Long>> neighbours, List<String> ngram, String neighbour) {
    neighbours.computeIfAbsent(ngram, unused -> new HashMap<>()).merge(neighbour, 1L, Long::sum);
  }

  /** The words and what is known of them, best first. */
  List<WordScore> words(int minCount) {
    var words = new ArrayList<WordScore>();
    counts.forEach(
        (ngram, count) -> {
          if (count >= minCount && mayBeWord(ngram)) {
            words.add(score(ngram, count));
          }
        });
    words.sort(WordScore::compareBestFirst);
    return words;
  }

  private static boolean mayBeWord(List<String> ngram) {
    return ngram.size() >= 2
        && ngram.stream().anyMatch(symbol -> Character.isIdeographic(symbol.codePointAt(0)))
        && ngram.stream().noneMatch(symbol -> symbol.chars().allMatch(Character::isDigit));
  }

  private WordScore score(List<String> ngram, long count) {
    double least = Double.MAX_VALUE;
    for (int k = 1; k < ngram.size(); k++) {
      double first = counts.get(ngram.subList(0, k));
      double second = counts.get(ngram.subList(k, ngram.size()));
      least = Math.min(least, (double) total * count / (first * second));
    }
    double logCount = StrictMath.log(count);
    double cohesion = StrictMath.log(least);
    var ahead = before.getOrDefault(ngram, Map.of()).values();
    var behind = after.getOrDefault(ngram, Map.of()).values();
    double left = Phi.entropy(count, logCount, ahead.stream().mapToLong(Phi::of).sum());
    double right = Phi.entropy(count, logCount, behind.stream().mapToLong(Phi::of).sum());
    long most = 0;
    for (long one : ahead) {
      most = Math.max(most, one);
    }
    for (long one : behind) {
      most = Math.max(most, one);
    }
    double freedom = Math.min(left, right);
    double ofLength = new double[] {0, 0, 2.501, -0.277, -3.236, -4.420}[ngram.size()];
    double score =
        -10.551
            + 0.939 * logCount
            + 0.534 * cohesion
            + -1.019 * left
            + -1.159 * right
            + 3.196 * left / logCount
            + 3.916 * right / logCount
            + 1.819 * freedom
            + 1.433 * StrictMath.log((double) most / count + 0.01)
            + ofLength
            + 0.282 * freedom * cohesion;
    return new WordScore(String.join("", ngram), score, count, cohesion, left, right);
  }
}
