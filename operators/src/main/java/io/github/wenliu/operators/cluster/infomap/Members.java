package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/** The nodes of each module, as lists in flat arrays. */
final class Members {

  private static final int NONE = Modules.NONE;

  /** The first node of each module, {@link Modules#NONE} of an empty one. */
  private int[] head = new int[0];

  // Of each node, those beside it in the list of its module.
  private int[] next = new int[0];
  private int[] previous = new int[0];

  /** Makes room for so many nodes and modules. */
  void grow(int capacity) {
    int old = head.length;
    head = Arrays.copyOf(head, capacity);
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
    Arrays.fill(head, old, capacity, NONE);
  }

  void add(int node, int module) {
    previous[node] = NONE;
    next[node] = head[module];
    if (head[module] != NONE) {
      previous[head[module]] = node;
    }
    head[module] = node;
  }

  void remove(int node, int module) {
    if (previous[node] == NONE) {
      head[module] = next[node];
    } else {
      next[previous[node]] = next[node];
    }
    if (next[node] != NONE) {
      previous[next[node]] = previous[node];
    }
  }

  /** The nodes of a module, which are so many, ascending. */
  int[] of(int module, int size) {
    var nodes = new int[size];
    int at = head[module];
    for (int i = 0; i < size; i++) {
      nodes[i] = at;
      at = next[at];
    }
    Arrays.sort(nodes);
    return nodes;
  }
}
