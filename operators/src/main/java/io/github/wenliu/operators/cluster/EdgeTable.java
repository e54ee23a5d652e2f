package io.github.wenliu.operators.cluster;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Weighted edges between numbered nodes. An edge belongs to the larger of its two nodes, so that
 * those of a node that came early, which is in many, lie with its many neighbours. Not thread-safe.
 *
 * <p>Edges lie dense in arrays, in the order in which they came; an open-addressing table of their
 * numbers finds them, and those of one owner are chained. Adding: O(1). Removing: O(edges) for any
 * number of them. Memory: 24 to 36 bytes an edge, by how full the arrays are, and 8 to 16 for the
 * table.
 */
final class EdgeTable {

  private static final int FIRST_CAPACITY = 16;
  private static final int SLOTS_PER_EDGE = 2;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The owner in the high half, the other node in the low. */
  private long[] pairs = new long[FIRST_CAPACITY];

  private double[] weights = new double[FIRST_CAPACITY];

  /** What was added of late. */
  private float[] recent = new float[FIRST_CAPACITY];

  /** The next edge of the same owner + 1, 0 after the last. */
  private int[] next = new int[FIRST_CAPACITY];

  private int size;

  /** The first edge of each owner + 1, 0 if it has none. */
  private int[] heads = new int[FIRST_CAPACITY];

  /** The number of an edge + 1, 0 where free; a power of two of them. */
  private int[] slots = new int[FIRST_CAPACITY * SLOTS_PER_EDGE];

  int size() {
    return size;
  }

  int owner(int edge) {
    return (int) (pairs[edge] >>> Integer.SIZE);
  }

  int other(int edge) {
    return (int) pairs[edge];
  }

  double weight(int edge) {
    return weights[edge];
  }

  float recent(int edge) {
    return recent[edge];
  }

  /** The first edge that a node owns, -1 if it owns none. */
  int firstOf(int owner) {
    return owner < heads.length ? heads[owner] - 1 : -1;
  }

  /** The edge after one of the same owner, -1 after the last. */
  int nextOf(int edge) {
    return next[edge] - 1;
  }

  /**
   * Adds to an edge's weights.
   *
   * @param late what the same counts among those of late
   * @return whether the edge is new
   */
  boolean add(int a, int b, double weight, float late) {
    long pair = (long) Math.max(a, b) << Integer.SIZE | Math.min(a, b);
    int slot = slotOf(pair);
    if (slots[slot] != 0) {
      weights[slots[slot] - 1] += weight;
      recent[slots[slot] - 1] += late;
      return false;
    }
    if (size == pairs.length) {
      grow();
    }
    pairs[size] = pair;
    weights[size] = weight;
    recent[size] = late;
    size++;
    slots[slot] = size;
    chain(size - 1);
    if (size * SLOTS_PER_EDGE > slots.length) {
      index(slots.length * 2);
    }
    return true;
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    for (int edge = 0; edge < size; edge++) {
      weights[edge] = StrictMath.scalb(weights[edge], exponent);
    }
  }

  /** Multiplies all weights of late by a power of two. */
  void scaleRecent(int exponent) {
    for (int edge = 0; edge < size; edge++) {
      recent[edge] = StrictMath.scalb(recent[edge], exponent);
    }
  }

  /** Removes edges; those that stay get new numbers, in their order. */
  void remove(BitSet gone) {
    int kept = 0;
    for (int edge = 0; edge < size; edge++) {
      if (!gone.get(edge)) {
        pairs[kept] = pairs[edge];
        weights[kept] = weights[edge];
        recent[kept] = recent[edge];
        kept++;
      }
    }
    size = kept;
    Arrays.fill(heads, 0);
    for (int edge = 0; edge < size; edge++) {
      chain(edge);
    }
    index(slots.length);
  }

  private void chain(int edge) {
    int owner = owner(edge);
    if (owner >= heads.length) {
      heads = Arrays.copyOf(heads, Math.max(owner + 1, 2 * heads.length));
    }
    next[edge] = heads[owner];
    heads[owner] = edge + 1;
  }

  private int slotOf(long pair) {
    int mask = slots.length - 1;
    int slot = (int) (pair * MIX >>> Integer.SIZE) & mask;
    while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void index(int length) {
    slots = new int[length];
    for (int edge = 0; edge < size; edge++) {
      slots[slotOf(pairs[edge])] = edge + 1;
    }
  }

  private void grow() {
    int capacity = size + (size >> 1);
    pairs = Arrays.copyOf(pairs, capacity);
    weights = Arrays.copyOf(weights, capacity);
    recent = Arrays.copyOf(recent, capacity);
    next = Arrays.copyOf(next, capacity);
  }
}
