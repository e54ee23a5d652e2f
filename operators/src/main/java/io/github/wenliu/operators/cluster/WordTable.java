package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.CodePointOrder;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The words of a graph under small numbers, with their counts. The number of a word that was
 * forgotten is given to another. Not thread-safe. Memory: some 30 bytes a word, beside its name.
 */
final class WordTable {

  private static final int FIRST_CAPACITY = 16;
  private static final int NONE = -1;

  private final Object2IntOpenHashMap<String> ids = new Object2IntOpenHashMap<>();

  /** By number; {@code null} where the number is free. */
  private String[] names = new String[FIRST_CAPACITY];

  /** Decayed number of contexts with the word. */
  private double[] weights = new double[FIRST_CAPACITY];

  /** Edges at the word. */
  private int[] degrees = new int[FIRST_CAPACITY];

  /** Above all numbers that were ever given. */
  private int end;

  /** Words with an edge. */
  private int joined;

  private final IntArrayList free = new IntArrayList();

  /** Numbers whose row has changed since it was written. */
  private final BitSet changed = new BitSet();

  WordTable() {
    ids.defaultReturnValue(NONE);
  }

  int size() {
    return ids.size();
  }

  /** Words without an edge. */
  int alone() {
    return ids.size() - joined;
  }

  /** Above all numbers in use. */
  int end() {
    return end;
  }

  /** The word of a number, {@code null} if it is free. */
  String name(int id) {
    return names[id];
  }

  double weight(int id) {
    return weights[id];
  }

  /** The number of a word, which is given one if it has none. */
  int intern(String name) {
    int id = ids.getInt(name);
    if (id == NONE) {
      id = free.isEmpty() ? end : free.popInt();
      put(id, name, 0);
      changed.set(id);
    }
    return id;
  }

  /** Gives a word a number that is free. */
  void put(int id, String name, double weight) {
    if (id >= names.length) {
      int capacity = Math.max(id + 1, names.length + (names.length >> 1));
      names = Arrays.copyOf(names, capacity);
      weights = Arrays.copyOf(weights, capacity);
      degrees = Arrays.copyOf(degrees, capacity);
    }
    names[id] = name;
    weights[id] = weight;
    end = Math.max(end, id + 1);
    ids.put(name, id);
  }

  /** Finds the free numbers, after words were {@link #put}. */
  void findFree() {
    for (int id = end - 1; id >= 0; id--) {
      if (names[id] == null) {
        free.add(id);
      }
    }
  }

  void addWeight(int id, double weight) {
    weights[id] += weight;
    changed.set(id);
  }

  /** Counts an edge that is new at a word. */
  void join(int id) {
    if (degrees[id]++ == 0) {
      joined++;
    }
  }

  /** Counts off an edge that is gone from a word. */
  void part(int id) {
    if (--degrees[id] == 0) {
      joined--;
    }
  }

  /**
   * Forgets the words below a weight that have no edge.
   *
   * @return their number
   */
  int sweep(double threshold) {
    int before = size();
    for (int id = 0; id < end; id++) {
      if (names[id] != null && degrees[id] == 0 && weights[id] < threshold) {
        ids.removeInt(names[id]);
        names[id] = null;
        free.add(id);
        changed.set(id);
      }
    }
    return before - size();
  }

  /** The places of some words among them in the order of their names, by number. */
  int[] ranks(BitSet some) {
    int[] ranks = new int[end];
    int[] sorted = sorted(some);
    for (int rank = 0; rank < sorted.length; rank++) {
      ranks[sorted[rank]] = rank;
    }
    return ranks;
  }

  /** The numbers of some words, in the order of the words' code points. */
  int[] sorted(BitSet some) {
    int[] sorted = some.stream().toArray();
    IntArrays.quickSort(sorted, (a, b) -> CodePointOrder.compare(names[a], names[b]));
    return sorted;
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    for (int id = 0; id < end; id++) {
      weights[id] = StrictMath.scalb(weights[id], exponent);
    }
    changed.set(0, end);
  }

  void markAllChanged() {
    changed.set(0, end);
  }

  void markChanged(int id) {
    changed.set(id);
  }

  /** The numbers whose rows have changed since the last call. */
  int[] drainChanged() {
    int[] drained = changed.stream().toArray();
    changed.clear();
    return drained;
  }
}
