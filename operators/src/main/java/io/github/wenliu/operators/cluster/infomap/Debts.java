package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * By how much the edges of nodes have changed since the module that they are in was searched last.
 * A node takes its debt along; that of a module is the sum of its nodes'.
 */
final class Debts {

  // From so many nodes on a module bears its full share of debt, with fewer in proportion, but not
  // less than that: a small one costs little to search.
  private static final double FULL_SIZE = 64;
  private static final double LEAST_SHARE = 0.1;
  private double[] ofNode = new double[0];
  private double[] ofModule = new double[0];

  /** Modules whose debt has grown since this was asked last. */
  private final IntArrayList grown = new IntArrayList();

  private boolean[] isGrown = new boolean[0];

  /** Makes room for so many nodes and modules. */
  void grow(int capacity) {
    ofNode = Arrays.copyOf(ofNode, capacity);
    ofModule = Arrays.copyOf(ofModule, capacity);
    isGrown = Arrays.copyOf(isGrown, capacity);
  }

  /** Lets a node owe more; it is in a module or in {@link Modules#NONE}. */
  void lend(int node, int module, double weight) {
    ofNode[node] += weight;
    if (module != Modules.NONE) {
      grow(module, weight);
    }
  }

  private void grow(int module, double weight) {
    ofModule[module] += weight;
    if (!isGrown[module]) {
      isGrown[module] = true;
      grown.add(module);
    }
  }

  /** A node comes into a module. */
  void enter(int node, int module) {
    grow(module, ofNode[node]);
  }

  /**
   * A node goes out of a module.
   *
   * @param isEmpty whether it was the last
   */
  void leave(int node, int module, boolean isEmpty) {
    ofModule[module] = isEmpty ? 0 : Math.max(0, ofModule[module] - ofNode[node]);
  }

  /** A node owes nothing any more, beside what its module owes. */
  void forget(int node) {
    ofNode[node] = 0;
  }

  /** A module and its nodes owe nothing any more. */
  void settle(int module, int[] nodes) {
    for (int node : nodes) {
      ofNode[node] = 0;
    }
    ofModule[module] = 0;
  }

  /** The modules whose debt has grown of late and is above a share of their strength, ascending. */
  int[] take(double share, Modules modules) {
    int[] taken =
        grown
            .intStream()
            .filter(module -> ofModule[module] > share * bearable(module, modules))
            .sorted()
            .toArray();
    for (int i = 0; i < grown.size(); i++) {
      isGrown[grown.getInt(i)] = false;
    }
    grown.clear();
    return taken;
  }

  private static double bearable(int module, Modules modules) {
    double size = Math.max(LEAST_SHARE, Math.min(1, modules.members(module) / FULL_SIZE));
    return size * modules.strength(module);
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    for (int i = 0; i < ofNode.length; i++) {
      ofNode[i] = StrictMath.scalb(ofNode[i], exponent);
      ofModule[i] = StrictMath.scalb(ofModule[i], exponent);
    }
  }

  void write(DataOutput out) throws IOException {
    for (int i = 0; i < ofNode.length; i++) {
      out.writeDouble(ofNode[i]);
      out.writeDouble(ofModule[i]);
    }
  }

  /** Takes over what was written of as many. */
  void read(DataInput in) throws IOException {
    for (int i = 0; i < ofNode.length; i++) {
      ofNode[i] = in.readDouble();
      ofModule[i] = in.readDouble();
    }
  }
}
