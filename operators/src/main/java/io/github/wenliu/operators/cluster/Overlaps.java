package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import java.util.Arrays;

/**
 * How much flow the parts of two partitions of the same nodes share. Nodes that have no part in one
 * of them count only in the sums of the other. O(nodes + overlaps log overlaps).
 */
final class Overlaps {

  private static final int SHIFT = 32;

  private final double[] sumA;
  private final double[] sumB;

  /** Overlap {@code i} is of the parts {@code a[i]} and {@code b[i]}; sorted by both. */
  private final int[] a;

  private final int[] b;
  private final double[] flow;

  /**
   * @param partsA how many parts the first partition has, numbered from 0
   * @param ofA parts of the nodes, {@link TrackedCommunities#NONE} for none
   * @param partsB the same of the second
   * @param ofB the same of the second
   * @param nodeFlow flow of the nodes
   */
  Overlaps(int partsA, int[] ofA, int partsB, int[] ofB, double[] nodeFlow) {
    sumA = new double[partsA];
    sumB = new double[partsB];
    var shared = new Long2DoubleOpenHashMap();
    for (int node = 0; node < nodeFlow.length; node++) {
      if (ofA[node] >= 0) {
        sumA[ofA[node]] += nodeFlow[node];
      }
      if (ofB[node] >= 0) {
        sumB[ofB[node]] += nodeFlow[node];
      }
      if (ofA[node] >= 0 && ofB[node] >= 0) {
        shared.addTo((long) ofA[node] << SHIFT | ofB[node], nodeFlow[node]);
      }
    }
    long[] pairs = shared.keySet().toLongArray();
    Arrays.sort(pairs);
    a = new int[pairs.length];
    b = new int[pairs.length];
    flow = new double[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      a[i] = (int) (pairs[i] >>> SHIFT);
      b[i] = (int) pairs[i];
      flow[i] = shared.get(pairs[i]);
    }
  }

  int size() {
    return flow.length;
  }

  int a(int overlap) {
    return a[overlap];
  }

  int b(int overlap) {
    return b[overlap];
  }

  double flow(int overlap) {
    return flow[overlap];
  }

  double sumA(int part) {
    return sumA[part];
  }

  double sumB(int part) {
    return sumB[part];
  }

  /** For each part of the first partition, the overlap that is its largest; ties to the first. */
  int[] largestOfA() {
    return largest(a, sumA.length);
  }

  /** For each part of the second partition, the overlap that is its largest; ties to the first. */
  int[] largestOfB() {
    return largest(b, sumB.length);
  }

  private int[] largest(int[] parts, int count) {
    int[] largest = new int[count];
    Arrays.fill(largest, TrackedCommunities.NONE);
    for (int i = 0; i < flow.length; i++) {
      int best = largest[parts[i]];
      if (best == TrackedCommunities.NONE || flow[i] > flow[best]) {
        largest[parts[i]] = i;
      }
    }
    return largest;
  }
}
