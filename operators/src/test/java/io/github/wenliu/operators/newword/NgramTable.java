package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What is to be known of each candidate, as lines, counted in a table of all n-grams. */
final class NgramTable {

  /** The last epoch of the windows that are generated; the first is 0. */
  static final int LAST_EPOCH = 6;

  /** What a symbol counts as whose count is not known. */
  private static final int LEAST = 3;

  private NgramTable() {}

  /** Generates windows of a few symbols, so that many begin alike. */
  static Arbitrary<List<Window>> windows() {
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

  /** What a trie says of each candidate. */
  static Map<String, String> of(NgramTrie trie, int minCount) {
    var candidates = new TreeMap<String, String>();
    trie.scan(
        minCount,
        logs(),
        (symbol, count) -> {},
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
                  extensions.chance,
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
      long chance,
      List<Long> parts) {
    return "%d: %d %d %d %d %d %d %s"
        .formatted(count, sum, most, different, once, occurrences, chance, parts);
  }

  /** The counts in what was said. */
  static Map<String, Long> counts(Map<String, String> candidates) {
    var counts = new HashMap<String, Long>();
    candidates.forEach(
        (ngram, said) -> counts.put(ngram, Long.valueOf(said.substring(0, said.indexOf(':')))));
    return counts;
  }

  /** What a trie of these windows should say. */
  static Map<String, String> of(List<Window> windows, int minCount) {
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
                .add(0, count, log(ngram.get(ngram.size() - 1))));
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
                said(
                    count,
                    of.sum,
                    of.most,
                    of.different,
                    of.once,
                    of.occurrences,
                    of.chance,
                    parts));
          }
        });
    return table;
  }

  /** What a trie says of the pairs that begin with each symbol, if any of them is repeated. */
  static Map<String, Long> pairs(NgramTrie trie, int minCount) {
    var sums = new TreeMap<String, Long>();
    trie.scan(
        minCount,
        logs(),
        (symbol, count) -> {
          if (count > 1) {
            sums.merge(Window.shown(symbol, trie.runs()), Phi.of(count), Long::sum);
          }
        },
        (symbols, length, count, extensions, parts) -> {});
    return sums;
  }

  /** What a trie of these windows should say. */
  static Map<String, Long> pairs(List<Window> windows) {
    var counts = new HashMap<List<String>, Long>();
    windows.forEach(window -> counts.merge(window.symbols().subList(0, 2), 1L, Long::sum));
    var sums = new TreeMap<String, Long>();
    counts.forEach(
        (pair, count) -> {
          if (count > 1) {
            sums.merge(pair.get(0), Phi.of(count), Long::sum);
          }
        });
    return sums;
  }

  /** A symbol occurs as often as its characters say. */
  private static long occurrences(String symbol) {
    return 5 + symbol.codePointAt(0) % 100 + 10 * symbol.length();
  }

  private static long log(String symbol) {
    return Phi.log(symbol.equals("7") ? LEAST : occurrences(symbol));
  }

  /** The logarithms of some symbols' counts; of a number there is none. */
  static SymbolLogs logs() {
    var packed = new PackedWriter();
    for (String symbol : List.of("甲", "乙", "丙", "𠮷", "𪚥", "の", "BA", "5G", "Ba", "BAs")) {
      boolean isRun = Window.isRun(symbol);
      packed.writeSymbol(
          isRun ? SymbolCodes.FIRST_RUN : symbol.codePointAt(0), isRun ? symbol : null);
      packed.writeCount(occurrences(symbol));
      packed.writeCount(0);
      packed.writeCount(0);
    }
    var counts = new SymbolCounts();
    counts.add(packed.toByteArray());
    return new SymbolLogs(LEAST, counts);
  }

  private static boolean mayBeWord(List<String> ngram) {
    return !ngram.contains("7")
        && ngram.stream().anyMatch(symbol -> Ngrams.isHan(symbol.codePointAt(0)));
  }
}
