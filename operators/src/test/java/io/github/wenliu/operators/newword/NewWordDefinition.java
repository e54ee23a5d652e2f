package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * New words by their definition, all n-grams and neighbours in maps and nothing packed: what the
 * counting has to agree with, bit by bit. A sentence is a list of symbols; symbols that begin with
 * a Latin letter or digit are runs.
 */
final class NewWordDefinition {

  private static final double SCALE = 1 << 20;

  /** Symbols from which on a text counts once. */
  private static final int REPOST = 8;

  private static final WordNetwork NETWORK = WordNetwork.resource("count-4.tsv");

  private final Map<List<String>, Long> counts = new HashMap<>();
  private final Map<List<String>, Map<String, Long>> before = new HashMap<>();
  private final Map<List<String>, Map<String, Long>> after = new HashMap<>();
  private final Set<List<List<String>>> texts = new HashSet<>();
  private long total;

  /** Takes in the sentences of a text; returns how many of its symbols count. */
  int add(List<List<String>> text) {
    var sentences = text.stream().filter(sentence -> !sentence.isEmpty()).toList();
    int symbols = sentences.stream().mapToInt(List::size).sum();
    if (symbols >= REPOST && !texts.add(sentences)) {
      return 0;
    }
    total += symbols;
    sentences.forEach(this::count);
    return symbols;
  }

  private void count(List<String> sentence) {
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
            words.add(score(ngram, count, minCount));
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

  private WordScore score(List<String> ngram, long count, int minCount) {
    double logTotal = StrictMath.log(total);
    double logCount = StrictMath.log(count);
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    int length = ngram.size();
    for (int k = 1; k < length; k++) {
      double parts = log(ngram.subList(0, k)) + log(ngram.subList(k, length));
      double split = logTotal + logCount - parts;
      least = Math.min(least, split);
      greatest = Math.max(greatest, split);
    }
    var ahead = before.getOrDefault(ngram, Map.of()).values();
    var behind = after.getOrDefault(ngram, Map.of()).values();
    double left = entropy(before, ngram);
    double right = entropy(after, ngram);
    double leftLonger = longer(ahead) - logCount;
    double rightLonger = longer(behind) - logCount;
    var first = ngram.subList(0, 1);
    var last = ngram.subList(length - 1, length);
    double[] features = {
      logCount,
      least,
      greatest,
      left,
      right,
      left / logCount,
      right / logCount,
      leftLonger,
      rightLonger,
      StrictMath.log(ahead.size() + edges(count, ahead)) / logCount,
      StrictMath.log(behind.size() + edges(count, behind)) / logCount,
      (double) once(ahead) / count,
      (double) once(behind) / count,
      StrictMath.log(1 + edges(count, ahead)) - logCount,
      StrictMath.log(1 + edges(count, behind)) - logCount,
      bound(count, before.getOrDefault(ngram, Map.of()), minCount),
      bound(count, after.getOrDefault(ngram, Map.of()), minCount),
      Math.max(leftLonger, rightLonger),
      log(first) - logTotal,
      log(last) - logTotal,
      logCount - log(first),
      logCount - log(last),
      logCount - log(ngram.subList(0, length - 1)),
      logCount - log(ngram.subList(1, length)),
      edgeShare(before, first),
      edgeShare(after, first),
      edgeShare(before, last),
      edgeShare(after, last),
      entropy(before, first),
      entropy(after, first),
      entropy(before, last),
      entropy(after, last),
      length == 2 ? 1 : 0,
      length == 3 ? 1 : 0,
      length == 4 ? 1 : 0,
      length == 5 ? 1 : 0,
    };
    double score = NETWORK.score(features);
    return new WordScore(String.join("", ngram), score, count, least, left, right);
  }

  /** The mean over occurrences of how much more often a neighbour is there than by chance. */
  private double bound(long count, Map<String, Long> neighbours, int minCount) {
    long sum = 0;
    long occurrences = 0;
    for (var neighbour : neighbours.entrySet()) {
      long often = Math.max(minCount, counts.get(List.of(neighbour.getKey())));
      long times = neighbour.getValue();
      sum += Phi.of(times) - times * Math.round(SCALE * StrictMath.log(often));
      occurrences += times;
    }
    double logTotal = StrictMath.log(total);
    return (sum / SCALE + occurrences * (logTotal - StrictMath.log(count))) / count;
  }

  private double entropy(Map<List<String>, Map<String, Long>> neighbours, List<String> ngram) {
    var of = neighbours.getOrDefault(ngram, Map.of()).values();
    return Phi.entropy(counts.get(ngram), log(ngram), of.stream().mapToLong(Phi::of).sum());
  }

  private double log(List<String> ngram) {
    return StrictMath.log(counts.get(ngram));
  }

  private static double longer(Collection<Long> neighbours) {
    return StrictMath.log(1 + neighbours.stream().mapToLong(one -> one).max().orElse(0));
  }

  private static long once(Collection<Long> neighbours) {
    return neighbours.stream().filter(one -> one == 1).count();
  }

  private static long edges(long count, Collection<Long> neighbours) {
    return count - neighbours.stream().mapToLong(one -> one).sum();
  }

  private double edgeShare(Map<List<String>, Map<String, Long>> neighbours, List<String> symbol) {
    long count = counts.get(symbol);
    return (double) edges(count, neighbours.getOrDefault(symbol, Map.of()).values()) / count;
  }
}
