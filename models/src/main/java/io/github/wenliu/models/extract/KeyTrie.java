package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Sequences of keys with a number each, to be followed key by key through a text.
 *
 * <p>Keys that occur are numbered. The edges stand in one table of open addressing, at most half
 * full, each in one {@code long}: a step reads one place in memory, whatever the number of
 * children, and a key that is in no sequence ends a walk without it. At the root the number of a
 * key is the place of its child. Built once, then only read.
 */
final class KeyTrie {
  static final int ROOT = 0;

  /** Value of a node where no sequence ends. */
  static final int NOTHING = -1;

  private static final int NODE_BITS = 24;
  private static final int NUMBER_BITS = 16;
  private static final long NODE_MASK = (1L << NODE_BITS) - 1;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final int PAGE_BITS = 8;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final int[] NO_NUMBERS = new int[1 << PAGE_BITS];

  /** Number of key {@code k} is {@code pages[k >> PAGE_BITS][k & PAGE_MASK]}, 0 for none. */
  private final int[][] pages = new int[1 << Keys.BITS - PAGE_BITS][];

  /** Child of the root by number of the key. */
  private final IntArrayList root = new IntArrayList();

  /** Child, number of the key and parent from the low bits on; 0 where there is none. */
  private long[] edges = new long[16];

  private int shift = Long.SIZE - 4;
  private int edgeCount;

  /** Value of each node. */
  private final IntArrayList values = new IntArrayList();

  KeyTrie() {
    Arrays.fill(pages, NO_NUMBERS);
    root.add(ROOT);
    values.add(NOTHING);
  }

  /** The node where a sequence ends, made if need be. */
  int node(KeySequence keys) {
    int node = ROOT;
    for (int i = 0; i < keys.length(); i++) {
      int number = numberOrNew(keys.key(i));
      int next = next(node, keys.key(i));
      node = next == ROOT ? newChild(node, number) : next;
    }
    return node;
  }

  void set(int node, int value) {
    values.set(node, value);
  }

  /** The value of a node, or {@link #NOTHING}. */
  int value(int node) {
    return values.getInt(node);
  }

  /** The node behind a key, or {@link #ROOT} if there is none. */
  int next(int node, int key) {
    int number = pages[key >> PAGE_BITS][key & PAGE_MASK];
    if (number == 0) {
      return ROOT;
    }
    if (node == ROOT) {
      return root.getInt(number);
    }
    long wanted = (long) node << NUMBER_BITS | number;
    int mask = edges.length - 1;
    for (int at = place(wanted); edges[at] != 0; at = at + 1 & mask) {
      if (edges[at] >>> NODE_BITS == wanted) {
        return (int) (edges[at] & NODE_MASK);
      }
    }
    return ROOT;
  }

  private int place(long parentAndNumber) {
    return (int) (parentAndNumber * MIX >>> shift);
  }

  private int numberOrNew(int key) {
    int page = key >> PAGE_BITS;
    if (pages[page] == NO_NUMBERS) {
      pages[page] = new int[1 << PAGE_BITS];
    }
    if (pages[page][key & PAGE_MASK] == 0) {
      if (root.size() == 1 << NUMBER_BITS) {
        throw new ModelException("a vocabulary has more than 65,535 different characters");
      }
      pages[page][key & PAGE_MASK] = root.size();
      root.add(ROOT);
    }
    return pages[page][key & PAGE_MASK];
  }

  private int newChild(int parent, int number) {
    int child = values.size();
    if (child > NODE_MASK) {
      throw new ModelException("a vocabulary has more than 16,777,215 beginnings of words");
    }
    values.add(NOTHING);
    if (parent == ROOT) {
      root.set(number, child);
      return child;
    }
    if (++edgeCount * 2 > edges.length) {
      grow();
    }
    enter((long) parent << NUMBER_BITS | number, child);
    return child;
  }

  private void enter(long parentAndNumber, int child) {
    int at = place(parentAndNumber);
    while (edges[at] != 0) {
      at = at + 1 & edges.length - 1;
    }
    edges[at] = parentAndNumber << NODE_BITS | child;
  }

  private void grow() {
    long[] old = edges;
    edges = new long[2 * old.length];
    shift--;
    for (long edge : old) {
      if (edge != 0) {
        enter(edge >>> NODE_BITS, (int) (edge & NODE_MASK));
      }
    }
  }
}
