package io.github.wenliu.operators.newword;

import static io.github.wenliu.operators.newword.WordFeature.*;

import java.util.Arrays;

/** Makes the features of candidates from what both directions know of them. Reused. */
final class WordFeatures {

  private static final WordFeature[] LENGTHS = {null, null, TWO, THREE, FOUR, FIVE};

  /** Symbols of the largest text that the weights were fitted on. */
  private static final long TAUGHT = 800_000;

  /** What a score loses where there are e times as many symbols. */
  private static final double LOSS = 0.1;

  private final double logTotal;
  private final PairSums pairsAhead;
  private final PairSums pairsBehind;
  private final double[] values = new double[WordFeature.values().length];

  /**
   * @param total occurrences of all symbols
   * @param pairsAhead all pairs of a symbol and what follows it
   * @param pairsBehind those of a symbol and what comes before it
   */
  WordFeatures(long total, PairSums pairsAhead, PairSums pairsBehind) {
    this.logTotal = NaturalLog.of(total);
    this.pairsAhead = pairsAhead;
    this.pairsBehind = pairsBehind;
  }

  /**
   * What has to be taken from scores as the text is larger than any that the weights were fitted
   * on: the entropies of single symbols grow on with the text, and among candidates of so many
   * occurrences ever fewer are words. Chosen on prose of 1 to 10 million characters: more would fit
   * the words of a lexicon better, and cost new ones, see {@code docs/benchmarks.md}.
   *
   * @return at least 0
   */
  double beyondTaught() {
    return LOSS * Math.max(0, logTotal - NaturalLog.of(TAUGHT));
  }

  double get(WordFeature feature) {
    return values[feature.ordinal()];
  }

  private void set(WordFeature feature, double value) {
    values[feature.ordinal()] = value;
  }

  /** All values, in the order of {@link WordFeature}; they change with the next candidate. */
  double[] values() {
    return values;
  }

  /** Whether there are pairs of both symbols at the edges of a candidate, as there must be. */
  boolean hasPairs(CandidateFacts.Entry candidate) {
    return pairsAhead.of(candidate.first, candidate.firstRun) > 0
        && pairsBehind.of(candidate.last, candidate.lastRun) > 0;
  }

  /**
   * Takes the next candidate.
   *
   * @param ahead what reading forwards knows: what follows, beginnings
   * @param behind what reading backwards knows: what comes before, endings
   */
  void read(CandidateFacts.Entry ahead, CandidateFacts.Entry behind) {
    Arrays.fill(values, 0);
    int length = ahead.length;
    double logCount = NaturalLog.of(Math.max(ahead.count, behind.count));
    double logAhead = NaturalLog.of(ahead.count);
    double logBehind = NaturalLog.of(behind.count);
    set(LOG_COUNT, logCount);
    splits(ahead, behind, logCount);
    double left = Phi.entropy(behind.count, logBehind, behind.extensions.sum);
    double right = Phi.entropy(ahead.count, logAhead, ahead.extensions.sum);
    set(LEFT_ENTROPY, left);
    set(RIGHT_ENTROPY, right);
    set(LEFT_ENTROPY_SHARE, left / logBehind);
    set(RIGHT_ENTROPY_SHARE, right / logAhead);
    double leftLonger = NaturalLog.of(1 + behind.extensions.most) - logBehind;
    double rightLonger = NaturalLog.of(1 + ahead.extensions.most) - logAhead;
    set(LEFT_LONGER, leftLonger);
    set(RIGHT_LONGER, rightLonger);
    set(LONGER, Math.max(leftLonger, rightLonger));
    set(LEFT_BOUND, Phi.association(behind.count, logBehind, logTotal, behind.extensions));
    set(RIGHT_BOUND, Phi.association(ahead.count, logAhead, logTotal, ahead.extensions));
    side(behind, logBehind, LEFT_DIFFERENT, LEFT_ONCE, LEFT_EDGE);
    side(ahead, logAhead, RIGHT_DIFFERENT, RIGHT_ONCE, RIGHT_EDGE);
    double first = NaturalLog.of(ahead.parts[1]);
    double last = NaturalLog.of(behind.parts[1]);
    set(FIRST_SHARE, first - logTotal);
    set(LAST_SHARE, last - logTotal);
    set(OF_FIRST, logCount - first);
    set(OF_LAST, logCount - last);
    set(OF_BEGINNING, logCount - NaturalLog.of(ahead.parts[length - 1]));
    set(OF_ENDING, logCount - NaturalLog.of(behind.parts[length - 1]));
    set(FIRST_AT_START, (double) ahead.starts / ahead.parts[1]);
    set(FIRST_AT_END, (double) ahead.ends / ahead.parts[1]);
    set(LAST_AT_START, (double) behind.starts / behind.parts[1]);
    set(LAST_AT_END, (double) behind.ends / behind.parts[1]);
    long firstBehind = pairsBehind.of(ahead.first, ahead.firstRun);
    long firstAhead = pairsAhead.of(ahead.first, ahead.firstRun);
    set(FIRST_LEFT_ENTROPY, Phi.entropy(ahead.parts[1], first, firstBehind));
    set(FIRST_RIGHT_ENTROPY, Phi.entropy(ahead.parts[1], first, firstAhead));
    long lastBehind = pairsBehind.of(ahead.last, ahead.lastRun);
    long lastAhead = pairsAhead.of(ahead.last, ahead.lastRun);
    set(LAST_LEFT_ENTROPY, Phi.entropy(behind.parts[1], last, lastBehind));
    set(LAST_RIGHT_ENTROPY, Phi.entropy(behind.parts[1], last, lastAhead));
    set(LENGTHS[length], 1);
  }

  private void splits(CandidateFacts.Entry ahead, CandidateFacts.Entry behind, double logCount) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 1; k < ahead.length; k++) {
      double parts = NaturalLog.of(ahead.parts[k]) + NaturalLog.of(behind.parts[ahead.length - k]);
      double split = logTotal + logCount - parts;
      least = Math.min(least, split);
      greatest = Math.max(greatest, split);
    }
    set(LEAST_SPLIT, least);
    set(GREATEST_SPLIT, greatest);
  }

  private void side(
      CandidateFacts.Entry entry,
      double logCount,
      WordFeature different,
      WordFeature once,
      WordFeature edge) {
    long edges = entry.count - entry.extensions.occurrences;
    set(different, NaturalLog.of(entry.extensions.different + edges) / logCount);
    set(once, (double) entry.extensions.once / entry.count);
    set(edge, NaturalLog.of(1 + edges) - logCount);
  }
}
