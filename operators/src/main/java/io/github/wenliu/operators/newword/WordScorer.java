package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Scores candidates from counts alone: how much more often the symbols stand together than by
 * chance, how freely the candidate is combined on either side, how much of it belongs to a longer
 * one, how often it stands at an edge, how its first and last symbol behave elsewhere. With {@code
 * N} symbols in all and {@code c(w)} occurrences of a candidate,
 *
 * <pre>cohesion(w) = min over w = ab of ln(N · c(w) / (c(a) · c(b)))   [1]</pre>
 *
 * An entropy relative to the largest that so many occurrences permit says more than the entropy: it
 * does not reward what is merely frequent [2]. All that is asked is in {@link WordFeature}; a small
 * {@link WordNetwork} makes of it the log-odds of a word. In texts larger than the weights were
 * fitted on, a little is taken away ({@link WordFeatures#beyondTaught}). From 0 on a candidate is a
 * word.
 *
 * <p>The weights were fitted on the training part of the SXU corpus, at 600, 2,000, 6,000 and
 * 17,053 sentences so that they hold for small and large corpora alike: the score is weakly
 * supervised, by one corpus's idea of a word. The command that makes them is in {@code
 * docs/algorithms.md}. Logarithms are StrictMath's, so that every machine gets the same bits.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256 and 6920. [2] Magistry and Sagot: Unsupervized word
 * segmentation: the case for Mandarin Chinese, ACL 2012.
 */
public final class WordScorer {

  /** Names the weights; it stands in every output event. */
  public static final String VERSION = "count-4";

  private static final WordNetwork NETWORK = WordNetwork.resource("count-4.tsv");

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
   * @param features of the version
   * @param exact whether the directions have forgotten nothing. If they have, their counts are
   *     lower bounds, of which the larger is used, and what one of them does not know is no
   *     candidate
   * @throws IllegalStateException if the directions are exact and do not agree: they count the same
   *     texts
   */
  static List<Candidate> score(
      List<byte[]> forward, List<byte[]> backward, WordFeatures features, boolean exact) {
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
        if (exact && (left == null || left.count != right.count)) {
          throw new IllegalStateException(
              "an n-gram of "
                  + right.length
                  + " symbols has "
                  + right.count
                  + " occurrences read backwards and "
                  + (left == null ? "fewer" : left.count)
                  + " read forwards");
        }
        if (exact && !features.hasPairs(left)) {
          throw new IllegalStateException("the pairs of a symbol that candidates have are missing");
        }
        if (left != null) {
          scored.add(score(left, right, features));
        }
      }
    }
    if (exact && scored.size() != byWord.size()) {
      throw new IllegalStateException(
          byWord.size() + " candidates read forwards, " + scored.size() + " read backwards");
    }
    return scored;
  }

  private static Candidate score(
      CandidateFacts.Entry ahead, CandidateFacts.Entry behind, WordFeatures features) {
    features.read(ahead, behind);
    var word =
        new WordScore(
            ahead.word,
            NETWORK.score(features.values()) - features.beyondTaught(),
            Math.max(ahead.count, behind.count),
            features.get(WordFeature.LEAST_SPLIT),
            features.get(WordFeature.LEFT_ENTROPY),
            features.get(WordFeature.RIGHT_ENTROPY));
    return new Candidate(word, longer(ahead, behind));
  }

  /** The extension that holds almost all occurrences; of two, the more frequent one. */
  private static String longer(CandidateFacts.Entry ahead, CandidateFacts.Entry behind) {
    if (ahead.length == Ngrams.MAX_WORD) {
      return null;
    }
    if (ahead.mostSymbol != null
        && (behind.mostSymbol == null || ahead.extensions.most >= behind.extensions.most)) {
      return ahead.word + ahead.mostSymbol;
    }
    return behind.mostSymbol == null ? null : behind.mostSymbol + ahead.word;
  }
}
