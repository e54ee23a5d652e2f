package io.github.wenliu.operators.newword;

import java.util.Arrays;

/**
 * Counts pairs of numbers, exactly: pairs are compared and not only their hashes. Each different
 * pair gets a number, from 0 on, in the order in which they come.
 *
 * <p>Since that number may be half of another pair, nested pairs count sequences of any length.
 *
 * <p>O(1) a pair; 20 to 40 bytes a different pair.
 */
final class PairCounts {

  /** The number of a pair that was never counted. */
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /**
   * Open addressing: the number of a pair, plus one; 0 is a free place. At most half are in use.
   */
  private int[] slots = new int[FIRST_SLOTS];

  private int shift = Long.SIZE - Integer.numberOfTrailingZeros(FIRST_SLOTS);

  /** Pair {@code i} is {@code first << 32 | second}. */
  private long[] pairs = new long[FIRST_SLOTS / 2];

  private int[] counts = new int[FIRST_SLOTS / 2];
  private int size;

  /** Counts a pair once more and returns its number. */
  int add(int first, int second) {
    long pair = pair(first, second);
    int slot = slot(pair);
    if (slots[slot] == 0) {
      if (size == pairs.length) {
        grow();
        slot = slot(pair);
      }
      pairs[size] = pair;
      slots[slot] = ++size;
    }
    int number = slots[slot] - 1;
    counts[number]++;
    return number;
  }

  /** The number of a pair, or {@link #NONE}. */
  int find(int first, int second) {
    return slots[slot(pair(first, second))] - 1;
  }

  /** How many different pairs there are. */
  int size() {
    return size;
  }

  int first(int number) {
    return (int) (pairs[number] >>> Integer.SIZE);
  }

  int second(int number) {
    return (int) pairs[number];
  }

  int count(int number) {
    return counts[number];
  }

  /** Where a pair is, or the free place where it would be. */
  private int slot(long pair) {
    int mask = slots.length - 1;
    int slot = (int) ((pair ^ pair >>> Integer.SIZE) * MIX >>> shift);
    while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    if (slots.length == 1 << 30) {
      throw new IllegalStateException("more than " + size + " different pairs");
    }
    slots = new int[2 * slots.length];
    shift--;
    for (int number = 0; number < size; number++) {
      slots[slot(pairs[number])] = number + 1;
    }
    pairs = Arrays.copyOf(pairs, 2 * size);
    counts = Arrays.copyOf(counts, 2 * size);
  }

  private static long pair(int first, int second) {
    return (long) first << Integer.SIZE | second & 0xFFFFFFFFL;
  }
}
