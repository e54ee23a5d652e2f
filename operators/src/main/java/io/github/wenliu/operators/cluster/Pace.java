package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * By what share of what was expected the others were met. When one topic takes the floor all others
 * are heard less, and that is not their end: so each community is measured against the one in the
 * middle of all others, the median. A community of which a context or more was expected counts as
 * one, others by what was expected of them, as little says little.
 *
 * <p>O(n log n), and O(log n) for each community.
 */
final class Pace {

  private static final double HALF = 0.5;

  private final double[] weight;

  /** What was counted by what was expected, at most 1. */
  private final double[] ratio;

  /** The communities, those of the least ratio first, and where each stands. */
  private final int[] order;

  private final int[] rank;

  /** The weights of those up to a place in the order. */
  private final double[] sum;

  /**
   * @param expected contexts that were expected of each community
   * @param counted those that came
   */
  Pace(double[] expected, double[] counted) {
    int size = expected.length;
    weight = new double[size];
    ratio = new double[size];
    order = new int[size];
    rank = new int[size];
    sum = new double[size];
    for (int i = 0; i < size; i++) {
      weight[i] = Math.min(1, expected[i]);
      ratio[i] = expected[i] > 0 ? Math.min(1, counted[i] / expected[i]) : 1;
      order[i] = i;
    }
    IntArrays.stableSort(order, (one, other) -> Double.compare(ratio[one], ratio[other]));
    double all = 0;
    for (int place = 0; place < size; place++) {
      all += weight[order[place]];
      sum[place] = all;
      rank[order[place]] = place;
    }
  }

  /** The pace of all but one; 1 if there are no others. */
  double of(int one) {
    double half = HALF * (sum[sum.length - 1] - weight[one]);
    int low = 0;
    int high = sum.length;
    while (low < high) {
      int middle = (low + high) / 2;
      double others = sum[middle] - (rank[one] <= middle ? weight[one] : 0);
      if (others > half) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < sum.length ? ratio[order[low]] : 1;
  }
}
