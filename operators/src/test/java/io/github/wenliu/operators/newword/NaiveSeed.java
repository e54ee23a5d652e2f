package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seed's rule as it is told, without a thought for speed: symbols are strings, n-grams lists of
 * them. Text may hold Han characters, letters, digits and commas.
 */
final class NaiveSeed {

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9]+|\\p{IsHan}|，");
  private static final String BREAK = "，";

  /** What the ratio of a strong n-gram exceeds. */
  private static final long[] STRONG = {0, 0, 5, 25, 125};

  /** A piece with what stands beside it, {@code null} at a break. */
  private record Piece(List<String> symbols, String before, String after) {}

  private final int minCount;
  private final List<List<String>> segments = new ArrayList<>();
  private final Map<List<String>, Integer> counts = new HashMap<>();
  private long total;

  NaiveSeed(int minCount, List<String> texts) {
    this.minCount = minCount;
    texts.forEach(this::addSegments);
    for (List<String> segment : segments) {
      total += segment.size();
      for (int n = 1; n <= STRONG.length - 1; n++) {
        for (int i = 0; i + n <= segment.size(); i++) {
          counts.merge(segment.subList(i, i + n), 1, Integer::sum);
        }
      }
    }
  }

  private void addSegments(String text) {
    List<String> segment = new ArrayList<>();
    Matcher matcher = SYMBOL.matcher(text);
    while (matcher.find()) {
      if (matcher.group().equals(BREAK)) {
        segments.add(segment);
        segment = new ArrayList<>();
      } else {
        segment.add(matcher.group());
      }
    }
    segments.add(segment);
  }

  private boolean isStrong(List<String> gram) {
    long count = counts.getOrDefault(gram, 0);
    if (count < minCount) {
      return false;
    }
    for (int k = 1; k < gram.size(); k++) {
      long parts = (long) counts.get(gram.subList(0, k)) * counts.get(gram.subList(k, gram.size()));
      if (total * count <= STRONG[gram.size()] * parts) {
        return false;
      }
    }
    return true;
  }

  private boolean isClosed(List<String> segment, int gap) {
    for (int n = 2; n < STRONG.length; n++) {
      for (int i = Math.max(0, gap - n + 1); i < gap && i + n <= segment.size(); i++) {
        if (isStrong(segment.subList(i, i + n))) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Piece> pieces() {
    var pieces = new ArrayList<Piece>();
    for (List<String> segment : segments) {
      int from = 0;
      for (int i = 1; i <= segment.size(); i++) {
        if (i == segment.size() || !isClosed(segment, i)) {
          pieces.add(
              new Piece(
                  segment.subList(from, i),
                  from == 0 ? null : segment.get(from - 1),
                  i == segment.size() ? null : segment.get(i)));
          from = i;
        }
      }
    }
    return pieces;
  }

  /** The words, in no order. */
  List<WordScore> words() {
    var pieces = new HashMap<List<String>, List<Piece>>();
    for (Piece piece : pieces()) {
      pieces.computeIfAbsent(piece.symbols(), unused -> new ArrayList<>()).add(piece);
    }
    var words = new ArrayList<WordScore>();
    pieces.forEach(
        (symbols, occurrences) -> {
          boolean hasHan = symbols.stream().anyMatch(s -> s.matches("\\p{IsHan}"));
          boolean hasNumber = symbols.stream().anyMatch(s -> s.matches("[0-9]+"));
          if (symbols.size() > 1
              && occurrences.size() >= minCount
              && hasHan
              && !hasNumber
              && isStrongThroughout(symbols)) {
            words.add(
                new WordScore(
                    String.join("", symbols),
                    Math.log((double) occurrences.size() / minCount),
                    occurrences.size(),
                    cohesion(symbols),
                    entropy(occurrences.stream().map(Piece::before).toList()),
                    entropy(occurrences.stream().map(Piece::after).toList())));
          }
        });
    return words;
  }

  private boolean isStrongThroughout(List<String> piece) {
    for (int n = 3; n < STRONG.length; n++) {
      for (int i = 0; i + n <= piece.size(); i++) {
        if (!isStrong(piece.subList(i, i + n))) {
          return false;
        }
      }
    }
    return true;
  }

  private double cohesion(List<String> piece) {
    int n = Math.min(STRONG.length - 1, piece.size());
    double least = Double.MAX_VALUE;
    for (int i = 0; i + n <= piece.size(); i++) {
      List<String> gram = piece.subList(i, i + n);
      for (int k = 1; k < n; k++) {
        double parts = (double) counts.get(gram.subList(0, k)) * counts.get(gram.subList(k, n));
        least = Math.min(least, total * (double) counts.get(gram) / parts);
      }
    }
    return Math.log(least);
  }

  private static double entropy(List<String> neighbours) {
    var counts = new HashMap<String, Integer>();
    double all = neighbours.size();
    double entropy = 0;
    for (String neighbour : neighbours) {
      if (neighbour == null) {
        entropy += Math.log(all) / all;
      } else {
        counts.merge(neighbour, 1, Integer::sum);
      }
    }
    for (int count : counts.values()) {
      entropy += count / all * Math.log(all / count);
    }
    return entropy;
  }
}
