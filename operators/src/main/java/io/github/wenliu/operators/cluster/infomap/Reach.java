package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

/** What nodes reach one another along edges within a module. O(edges of the nodes reached). */
final class Reach {

  private int[] reached = new int[0];
  private boolean[] isReached = new boolean[0];
  private boolean[] wanted = new boolean[0];

  /** Makes room for more nodes. */
  void grow(int nodes) {
    reached = new int[nodes];
    isReached = Arrays.copyOf(isReached, nodes);
    wanted = Arrays.copyOf(wanted, nodes);
  }

  /**
   * Whether nodes of a module reach one another; looks no farther than it must.
   *
   * @param nodes the first {@code count} are distinct nodes of one module
   */
  boolean connects(Rows rows, int[] module, int[] nodes, int count) {
    int start = nodes[0];
    for (int i = 0; i < count; i++) {
      wanted[nodes[i]] = true;
      if (rows.end(nodes[i]) - rows.begin(nodes[i]) < rows.end(start) - rows.begin(start)) {
        start = nodes[i];
      }
    }
    int left = count - 1;
    int size = begin(start);
    int[] target = rows.target();
    for (int i = 0; i < size && left > 0; i++) {
      int end = rows.end(reached[i]);
      for (int place = rows.begin(reached[i]); place < end && left > 0; place++) {
        int other = target[place];
        if (module[other] == module[start] && !isReached[other]) {
          isReached[other] = true;
          reached[size++] = other;
          left -= wanted[other] ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      wanted[nodes[i]] = false;
    }
    forget(size);
    return left == 0;
  }

  private int begin(int start) {
    reached[0] = start;
    isReached[start] = true;
    return 1;
  }

  private void forget(int size) {
    for (int i = 0; i < size; i++) {
      isReached[reached[i]] = false;
    }
  }

  /**
   * The connected parts of a module.
   *
   * @param nodes its nodes
   * @param part of each of these, its part, by their ranks; overwritten
   * @return how many parts there are
   */
  int parts(Rows rows, int[] module, int[] nodes, int[] part) {
    int count = 0;
    int size = 0;
    int[] target = rows.target();
    var rank = new Int2IntOpenHashMap(nodes.length);
    for (int i = 0; i < nodes.length; i++) {
      rank.put(nodes[i], i);
    }
    for (int node : nodes) {
      if (!isReached[node]) {
        int head = size;
        isReached[node] = true;
        reached[size++] = node;
        while (head < size) {
          int here = reached[head++];
          part[rank.get(here)] = count;
          int end = rows.end(here);
          for (int place = rows.begin(here); place < end; place++) {
            int other = target[place];
            if (module[other] == module[here] && !isReached[other]) {
              isReached[other] = true;
              reached[size++] = other;
            }
          }
        }
        count++;
      }
    }
    forget(size);
    return count;
  }
}
