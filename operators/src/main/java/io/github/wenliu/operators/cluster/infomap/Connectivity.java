package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/** Takes modules apart that are not connected. */
final class Connectivity {

  private static final int NONE = -1;

  private Connectivity() {}

  /**
   * The connected parts of modules, unless jumps connect all nodes; then a module in pieces may be
   * shorter, and modules stay as they are.
   *
   * @return module of each node, numbered from 0 by their smallest node
   */
  static int[] connected(FlowNetwork network, int[] modules) {
    return split(network, modules, network.terms.jumps() > 0);
  }

  /**
   * The connected parts of modules. No cut changes by it, and the map equation gets no longer: for
   * parts with cuts {@code c} and {@code s + c = d}, it gains {@code g(d) - 2 g(c)} with {@code
   * g(x) = f(Σx) - Σf(x)}, and {@code c <= s} for each. Of arcs the same holds with what enters and
   * what leaves in place of the cuts.
   *
   * <p>O(nodes + edges).
   *
   * @param modules module of each node, any numbers
   * @return part of each node, numbered from 0 by their smallest node
   */
  static int[] split(FlowNetwork network, int[] modules) {
    return split(network, modules, false);
  }

  private static int[] split(FlowNetwork network, int[] modules, boolean whole) {
    if (whole) {
      int[] same = modules.clone();
      Partition.number(same, Partition.count(same) + 1);
      return same;
    }
    var parts = new int[modules.length];
    Arrays.fill(parts, NONE);
    var reached = new int[modules.length];
    int count = 0;
    for (int node = 0; node < modules.length; node++) {
      if (parts[node] == NONE) {
        reach(network, modules, parts, reached, node, count++);
      }
    }
    return parts;
  }

  private static void reach(
      FlowNetwork network, int[] modules, int[] parts, int[] reached, int start, int part) {
    int size = 0;
    reached[size++] = start;
    parts[start] = part;
    for (int i = 0; i < size; i++) {
      int node = reached[i];
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        int other = network.target[place];
        if (parts[other] == NONE && modules[other] == modules[node]) {
          parts[other] = part;
          reached[size++] = other;
        }
      }
    }
  }
}
