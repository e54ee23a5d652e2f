package io.github.wenliu.operators.cluster.infomap;

/**
 * Chance that follows from a seed alone, the same on every machine (SplitMix64 of Steele, Lea and
 * Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
 */
final class SplitMix {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private static final int SHARE_SHIFT = 11;
  private static final double SHARE_UNIT = 0x1p-53;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  /** 64 random bits. */
  long next() {
    state += GAMMA;
    long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A number in [0, bound); the bias is below {@code bound / 2^32}. */
  int below(int bound) {
    return (int) ((next() >>> Integer.SIZE) * bound >>> Integer.SIZE);
  }

  /** A number in [0, 1). */
  double share() {
    return (next() >>> SHARE_SHIFT) * SHARE_UNIT;
  }

  /** Puts the first {@code size} entries in random order. */
  void shuffle(int[] entries, int size) {
    for (int i = size - 1; i > 0; i--) {
      int other = below(i + 1);
      int entry = entries[i];
      entries[i] = entries[other];
      entries[other] = entry;
    }
  }
}
