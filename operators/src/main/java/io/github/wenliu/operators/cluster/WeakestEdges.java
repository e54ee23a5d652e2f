package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.BitSet;

/** Which edges go where only so many may stay: a function of the graph, not of its numbers. */
final class WeakestEdges {

  private WeakestEdges() {}

  /**
   * All edges but the heaviest; of one weight those stay whose names come first in the order of
   * code points, the lesser name of each edge before the other. O(e log e).
   *
   * @param kept how many stay, from 1 to one less than there are
   */
  static BitSet allBut(int kept, EdgeTable edges, WordTable words) {
    double bound = weightOfRank(kept, edges);
    var gone = new BitSet(edges.size());
    var equal = new IntArrayList();
    int room = kept;
    for (int edge = 0; edge < edges.size(); edge++) {
      if (edges.weight(edge) < bound) {
        gone.set(edge);
      } else if (edges.weight(edge) == bound) {
        equal.add(edge);
      } else {
        room--;
      }
    }
    int[] byName = byName(equal.toIntArray(), edges, words);
    for (int i = room; i < byName.length; i++) {
      gone.set(byName[i]);
    }
    return gone;
  }

  private static double weightOfRank(int rank, EdgeTable edges) {
    double[] weights = new double[edges.size()];
    for (int edge = 0; edge < weights.length; edge++) {
      weights[edge] = edges.weight(edge);
    }
    Arrays.sort(weights);
    return weights[weights.length - rank];
  }

  private static int[] byName(int[] some, EdgeTable edges, WordTable words) {
    var met = new BitSet();
    for (int edge : some) {
      met.set(edges.owner(edge));
      met.set(edges.other(edge));
    }
    int[] ranks = words.ranks(met);
    IntArrays.quickSort(
        some, (a, b) -> Long.compare(place(a, edges, ranks), place(b, edges, ranks)));
    return some;
  }

  private static long place(int edge, EdgeTable edges, int[] ranks) {
    int one = ranks[edges.owner(edge)];
    int other = ranks[edges.other(edge)];
    return (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
  }
}
