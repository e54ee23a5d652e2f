package io.github.wenliu.operators.cluster.infomap;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * By how much nodes are better off where they are than anywhere else, in bits times weights: as of
 * when each was looked at last, less what changes of its edges have cost since. A node that has
 * some left need not be looked at.
 *
 * <p>The cost is to first order. An edge within module {@code B} adds twice to its strength {@code
 * s}; one between {@code A} and {@code B} adds once to both strengths, to both cuts {@code c}, and
 * twice to the sum {@code C} of all cuts. The difference of the derivatives of the length is {@code
 * 2 log2(C (c_A + s_A) / (c_A c_B))} bits for each unit of weight. What changes of other nodes'
 * edges do to the sums of modules is left out, as it is where nodes are looked at only if something
 * next to them changed.
 */
final class Margins {

  private double[] left = new double[0];

  /** Makes room for so many nodes. */
  void grow(int capacity) {
    left = Arrays.copyOf(left, capacity);
  }

  /**
   * Bits that a unit of weight costs between two modules beyond what it costs within one of them,
   * at most.
   *
   * @param cuts sum of what all modules cut
   */
  static double price(
      double cuts, double cutOne, double strengthOne, double cutOther, double strengthOther) {
    double within = Math.max(cutOne + strengthOne, cutOther + strengthOther);
    double ratio = cuts / cutOne * (within / cutOther);
    return ratio < Double.POSITIVE_INFINITY
        ? 2 * BinaryLogarithm.of(ratio)
        : Double.POSITIVE_INFINITY;
  }

  /** Whether a node need not be looked at. */
  boolean isLeft(int node) {
    return left[node] > 0;
  }

  /** No node has any left. */
  void clear() {
    Arrays.fill(left, 0);
  }

  void set(int node, double margin) {
    left[node] = margin;
  }

  void lose(int node, double loss) {
    left[node] -= loss;
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    for (int i = 0; i < left.length; i++) {
      left[i] = StrictMath.scalb(left[i], exponent);
    }
  }

  void write(DataOutput out) throws IOException {
    for (double margin : left) {
      out.writeDouble(margin);
    }
  }

  /** Takes over what was written of as many. */
  void read(DataInput in) throws IOException {
    for (int i = 0; i < left.length; i++) {
      left[i] = in.readDouble();
    }
  }
}
