package io.github.wenliu.operators.decay;

/**
 * Forward decay [1]: a count weighs the more the later it came, and what was counted before is left
 * alone. A count of epoch {@code e} weighs {@code 2^(e/H - k)}, with the half-life {@code H} and a
 * landmark {@code k} in half-lives; seen from an epoch {@code n} that is the factor {@code
 * 2^(-(n-e)/H)} on every count, so ratios of weights are those of exponential decay by age.
 *
 * <p>The fraction of the exponent goes through {@link StrictMath}, its whole part into the binary
 * exponent, so the weights are the same on every machine. When the exponent grows beyond a bound
 * the landmark moves by a whole number, and the weights that are stored must be multiplied by the
 * power of two that {@link #advance} names: exact, and every ratio stays what it was.
 *
 * <p>Cost: O(1) an epoch, one multiplication a stored weight every {@link #BOUND} half-lives.
 *
 * <p>[1] G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu: Forward decay: a practical time decay
 * model for streaming systems, ICDE 2009.
 */
public final class ForwardDecay {

  /** Half-lives that an epoch may lie from the landmark. */
  static final int BOUND = 64;

  /** No double survives a larger power of two. */
  private static final int MOST_SHIFT = 4096;

  private final long halfLife;
  private long landmark;

  /**
   * @param halfLife epochs after which a count weighs half
   * @param landmark of the stored weights; any number where there are none
   */
  public ForwardDecay(long halfLife, long landmark) {
    if (halfLife < 1) {
      throw new IllegalArgumentException("halfLife is " + halfLife + ", must be positive");
    }
    this.halfLife = halfLife;
    this.landmark = landmark;
  }

  /** The state: in half-lives since epoch 0. */
  public long landmark() {
    return landmark;
  }

  /** What one count of an epoch weighs; the epoch must not lie beyond {@link #advance}'s last. */
  public double weight(long epoch) {
    double fraction = Math.floorMod(epoch, halfLife) / (double) halfLife;
    return StrictMath.scalb(StrictMath.pow(2, fraction), exponent(epoch));
  }

  /**
   * Moves the landmark if an epoch lies too far from it.
   *
   * @return by which power of two to multiply the stored weights, as {@link StrictMath#scalb} takes
   *     it; 0 if the landmark has not moved
   */
  public int advance(long epoch) {
    int exponent = exponent(epoch);
    if (Math.abs(exponent) <= BOUND) {
      return 0;
    }
    landmark = Math.floorDiv(epoch, halfLife);
    return -exponent;
  }

  private int exponent(long epoch) {
    long distance = Math.floorDiv(epoch, halfLife) - landmark;
    return (int) Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, distance));
  }
}
