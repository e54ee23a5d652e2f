package io.github.wenliu.models.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text by the counts of a lexicon and nothing else: the most probable path, where a word has
 * the probability of its share of all counts, and a single symbol that is no word counts once. What
 * a list of words is worth shows in how well a text is cut with it; {@link Segmenter}, which knows
 * more than the list, would hide that.
 *
 * <p>This is how jieba [1] uses a dictionary without its hidden Markov model. Of two paths of equal
 * cost the one with the longer first word wins. O(symbols × longest word). Immutable.
 *
 * <p>[1] github.com/fxsjy/jieba.
 */
public final class UnigramSegmenter {
  private final Lexicon lexicon;
  private final double logTotal;

  public UnigramSegmenter(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.logTotal = StrictMath.log(Math.max(1, lexicon.total()));
  }

  /** Tokens in order, which together cover all but white space and control characters. */
  public List<Token> segment(String text) {
    var symbols = NormalizedText.of(text);
    int[] ends = cheapest(symbols);
    var tokens = new ArrayList<Token>();
    for (int i = 0; i < symbols.symbols(); i = ends[i]) {
      if (!symbols.kind(i).isBlank()) {
        int last = ends[i] - 1;
        tokens.add(
            new Token(
                symbols.start(i),
                symbols.end(last),
                symbols.startUtf16(i),
                symbols.endUtf16(last),
                false));
      }
    }
    return tokens;
  }

  /** Where the word ends that begins at each symbol, on the cheapest path from there. */
  private int[] cheapest(NormalizedText text) {
    int symbols = text.symbols();
    int[] ends = new int[symbols];
    double[] costs = new double[symbols + 1];
    for (int i = symbols - 1; i >= 0; i--) {
      ends[i] = i + 1;
      costs[i] = Double.POSITIVE_INFINITY;
      int node = 0;
      for (int end = i + 1; end <= symbols && (end == i + 1 || node != 0); end++) {
        node = text.kind(end - 1).isBreak() ? 0 : after(node, text, end - 1);
        long count = node == 0 ? 0 : lexicon.countAt(node);
        if (count > 0 || end == i + 1) {
          double cost = logTotal - StrictMath.log(Math.max(1, count)) + costs[end];
          if (cost <= costs[i]) {
            costs[i] = cost;
            ends[i] = end;
          }
        }
      }
    }
    return ends;
  }

  /** The node after one more symbol, 0 where no word goes on like this. */
  private int after(int node, NormalizedText text, int symbol) {
    char[] normal = text.normal();
    int at = node;
    for (int k = text.first(symbol); k < text.first(symbol + 1); k++) {
      at = lexicon.child(at, normal[k]);
      if (at == 0) {
        return 0;
      }
    }
    return at;
  }
}
