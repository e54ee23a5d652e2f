package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the words of a corpus by the rule that began it all [1] [2], counted exactly: "rather let
 * one go than cut a wrong one".
 *
 * <ol>
 *   <li>An n-gram of two to four symbols is strong if it is frequent and the smallest of {@code N ·
 *       c(ab) / (c(a) · c(b))} over all ways to split it exceeds 5, 25 or 125. {@code N} counts all
 *       symbols.
 *   <li>The text is cut at each gap that no strong n-gram covers. What is left in pieces is
 *       counted; a piece may be longer than four symbols.
 *   <li>A frequent piece of two or more symbols is a word, but one of three or more only if all
 *       n-grams of three and four symbols in it are strong: strong 各项 and 项目 leave the piece 各项目,
 *       which is none.
 * </ol>
 *
 * <p>The rule knows no degrees: everything it lists is a word, ranked by {@code ln(c / minCount)}
 * of its pieces, so that the score of each is at least 0. Counts and entropies are those of the
 * pieces, not of all occurrences in the text. The cohesion of a word of more than four symbols is
 * the smallest of its stretches of four. As with {@link NewWordDiscoverer}, a word has a Han
 * character and no number.
 *
 * <p>Against the published scripts: those count n-grams over blanks, and apply the least count to
 * n-grams of four before they make up the shorter ones from them, which distorts all ratios [2];
 * here a Latin run is one symbol, and N is not lowered by what is rare.
 *
 * <p>The result is a function of the texts, whatever their order. O(symbols) time, a few passes.
 * Memory: 4 bytes a symbol while texts are added; 4 more, and 20 to 40 for each distinct pair of
 * frequent symbols, triple or quadruple of frequent parts, and beginning of a piece, while words
 * are made: about 40 bytes a symbol in all. At most 2 billion symbols. Not thread-safe.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256. [2] Su Jianlin, kexue.fm 6920.
 */
public final class SeedDiscoverer implements WordDiscoverer {

  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final int minCount;
  private final SymbolCodes codes = new SymbolCodes();
  private final RunNames runs = new RunNames();

  /** All texts one after the other, {@link SymbolCodes#BREAK} after each. */
  private int[] text = new int[1 << 10];

  private int length;

  /** Occurrences of each symbol, by its code. */
  private int[] symbolCounts = new int[1 << 16];

  private long symbols;

  /**
   * @param minCount occurrences of the rarest word
   */
  public SeedDiscoverer(int minCount) {
    if (minCount < 2) {
      throw new IllegalArgumentException("minCount is " + minCount + ", must be at least 2");
    }
    this.minCount = minCount;
  }

  @Override
  public int add(String document) {
    codes.read(NormalizedText.of(document));
    int end = codes.length();
    makeRoom(end + 1);
    for (int i = 0; i < end; i++) {
      int code = codes.code(i);
      if (code >= SymbolCodes.FIRST_RUN) {
        code = runs.code(codes.run(code));
      }
      text[length++] = code;
      if (code != SymbolCodes.BREAK) {
        count(code);
      }
    }
    text[length++] = SymbolCodes.BREAK;
    symbols += codes.symbols();
    return codes.symbols();
  }

  @Override
  public long symbols() {
    return symbols;
  }

  @Override
  public List<WordScore> words() {
    var grams = new SeedGrams(text, length, symbolCounts, minCount);
    var pieces = new Pieces(grams);
    pieces.forEach(pieces::count);
    pieces.choose();
    pieces.forEach(pieces::look);
    var words = pieces.words();
    words.sort(WordScore::compareBestFirst);
    return words;
  }

  private void makeRoom(int more) {
    if (more > MAX_LENGTH - length) {
      throw new IllegalStateException("more than " + MAX_LENGTH + " symbols");
    }
    if (length + more > text.length) {
      long room = Math.max(length + (long) more, text.length + (long) text.length / 2);
      text = Arrays.copyOf(text, (int) Math.min(room, MAX_LENGTH));
    }
  }

  private void count(int code) {
    if (code >= symbolCounts.length) {
      symbolCounts = Arrays.copyOf(symbolCounts, Math.max(code + 1, 2 * symbolCounts.length));
    }
    symbolCounts[code]++;
  }

  /** Takes the pieces of the text that have more than one symbol. */
  private interface PieceConsumer {

    /**
     * @param from place of its first symbol
     * @param to place after its last
     */
    void piece(int from, int to);
  }

  /** What the text falls into when it is cut. */
  private final class Pieces {

    /** What the first symbol of a piece follows. */
    private static final int ROOT = PairCounts.NONE;

    private final SeedGrams grams;

    /**
     * Pieces, symbol by symbol: a pair is what came before and a symbol. At the end of a piece
     * stands a {@link SymbolCodes#BREAK}, so the pair that it closes counts the piece.
     */
    private final PairCounts counts = new PairCounts();

    /** Those of the counts that are words. */
    private final BitSet chosen = new BitSet();

    /** A word and the symbol before one of its pieces. */
    private final PairCounts before = new PairCounts();

    /** A word and the symbol after one of its pieces. */
    private final PairCounts after = new PairCounts();

    Pieces(SeedGrams grams) {
      this.grams = grams;
    }

    void forEach(PieceConsumer consumer) {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (i > from && !grams.isClosed(i)) {
          if (i > from + 1) {
            consumer.piece(from, i);
          }
          from = i;
        }
      }
    }

    void count(int from, int to) {
      int piece = ROOT;
      for (int i = from; i < to; i++) {
        piece = counts.add(piece, text[i]);
      }
      counts.add(piece, SymbolCodes.BREAK);
    }

    /** Finds the words among what was counted. */
    void choose() {
      for (int number = 0; number < counts.size(); number++) {
        if (counts.second(number) == SymbolCodes.BREAK && counts.count(number) >= minCount) {
          int[] piece = symbols(number);
          chosen.set(
              number, runs.mayBeWord(piece, piece.length) && grams.isStrongThroughout(piece));
        }
      }
    }

    /** Counts what stands beside a piece, if it is a word. */
    void look(int from, int to) {
      int piece = ROOT;
      for (int i = from; i < to; i++) {
        piece = counts.find(piece, text[i]);
      }
      int number = counts.find(piece, SymbolCodes.BREAK);
      if (chosen.get(number)) {
        before.add(number, from == 0 ? SymbolCodes.BREAK : text[from - 1]);
        after.add(number, text[to]);
      }
    }

    List<WordScore> words() {
      long[] left = sums(before);
      long[] right = sums(after);
      var words = new ArrayList<WordScore>();
      for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
        int[] piece = symbols(i);
        var word = new StringBuilder();
        for (int symbol : piece) {
          var run = runs.name(symbol);
          if (run == null) {
            word.appendCodePoint(symbol);
          } else {
            word.append(run);
          }
        }
        int count = counts.count(i);
        double logCount = StrictMath.log(count);
        words.add(
            new WordScore(
                word.toString(),
                StrictMath.log((double) count / minCount),
                count,
                grams.cohesion(piece),
                Phi.entropy(count, logCount, left[i]),
                Phi.entropy(count, logCount, right[i])));
      }
      return words;
    }

    /** The sums of phi over the neighbours of each word; breaks are neighbours of their own. */
    private long[] sums(PairCounts neighbours) {
      long[] sums = new long[chosen.length()];
      for (int i = 0; i < neighbours.size(); i++) {
        if (neighbours.second(i) != SymbolCodes.BREAK) {
          sums[neighbours.first(i)] += Phi.of(neighbours.count(i));
        }
      }
      return sums;
    }

    /** The symbols of a piece, by the number of the pair that closes it. */
    private int[] symbols(int number) {
      int size = 0;
      for (int at = counts.first(number); at != ROOT; at = counts.first(at)) {
        size++;
      }
      int[] symbols = new int[size];
      for (int at = counts.first(number); at != ROOT; at = counts.first(at)) {
        symbols[--size] = counts.second(at);
      }
      return symbols;
    }
  }
}
