package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/** Edges that are gone: by one end, the other. O(e log e) when that is asked first. */
final class LostEdges {

  private static final long LOW = 0xFFFF_FFFFL;

  private final IntArrayList ends;

  /** Each edge in both directions, sorted; null until asked. */
  private long[] sorted;

  /** The edges between each first and second of the nodes, each third and fourth, … */
  LostEdges(IntArrayList ends) {
    this.ends = ends;
  }

  int size() {
    return ends.size() / 2;
  }

  int one(int edge) {
    return ends.getInt(2 * edge);
  }

  int other(int edge) {
    return ends.getInt(2 * edge + 1);
  }

  /** Adds those to a list that a node had lost edges to. */
  void addPartners(int node, IntArrayList partners) {
    if (sorted == null) {
      sort();
    }
    int place = Arrays.binarySearch(sorted, arc(node, 0));
    place = place < 0 ? -place - 1 : place;
    while (place < sorted.length && sorted[place] >>> Integer.SIZE == node) {
      partners.add((int) sorted[place++]);
    }
  }

  private void sort() {
    sorted = new long[ends.size()];
    for (int edge = 0; edge < size(); edge++) {
      sorted[2 * edge] = arc(one(edge), other(edge));
      sorted[2 * edge + 1] = arc(other(edge), one(edge));
    }
    Arrays.sort(sorted);
  }

  private static long arc(int from, int to) {
    return (long) from << Integer.SIZE | to & LOW;
  }
}
