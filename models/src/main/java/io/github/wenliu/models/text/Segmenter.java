package io.github.wenliu.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Cuts text into words: the most probable path through all words that a lexicon sees in it.
 *
 * <p>Deterministic: costs are integers, and of two paths of equal cost the one with the longer last
 * word wins. Immutable and safe to share between threads. O(symbols × longest word) time.
 */
public final class Segmenter {
  /** Costs are in 1/1024 nat. */
  static final int NAT = 1024;

  private static final int NO_WORD = Integer.MAX_VALUE;

  /** A single character that no lexicon knows. */
  private static final int UNKNOWN = 16 * NAT;

  /** A run of Latin letters and digits that no lexicon knows. */
  private static final int UNKNOWN_RUN = 12 * NAT;

  /** What an extra word is cheaper than its own parts. */
  private static final int EXTRA_MARGIN = NAT / 2;

  private final Lexicon base;

  /** Cost of the word that ends at a node of the base's trie, or {@link #NO_WORD}. */
  private final int[] costs;

  private final double logTotal;

  public Segmenter(Lexicon base) {
    this.base = Objects.requireNonNull(base, "base");
    this.logTotal = StrictMath.log(Math.max(1, base.total()));
    this.costs = new int[base.nodes()];
    for (int node = 0; node < costs.length; node++) {
      costs[node] = costOf(base.countAt(node));
    }
  }

  /** A segmenter over the shipped lexicon. */
  public static Segmenter base() {
    return BaseHolder.INSTANCE;
  }

  public Lexicon lexicon() {
    return base;
  }

  public List<Token> segment(String text) {
    return segment(text, Lexicon.empty());
  }

  /**
   * @param extra words known beside the base, such as those a stream discovered; a word of the base
   *     may be among them. Each is at least a little cheaper than the words it would otherwise be
   *     cut into.
   * @return tokens in order, which together cover all but white space and control characters
   */
  public List<Token> segment(String text, Lexicon extra) {
    return segment(NormalizedText.of(text), extra);
  }

  public List<Token> segment(NormalizedText text, Lexicon extra) {
    return new Lattice(text, extra).tokens();
  }

  private int costOf(long count) {
    return count == 0 ? NO_WORD : (int) Math.round((logTotal - StrictMath.log(count)) * NAT);
  }

  /** Costs of an extra lexicon's words, by node. */
  int[] costsOfExtra(Lexicon extra) {
    int[] result = new int[extra.nodes()];
    Arrays.fill(result, NO_WORD);
    extra.forEach(
        (word, count) -> {
          int node = 0;
          for (int i = 0; i < word.length(); i++) {
            node = extra.child(node, word.charAt(i));
          }
          long parts = new Lattice(NormalizedText.of(word), Lexicon.empty()).cost();
          result[node] = (int) Math.max(1, Math.min(costOf(count), parts - EXTRA_MARGIN));
        });
    return result;
  }

  private static final class BaseHolder {
    static final Segmenter INSTANCE = new Segmenter(Lexicon.base());
  }

  /** The words seen in one text, and the search for the cheapest path through them. */
  private final class Lattice {
    private final NormalizedText text;
    private final byte[] kinds;
    private final int[] first;
    private final char[] normal;
    private final Lexicon extra;
    private final int[] extraCosts;

    /** Cost of the cheapest path that ends before symbol {@code i}. */
    private final long[] best;

    /** Where that path's last word starts; the complement of it for an extra word. */
    private final int[] back;

    Lattice(NormalizedText text, Lexicon extra) {
      this.text = text;
      this.kinds = text.kinds();
      this.first = text.firsts();
      this.normal = text.normal();
      this.extra = extra;
      this.extraCosts = extra.size() == 0 ? null : extra.extraCosts(Segmenter.this);
      this.best = new long[text.symbols() + 1];
      this.back = new int[text.symbols() + 1];
    }

    List<Token> tokens() {
      int symbols = text.symbols();
      var tokens = new ArrayList<Token>(symbols / 2 + 2);
      int at = 0;
      while (at < symbols) {
        if (kinds[at] > 1) {
          int end = breakEnd(at);
          if (!text.kind(at).isBlank()) {
            tokens.add(token(at, end, false));
          }
          at = end;
        } else {
          int end = chunkEnd(at);
          search(at, end);
          collect(at, end, tokens);
          at = end;
        }
      }
      return tokens;
    }

    /** The cost of the cheapest path through a text that has no break in it. */
    long cost() {
      int end = text.symbols() == 0 ? 0 : chunkEnd(0);
      search(0, end);
      return best[end];
    }

    private Token token(int from, int to, boolean isExtra) {
      return new Token(
          text.start(from), text.start(to), text.startUtf16(from), text.startUtf16(to), isExtra);
    }

    /** Repeated dashes and dots are one token, as in —— and ……. */
    private int breakEnd(int at) {
      int end = at + 1;
      char c = kinds[at] == 2 ? normal[first[at]] : ' ';
      if (c == '—' || c == '─' || c == '-' || c == '.') {
        while (end < text.symbols() && kinds[end] == 2 && normal[first[end]] == c) {
          end++;
        }
      }
      return end;
    }

    private int chunkEnd(int at) {
      int end = at;
      while (end < text.symbols() && kinds[end] <= 1) {
        end++;
      }
      return end;
    }

    private void search(int from, int to) {
      Arrays.fill(best, from + 1, to + 1, Long.MAX_VALUE);
      best[from] = 0;
      for (int i = from; i < to; i++) {
        relax(i, i + 1, kinds[i] == 1 ? UNKNOWN_RUN : UNKNOWN, false);
        walk(i, to, base, costs, false);
        if (extraCosts != null) {
          walk(i, to, extra, extraCosts, true);
        }
      }
    }

    private void walk(int from, int to, Lexicon lexicon, int[] wordCosts, boolean isExtra) {
      int node = 0;
      for (int i = from; i < to; i++) {
        for (int k = first[i]; k < first[i + 1]; k++) {
          node = lexicon.child(node, normal[k]);
          if (node == 0) {
            return;
          }
        }
        if (wordCosts[node] != NO_WORD) {
          relax(from, i + 1, wordCosts[node], isExtra);
        }
      }
    }

    private void relax(int from, int to, int cost, boolean isExtra) {
      long through = best[from] + cost;
      if (through < best[to]) {
        best[to] = through;
        back[to] = isExtra ? ~from : from;
      }
    }

    private void collect(int from, int to, List<Token> tokens) {
      int count = 0;
      for (int end = to; end > from; end = back[end] < 0 ? ~back[end] : back[end]) {
        count++;
      }
      int at = tokens.size() + count;
      int size = tokens.size();
      for (int i = 0; i < count; i++) {
        tokens.add(null);
      }
      int end = to;
      while (at > size) {
        boolean isExtra = back[end] < 0;
        int start = isExtra ? ~back[end] : back[end];
        tokens.set(--at, token(start, end, isExtra));
        end = start;
      }
    }
  }
}
