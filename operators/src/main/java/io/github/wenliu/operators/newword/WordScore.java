package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.CodePointOrder;

/**
 * A candidate with what the scorer made of its statistics.
 *
 * @param word in its normalised form, Latin letters as they were written
 * @param score at least 0 for a word; see {@link WordScorer}
 * @param count occurrences
 * @param cohesion logarithm of the smallest ratio, over all ways to split the word in two, between
 *     its probability and that of its parts by chance; in nats
 * @param leftEntropy entropy of what stands before it, in nats
 * @param rightEntropy entropy of what stands after it, in nats
 */
public record WordScore(
    String word,
    double score,
    long count,
    double cohesion,
    double leftEntropy,
    double rightEntropy) {

  /** Best first: by score, then count, then in the order of code points. */
  public static int compareBestFirst(WordScore a, WordScore b) {
    int order = Double.compare(b.score, a.score);
    if (order == 0) {
      order = Long.compare(b.count, a.count);
    }
    return order == 0 ? CodePointOrder.compare(a.word, b.word) : order;
  }
}
