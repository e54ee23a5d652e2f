package io.github.wenliu.operators.cluster.infomap;

/**
 * Logarithms to base 2 that have the same bits on every machine: additions and multiplications
 * only, which Java rounds the same everywhere, where {@code Math.log} is left to the processor. It
 * is also what a search spends its time on: two array reads and a polynomial are faster than either
 * library's.
 *
 * <p>{@code x = 2^e · m} with {@code m} in [1, 2); a table has {@code 1/c} and {@code log2 c} for
 * 128 points {@code c} near {@code m}, and {@code log2(m/c)} is a series in {@code m/c - 1}. The
 * error is below {@code 5e-16} absolute for {@code x} near 1 and one unit in the last place
 * elsewhere; powers of two are exact.
 */
final class BinaryLogarithm {

  private static final int TABLE_BITS = 7;
  private static final int MANTISSA_BITS = 52;
  private static final int BIAS = 1023;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final long ONE = (long) BIAS << MANTISSA_BITS;
  private static final double SUBNORMAL_SCALE = 0x1p54;
  private static final int SUBNORMAL_BITS = 54;

  private static final double A1 = 1 / StrictMath.log(2);
  private static final double A2 = -A1 / 2;
  private static final double A3 = A1 / 3;
  private static final double A4 = -A1 / 4;
  private static final double A5 = A1 / 5;
  private static final double A6 = -A1 / 6;
  private static final double A7 = A1 / 7;

  /** Place {@code 2i} has {@code 1/c} of point {@code i}, place {@code 2i + 1} its logarithm. */
  private static final double[] TABLE = table();

  private BinaryLogarithm() {}

  private static double[] table() {
    int points = 1 << TABLE_BITS;
    var table = new double[2 * points];
    table[0] = 1;
    for (int i = 1; i < points; i++) {
      double inverse = 1 / (1 + (i + 0.5) / points);
      table[2 * i] = inverse;
      table[2 * i + 1] = -StrictMath.log(inverse) * A1;
    }
    return table;
  }

  /** The logarithm of a positive finite number. */
  static double of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    if (bits <= MANTISSA) {
      return of(x * SUBNORMAL_SCALE) - SUBNORMAL_BITS;
    }
    int point = (int) (bits >>> MANTISSA_BITS - TABLE_BITS) & (1 << TABLE_BITS) - 1;
    double mantissa = Double.longBitsToDouble(bits & MANTISSA | ONE);
    double r = mantissa * TABLE[2 * point] - 1;
    double r2 = r * r;
    double series = A1 * r + r2 * (A2 + A3 * r + r2 * (A4 + A5 * r + r2 * (A6 + A7 * r)));
    return (int) (bits >>> MANTISSA_BITS) - BIAS + TABLE[2 * point + 1] + series;
  }

  /** {@code x · log2 x}, 0 for what is not positive. */
  static double times(double x) {
    return x > 0 ? x * of(x) : 0;
  }
}
