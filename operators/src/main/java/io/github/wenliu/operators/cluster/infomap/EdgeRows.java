package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Sorts edges into rows: by one end by counting, then, where edges did not come in order, each row
 * by the other end. Beside the edges given there is one copy of them, which the network keeps.
 */
final class EdgeRows {

  private final int nodes;
  private final int[] first;
  private final double[] loops;
  private int[] target;
  private double[] weight;
  private int selfLinks;

  EdgeRows(int nodes, int[] from, int[] to, double[] weights) {
    this.nodes = nodes;
    first = new int[nodes + 1];
    loops = new double[nodes];
    collect(from, to, weights);
    sort();
    addParallels();
  }

  FlowNetwork network() {
    var strength = FlowNetwork.cuts(first, weight);
    for (int node = 0; node < nodes; node++) {
      strength[node] += loops[node];
      if (loops[node] > 0) {
        selfLinks++;
      }
    }
    int edges = target.length / 2 + selfLinks;
    return new FlowNetwork(
        first,
        target,
        weight,
        strength,
        new double[nodes],
        FlowTerms.PLAIN,
        edges,
        FlowNetwork.total(strength));
  }

  /** Puts each edge into the rows of its ends; a self-link twice into its only one. */
  private void collect(int[] from, int[] to, double[] weights) {
    for (int edge = 0; edge < from.length; edge++) {
      if (weights[edge] > 0) {
        first[from[edge] + 1]++;
        first[to[edge] + 1]++;
      }
    }
    for (int node = 0; node < nodes; node++) {
      first[node + 1] = Math.addExact(first[node], first[node + 1]);
    }
    target = new int[first[nodes]];
    weight = new double[first[nodes]];
    int[] end = Arrays.copyOf(first, nodes);
    for (int edge = 0; edge < from.length; edge++) {
      if (weights[edge] > 0) {
        put(end[from[edge]]++, to[edge], weights[edge]);
        put(end[to[edge]]++, from[edge], weights[edge]);
      }
    }
  }

  private void put(int place, int node, double value) {
    target[place] = node;
    weight[place] = value;
  }

  private void sort() {
    for (int node = 0; node < nodes; node++) {
      int place = first[node] + 1;
      while (place < first[node + 1] && target[place - 1] <= target[place]) {
        place++;
      }
      if (place < first[node + 1]) {
        it.unimi.dsi.fastutil.Arrays.quickSort(
            first[node], first[node + 1], this::compare, this::swap);
      }
    }
  }

  private int compare(int place, int other) {
    return Integer.compare(target[place], target[other]);
  }

  private void swap(int place, int other) {
    int node = target[place];
    double value = weight[place];
    put(place, target[other], weight[other]);
    put(other, node, value);
  }

  private void addParallels() {
    int size = 0;
    int place = 0;
    for (int node = 0; node < nodes; node++) {
      int rowEnd = first[node + 1];
      first[node] = size;
      while (place < rowEnd) {
        int begin = place;
        int other = target[begin];
        while (place < rowEnd && target[place] == other) {
          place++;
        }
        double sum = sum(begin, place);
        if (other == node) {
          loops[node] = sum / 2;
        } else {
          put(size++, other, sum);
        }
      }
    }
    first[nodes] = size;
    if (size < target.length) {
      target = Arrays.copyOf(target, size);
      weight = Arrays.copyOf(weight, size);
    }
  }

  private double sum(int begin, int end) {
    if (end - begin > 2) {
      Arrays.sort(weight, begin, end);
    }
    double sum = 0;
    for (int place = begin; place < end; place++) {
      sum += weight[place];
    }
    return sum;
  }
}
