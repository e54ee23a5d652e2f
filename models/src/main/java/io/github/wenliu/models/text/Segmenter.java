package io.github.wenliu.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Cuts text into words: the most probable path [1] through all words that may stand in it.
 *
 * <p>Words come from three places: a lexicon, whose counts price them, alone or after the word
 * before ({@link WordPairs}); an extra lexicon of words learned since; and a model of what unlisted
 * words look like ({@link UnknownWords}). Numbers are tokens with their decimals, percent sign and
 * 万 or 亿 (3.5亿, 15:06, 50%); 年, 月 and 日 stand apart from them. Repeated dashes and dots are one
 * token; every other punctuation mark, web address, name and emoji is one of its own.
 *
 * <p>Deterministic: costs are integers, and of two paths of equal cost the one with the longer last
 * word wins. Immutable and safe to share between threads. O(symbols × longest word) time and
 * O(symbols) memory.
 *
 * <p>[1] Viterbi: Error bounds for convolutional codes, IEEE Trans. Inf. Theory 13, 1967.
 */
public final class Segmenter {
  /** Costs are in 1/1024 nat. */
  static final int NAT = 1024;

  private static final int RUN = SymbolKind.RUN.ordinal();
  private static final int PUNCTUATION = SymbolKind.PUNCTUATION.ordinal();
  private static final int NONE = -1;

  /** Digits between the commas of a long number. */
  private static final int THOUSAND = 3;

  private static final int NO_WORD = Integer.MAX_VALUE;

  /** A single character that no lexicon knows. */
  private static final int UNKNOWN = 16 * NAT;

  /** A run of Latin letters and digits that no lexicon knows. */
  private static final int UNKNOWN_RUN = 12 * NAT;

  /** What an extra word is cheaper than its own parts. */
  private static final int EXTRA_MARGIN = 2 * NAT;

  private final Lexicon base;

  /** Cost of the word that ends at a node of the base's trie, or {@link #NO_WORD}. */
  private final int[] costs;

  private final double logTotal;

  /** What unlisted words look like; null where nothing is known of them. */
  private final UnknownWords unknownWords;

  /** What words cost after others; null where nothing is known of that. */
  private final WordPairs pairs;

  /** A segmenter that knows the words of a lexicon and nothing else. */
  public Segmenter(Lexicon base) {
    this(base, null, null);
  }

  Segmenter(Lexicon base, UnknownWords unknownWords, WordPairs pairs) {
    this.unknownWords = unknownWords;
    this.pairs = pairs;
    this.base = Objects.requireNonNull(base, "base");
    this.logTotal = StrictMath.log(Math.max(1, base.total()));
    this.costs = new int[base.nodes()];
    for (int node = 0; node < costs.length; node++) {
      costs[node] = costOf(base.countAt(node));
    }
  }

  /** A segmenter over the shipped lexicon. */
  public static Segmenter base() {
    BaseLexicon.shipped();
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

  /** The symbols after each piece of the text, blanks among the pieces. */
  int[] cut(NormalizedText text) {
    var lattice = new Lattice(text, Lexicon.empty());
    return Arrays.copyOf(lattice.ends, lattice.cut());
  }

  /** The cost of the cheapest way to write a word with at least two others. */
  long costWithout(String word) {
    return new Lattice(NormalizedText.of(word), Lexicon.empty()).costOfParts();
  }

  private int costOf(long count) {
    return count == 0 ? NO_WORD : (int) Math.round((logTotal - StrictMath.log(count)) * NAT);
  }

  /** The cost of an extra word, given in its normalised form. */
  private int extraCost(String word, long count) {
    long parts = new Lattice(NormalizedText.of(word), Lexicon.empty()).cost();
    return (int) Math.max(1, Math.min(costOf(count), parts - EXTRA_MARGIN));
  }

  private static final class BaseHolder {
    static final Segmenter INSTANCE = BaseLexicon.shipped().segmenter();
  }

  /** The words seen in one text, and the search for the cheapest path through them. */
  private final class Lattice {
    private final NormalizedText text;
    private final byte[] kinds;
    private final int[] first;
    private final char[] normal;
    private final Lexicon extra;
    private final int[] extraCosts;
    private final WordStarts extraStarts;

    /** Newest entry that ends before symbol {@code i}, or {@link #NONE}. */
    private final int[] head;

    /** Cost of the cheapest path to symbol {@code i}, and the entry it ends with. */
    private final long[] bestAt;

    private final int[] entryAt;

    // An entry is a word at a place with the cheapest path that ends in it: the word's node in the
    // base's trie (0 for others), the path's cost, the entry before, the symbol after the word (its
    // complement for an extra word), and the next older entry that ends there.
    private int entries;
    private int[] entryNode;
    private long[] entryCost;
    private int[] entryBefore;
    private int[] entryEnd;
    private int[] entryNext;

    /** Where the pieces of the text end, in symbols. */
    private final int[] ends;

    Lattice(NormalizedText text, Lexicon extra) {
      this.text = text;
      this.kinds = text.kinds();
      this.first = text.firsts();
      this.normal = text.normal();
      this.extra = extra;
      this.extraCosts = extra.size() == 0 ? null : extra.extraCosts(Segmenter.this);
      this.extraStarts = extra.size() == 0 ? null : extra.starts();
      this.bestAt = new long[text.symbols() + 1];
      this.head = new int[text.symbols() + 1];
      this.entryAt = new int[text.symbols() + 1];
      int room = 16 + 4 * text.symbols();
      this.entryNode = new int[room];
      this.entryCost = new long[room];
      this.entryBefore = new int[room];
      this.entryEnd = new int[room];
      this.entryNext = new int[room];
      this.ends = new int[text.symbols() + 1];
    }

    List<Token> tokens() {
      int count = cut();
      var tokens = new ArrayList<Token>(count);
      int at = 0;
      for (int i = 0; i < count; i++) {
        int end = ends[i] < 0 ? ~ends[i] : ends[i];
        if (!text.kind(at).isBlank()) {
          tokens.add(token(at, end, ends[i] < 0));
        }
        at = end;
      }
      return tokens;
    }

    /**
     * Cuts the whole text, blanks included, and leaves in {@link #ends} where each piece ends; the
     * complement for an extra word.
     */
    int cut() {
      int symbols = text.symbols();
      int count = 0;
      int at = 0;
      while (at < symbols) {
        int number = numberEnd(at);
        if (number > at) {
          ends[count++] = number;
          at = number;
        } else if (kinds[at] > RUN) {
          at = breakEnd(at);
          ends[count++] = at;
        } else {
          int end = chunkEnd(at);
          search(at, end);
          count = collect(at, end, count);
          at = end;
        }
      }
      return count;
    }

    /** The cost of the cheapest path through a text that has no break in it. */
    long cost() {
      int end = text.symbols() == 0 ? 0 : chunkEnd(0);
      search(0, end);
      return bestAt[end];
    }

    /** The same, of at least two words. */
    long costOfParts() {
      int end = text.symbols();
      long parts = Long.MAX_VALUE;
      search(0, end - 1);
      for (int last = 1; last < end; last++) {
        parts = Math.min(parts, bestAt[last] + wordCost(last, end));
      }
      return parts;
    }

    private long wordCost(int from, int to) {
      int node = 0;
      for (int k = first[from]; k < first[to]; k++) {
        node = base.child(node, normal[k]);
        if (node == 0) {
          break;
        }
      }
      if (node != 0 && costs[node] != NO_WORD) {
        return costs[node];
      }
      return to == from + 1 ? UNKNOWN : Integer.MAX_VALUE;
    }

    private Token token(int from, int to, boolean isExtra) {
      return new Token(
          text.start(from), text.start(to), text.startUtf16(from), text.startUtf16(to), isExtra);
    }

    /** Repeated dashes and dots are one token, as in —— and ……. */
    private int breakEnd(int at) {
      int end = at + 1;
      char c = kinds[at] == PUNCTUATION ? normal[first[at]] : ' ';
      if (c == '—' || c == '─' || c == '-' || c == '.') {
        while (end < text.symbols() && kinds[end] == PUNCTUATION && normal[first[end]] == c) {
          end++;
        }
      }
      return end;
    }

    private int chunkEnd(int at) {
      int end = at;
      do {
        end++;
      } while (end < text.symbols() && kinds[end] <= RUN && numberEnd(end) == 0);
      return end;
    }

    /** The end of a number that the symbols write as one token (3.5, 15:06, 50%, 20万), or 0. */
    private int numberEnd(int at) {
      if (kinds[at] != RUN || !isNumber(at)) {
        return 0;
      }
      int end = at + 1;
      while (end + 1 < text.symbols()
          && kinds[end] == PUNCTUATION
          && kinds[end + 1] == RUN
          && isNumber(end + 1)
          && (isOneOf(end, ".:·/")
              || isOneOf(end, ",") && first[end + 2] - first[end + 1] == THOUSAND)) {
        end += 2;
      }
      if (end < text.symbols()
          && (kinds[end] == PUNCTUATION ? isOneOf(end, "%‰") : isOneOf(end, "万亿"))) {
        end++;
      }
      return end > at + 1 ? end : 0;
    }

    private boolean isNumber(int symbol) {
      for (int k = first[symbol]; k < first[symbol + 1]; k++) {
        if (normal[k] < '0' || normal[k] > '9') {
          return false;
        }
      }
      return true;
    }

    private boolean isOneOf(int symbol, String characters) {
      return first[symbol + 1] == first[symbol] + 1
          && characters.indexOf(normal[first[symbol]]) >= 0;
    }

    private void search(int from, int to) {
      Arrays.fill(head, from, to + 1, NONE);
      entries = 0;
      enter(0, from, 0, NONE, false);
      for (int i = from; i < to; i++) {
        settle(i);
        relax(i, i + 1, kinds[i] == RUN ? UNKNOWN_RUN : UNKNOWN, 0, false);
        walk(i, to, base, false);
        if (unknownWords != null) {
          invent(i, to);
        }
        if (extraCosts != null && extraStarts.maySpan(normal, first[i], first[to])) {
          walk(i, to, extra, true);
        }
      }
      settle(to);
    }

    /** Finds the cheapest entry that ends before symbol {@code i}, for what follows no pair. */
    private void settle(int i) {
      long best = Long.MAX_VALUE;
      int entry = NONE;
      for (int e = head[i]; e != NONE; e = entryNext[e]) {
        long cost = cost(e);
        if (cost <= best) {
          best = cost;
          entry = e;
        }
      }
      bestAt[i] = best;
      entryAt[i] = entry;
    }

    private long cost(int entry) {
      int other = pairs == null ? 0 : pairs.other(entryNode[entry]);
      return entryCost[entry] + Math.max(0, other);
    }

    /** Enters a word, after whichever word before makes it cheapest. */
    private void relax(int from, int to, int cost, int node, boolean isExtra) {
      long through = bestAt[from] + cost;
      int before = entryAt[from];
      if (node != 0 && pairs != null) {
        for (int e = head[from]; e != NONE; e = entryNext[e]) {
          int left = entryNode[e];
          if (pairs.other(left) >= 0) {
            int pair = pairs.cost(left, node);
            if (pair != WordPairs.NONE && entryCost[e] + pair < through) {
              through = entryCost[e] + pair;
              before = e;
            }
          }
        }
      }
      enter(through, to, node, before, isExtra);
    }

    private void enter(long cost, int end, int node, int before, boolean isExtra) {
      if (entries == entryNode.length) {
        int room = entries * 2;
        entryNode = Arrays.copyOf(entryNode, room);
        entryCost = Arrays.copyOf(entryCost, room);
        entryBefore = Arrays.copyOf(entryBefore, room);
        entryEnd = Arrays.copyOf(entryEnd, room);
        entryNext = Arrays.copyOf(entryNext, room);
      }
      entryNode[entries] = node;
      entryCost[entries] = cost;
      entryBefore[entries] = before;
      entryEnd[entries] = isExtra ? ~end : end;
      entryNext[entries] = head[end];
      head[end] = entries++;
    }

    private void walk(int from, int to, Lexicon lexicon, boolean isExtra) {
      int node = 0;
      for (int i = from; i < to; i++) {
        for (int k = first[i]; k < first[i + 1]; k++) {
          node = lexicon.child(node, normal[k]);
          if (node == 0) {
            return;
          }
        }
        if (isExtra && extra.countAt(node) > 0) {
          relax(from, i + 1, priced(node, from, i + 1), 0, true);
        } else if (!isExtra && costs[node] != NO_WORD) {
          relax(from, i + 1, costs[node], node, false);
        }
      }
    }

    /** Extra words are priced when they are first met; threads that meet one together agree. */
    private int priced(int node, int from, int to) {
      int cost = extraCosts[node];
      if (cost == 0) {
        cost = extraCost(text.normalized(from, to), extra.countAt(node));
        extraCosts[node] = cost;
      }
      return cost;
    }

    /** Unlisted words of Han characters that start at a symbol. */
    private void invent(int from, int to) {
      char c = han(from);
      if (c == 0) {
        return;
      }
      int cost = unknownWords.cost(c, UnknownWords.FIRST);
      int limit = Math.min(to, from + UnknownWords.LONGEST);
      for (int i = from + 1; i < limit; i++) {
        c = han(i);
        if (c == 0) {
          return;
        }
        int whole =
            cost + unknownWords.cost(c, UnknownWords.LAST) + unknownWords.cost(i + 1 - from);
        relax(from, i + 1, whole, 0, false);
        cost += unknownWords.cost(c, UnknownWords.INSIDE);
      }
    }

    /** The one Han character of a symbol, or 0. */
    private char han(int symbol) {
      char c = normal[first[symbol]];
      return UnknownWords.covers(c) && first[symbol + 1] == first[symbol] + 1 ? c : 0;
    }

    private int collect(int from, int to, int count) {
      int words = 0;
      for (int e = entryAt[to]; entryBefore[e] != NONE; e = entryBefore[e]) {
        words++;
      }
      int at = count + words;
      for (int e = entryAt[to]; entryBefore[e] != NONE; e = entryBefore[e]) {
        ends[--at] = entryEnd[e];
      }
      return count + words;
    }
  }
}
