package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Scores candidates from their counts alone: how much more often the symbols stand together than by
 * chance, how freely the candidate is combined on either side, and how much of it belongs to a
 * longer one.
 *
 * <p>With {@code N} symbols in all, {@code c(w)} occurrences of a candidate, {@code HL} and {@code
 * HR} the entropies of what stands before and after it, {@code m} the count of its most frequent
 * extension by one symbol and
 *
 * <pre>cohesion(w) = min over w = ab of ln(N · c(w) / (c(a) · c(b)))   [1]</pre>
 *
 * the score is a linear function of {@code ln c, cohesion, HL, HR, HL / ln c, HR / ln c, min H,
 * ln(m/c + 0.01)}, the length, and {@code min H · cohesion}. An entropy relative to the largest
 * that so many occurrences permit ({@code H / ln c}) says most: it does not reward what is merely
 * frequent [2]. From 0 on a candidate is a word.
 *
 * <p>The weights were fitted by logistic regression on the training part of the SXU corpus, at
 * 2,000, 6,000 and 17,053 sentences so that they hold for small and large corpora alike: the score
 * is weakly supervised, by one corpus's idea of a word. Logarithms are StrictMath's, so that every
 * machine gets the same bits.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256 and 6920. [2] Magistry and Sagot: Unsupervized word
 * segmentation: the case for Mandarin Chinese, ACL 2012.
 */
public final class WordScorer {

  /** Names the weights; it stands in every output event. */
  public static final String VERSION = "count-1";

  private static final double BIAS = -10.551;
  private static final double LOG_COUNT = 0.939;
  private static final double COHESION = 0.534;
  private static final double LEFT = -1.019;
  private static final double RIGHT = -1.159;
  private static final double LEFT_SHARE = 3.196;
  private static final double RIGHT_SHARE = 3.916;
  private static final double LEAST = 1.819;
  private static final double LONGER = 1.433;
  private static final double[] LENGTH = {0, 0, 2.501, -0.277, -3.236, -4.420};
  private static final double LEAST_COHESION = 0.282;
  private static final double LONGER_FLOOR = 0.01;

  /**
   * A scored candidate.
   *
   * @param score its score
   * @param longer the longer candidate that holds almost all of its occurrences, or {@code null}
   */
  record Candidate(WordScore score, String longer) {}

  private WordScorer() {}

  /**
   * Scores the candidates of a bucket.
   *
   * @param forward facts of the forward direction
   * @param backward facts of the backward direction, of the same candidates
   * @param total occurrences of all symbols
   * @throws IllegalStateException if the directions do not agree: they count the same texts
   */
  static List<Candidate> score(List<byte[]> forward, List<byte[]> backward, long total) {
    var characters = new StringBuilder();
    var byWord = new HashMap<String, CandidateFacts.Entry>();
    for (byte[] facts : forward) {
      var in = new PackedReader(facts, new RunNames());
      while (!in.isAtEnd()) {
        var entry = CandidateFacts.Entry.read(in, characters);
        byWord.put(entry.word, entry);
      }
    }
    var scored = new ArrayList<Candidate>(byWord.size());
    for (byte[] facts : backward) {
      var in = new PackedReader(facts, new RunNames());
      while (!in.isAtEnd()) {
        var right = CandidateFacts.Entry.read(in, characters);
        var left = byWord.get(right.word);
        if (left == null || left.count != right.count) {
          throw new IllegalStateException(
              "an n-gram of "
                  + right.length
                  + " symbols has "
                  + right.count
                  + " occurrences read backwards and "
                  + (left == null ? "fewer" : left.count)
                  + " read forwards");
        }
        scored.add(score(left, right, total));
      }
    }
    if (scored.size() != byWord.size()) {
      throw new IllegalStateException(
          byWord.size() + " candidates read forwards, " + scored.size() + " read backwards");
    }
    return scored;
  }

  private static Candidate score(
      CandidateFacts.Entry ahead, CandidateFacts.Entry behind, long total) {
    double least = Double.MAX_VALUE;
    for (int k = 1; k < ahead.length; k++) {
      double parts = (double) ahead.parts[k] * behind.parts[ahead.length - k];
      least = Math.min(least, (double) total * ahead.count / parts);
    }
    double logCount = StrictMath.log(ahead.count);
    double cohesion = StrictMath.log(least);
    double left = Phi.entropy(ahead.count, logCount, behind.sum);
    double right = Phi.entropy(ahead.count, logCount, ahead.sum);
    double most = Math.max(ahead.most, behind.most);
    double score = score(ahead.length, ahead.count, logCount, cohesion, left, right, most);
    var word = new WordScore(ahead.word, score, ahead.count, cohesion, left, right);
    return new Candidate(word, longer(ahead, behind));
  }

  private static double score(
      int length,
      long count,
      double logCount,
      double cohesion,
      double left,
      double right,
      double most) {
    double freedom = Math.min(left, right);
    return BIAS
        + LOG_COUNT * logCount
        + COHESION * cohesion
        + LEFT * left
        + RIGHT * right
        + LEFT_SHARE * left / logCount
        + RIGHT_SHARE * right / logCount
        + LEAST * freedom
        + LONGER * StrictMath.log(most / count + LONGER_FLOOR)
        + LENGTH[length]
        + LEAST_COHESION * freedom * cohesion;
  }

  /** The extension that holds almost all occurrences; of two, the more frequent one. */
  private static String longer(CandidateFacts.Entry ahead, CandidateFacts.Entry behind) {
    if (ahead.length == Ngrams.MAX_WORD) {
      return null;
    }
    if (ahead.mostSymbol != null && (behind.mostSymbol == null || ahead.most >= behind.most)) {
      return ahead.word + ahead.mostSymbol;
    }
    return behind.mostSymbol == null ? null : behind.mostSymbol + ahead.word;
  }
}
