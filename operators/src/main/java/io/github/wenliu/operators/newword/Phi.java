package io.github.wenliu.operators.newword;

/**
 * {@code phi(c) = round(2^20 · c · ln c)}: the summand of an entropy as an integer. Sums of
 * integers do not depend on the order of summation, so an entropy is a function of the counts
 * alone. With {@code S} the sum over the counts of all extensions of an n-gram of count {@code c},
 * {@code H = ln c - S / (2^20 c)} nats; an occurrence at the edge of a sentence counts as an
 * extension of its own.
 */
final class Phi {

  private static final double SCALE = 1 << 20;
  private static final long[] SMALL = new long[1 << 12];

  static {
    for (int count = 2; count < SMALL.length; count++) {
      SMALL[count] = compute(count);
    }
  }

  private Phi() {}

  static long of(long count) {
    return count < SMALL.length ? SMALL[(int) count] : compute(count);
  }

  private static long compute(long count) {
    return Math.round(SCALE * count * StrictMath.log(count));
  }

  /** {@code round(2^20 · ln c)}, for sums of logarithms. */
  static int log(long count) {
    return (int) Math.round(SCALE * NaturalLog.of(count));
  }

  /**
   * How much more often the extensions are there than by chance: the mean of {@code ln(N · c(wx) /
   * (c(w) · c(x)))} over the occurrences of an n-gram, in nats. It is 0 for those at an edge.
   *
   * @param count of the n-gram
   * @param logCount its natural logarithm
   * @param logTotal that of all symbols' occurrences
   */
  static double association(long count, double logCount, double logTotal, Extensions extensions) {
    double sum = (extensions.sum - extensions.chance) / SCALE;
    return (sum + extensions.occurrences * (logTotal - logCount)) / count;
  }

  /**
   * The entropy of the extensions, in nats.
   *
   * @param count of the n-gram
   * @param logCount its natural logarithm
   * @param sum of phi over its extensions
   */
  static double entropy(long count, double logCount, long sum) {
    // Rounding alone could bring it below.
    return Math.max(0, logCount - sum / (SCALE * count));
  }
}
