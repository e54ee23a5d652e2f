package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics.Count;

/** The numbers of one pair, by {@link LinkFeature}; what is not put is 0. */
final class FeatureRow {

  /** How many times what is expected counts, beside what was seen. */
  private static final double WEIGHT = 2;

  /** Of counts, by far the most that logarithms are taken of. */
  private static final double[] LOGS = new double[1 << 10];

  static {
    for (int i = 0; i < LOGS.length; i++) {
      LOGS[i] = StrictMath.log1p(i);
    }
  }

  private final float[] values;

  FeatureRow() {
    this(new float[LinkFeature.COUNT]);
  }

  private FeatureRow(float[] values) {
    this.values = values;
  }

  FeatureRow copy() {
    return new FeatureRow(values.clone());
  }

  void put(LinkFeature feature, boolean value) {
    if (value) {
      values[feature.ordinal()] = 1;
    }
  }

  void put(LinkFeature feature, double value) {
    values[feature.ordinal()] = (float) value;
  }

  void putLog(LinkFeature feature, double value) {
    put(feature, log(value));
  }

  /**
   * @param expected share where nothing was seen
   */
  void putOdds(LinkFeature feature, Count count, double expected) {
    double rate = count.rate(expected, WEIGHT);
    double kept = Math.min(1 - 1e-3, Math.max(1e-3, rate));
    put(feature, StrictMath.log(kept / (1 - kept)));
  }

  /** Writes the numbers as those of a pair. */
  void copyTo(float[] features, int pair) {
    System.arraycopy(values, 0, features, pair * LinkFeature.COUNT, LinkFeature.COUNT);
  }

  private static double log(double value) {
    int whole = (int) value;
    return whole == value && whole >= 0 && whole < LOGS.length
        ? LOGS[whole]
        : StrictMath.log1p(value);
  }
}
