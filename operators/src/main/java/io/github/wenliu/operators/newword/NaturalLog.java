package io.github.wenliu.operators.newword;

/** Natural logarithms of counts, the same bits on every machine; small ones are looked up. */
final class NaturalLog {

  private static final double[] SMALL = new double[1 << 12];

  static {
    for (int count = 1; count < SMALL.length; count++) {
      SMALL[count] = StrictMath.log(count);
    }
  }

  private NaturalLog() {}

  /**
   * @param count at least 1
   */
  static double of(long count) {
    return count > 0 && count < SMALL.length ? SMALL[(int) count] : StrictMath.log(count);
  }
}
