package io.github.wenliu.operators.cluster.infomap;

/**
 * Draws whole numbers with Poisson's distribution: how often something happens that happens
 * independently and a given number of times on average.
 *
 * <p>Inversion from the mode outwards: the probability of the most likely number is known in closed
 * form, those of its neighbours follow by a multiplication each, and the draw takes probability
 * from one number after the other until nothing is left of a uniform one. So the mean costs no more
 * than its root, and the logarithms of the last mean are kept. The series that stands for the
 * factorial is wrong by less than {@code 1e-9}, relative. Means beyond a million are drawn as
 * normal ones of the same mean and variance; the two differ by a thousandth in skewness there.
 *
 * <p>Additions, multiplications and {@link StrictMath} only: the same on every machine.
 */
final class Poisson {

  private static final double LARGE = 1e6;

  /** From here on the factorial is taken from its series, below from its product. */
  private static final int SERIES = 16;

  // Stirling's series: ln n! = n ln n - n + ln(2 pi n) / 2 + 1 / (12 n) - 1 / (360 n^3) + ...
  private static final double STIRLING_1 = 1.0 / 12;
  private static final double STIRLING_3 = 1.0 / 360;

  private final SplitMix chance;
  private double mean;
  private double atMode;

  Poisson(SplitMix chance) {
    this.chance = chance;
  }

  /**
   * Draws a number.
   *
   * @param ofMean finite and not negative
   */
  double draw(double ofMean) {
    if (ofMean == 0) {
      return 0;
    }
    if (ofMean > LARGE) {
      return Math.max(0, Math.rint(ofMean + Math.sqrt(ofMean) * normal()));
    }
    if (ofMean != mean) {
      mean = ofMean;
      atMode = probability((int) ofMean, ofMean);
    }
    return fromMode(chance.share() - atMode);
  }

  /** The number at which the probabilities from the mode outwards have used up a share. */
  private int fromMode(double share) {
    int mode = (int) mean;
    double left = share;
    double above = atMode;
    double below = atMode;
    for (int step = 1; left >= 0 && above + below > 0; step++) {
      above *= mean / (mode + step);
      left -= above;
      if (left < 0) {
        return mode + step;
      }
      below *= Math.max(0, mode - step + 1) / mean;
      left -= below;
      if (left < 0) {
        return mode - step;
      }
    }
    return mode;
  }

  /** The probability of a number. */
  static double probability(int number, double mean) {
    if (number < SERIES) {
      double probability = StrictMath.exp(-mean);
      for (int i = 1; i <= number; i++) {
        probability *= mean / i;
      }
      return probability;
    }
    double n = number;
    double series = STIRLING_1 / n - STIRLING_3 / (n * n * n);
    double logarithm = n - mean + n * StrictMath.log(mean / n) - series;
    return StrictMath.exp(logarithm) / Math.sqrt(2 * StrictMath.PI * n);
  }

  /** A normal number, by the polar method of Marsaglia and Bray. */
  private double normal() {
    double x;
    double square;
    do {
      x = 2 * chance.share() - 1;
      double y = 2 * chance.share() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * Math.sqrt(-2 * StrictMath.log(square) / square);
  }
}
