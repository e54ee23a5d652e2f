package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;

/**
 * How often the parts of a partition were met: what was counted between their nodes, in contexts.
 * O(edges).
 */
final class Attendance {

  private final FoundModules found;
  private final int[] part;
  private final double[] ever;
  private final double[] late;

  /**
   * @param parts how many there are, numbered from 0
   * @param part of the nodes, {@link TrackedCommunities#NONE} for none
   */
  Attendance(FoundModules found, int parts, int[] part) {
    this.found = found;
    this.part = part;
    ever = within(found.network(), parts);
    late = within(found.recent(), parts);
  }

  /** Contexts within a part that are remembered. */
  double ever(int one) {
    return ever[one] / found.context();
  }

  /** The share of a part in all that is remembered. */
  double share(int one) {
    return ever[one] > 0 ? ever[one] / found.network().totalStrength() : 0;
  }

  /** Contexts of late within a part. */
  double late(int one) {
    return found.contexts(late[one]);
  }

  /** Contexts of late between two parts. O(nodes and edges of the first). */
  double lateBetween(int one, int other) {
    var recent = found.recent();
    double between = 0;
    for (int node = 0; node < part.length; node++) {
      for (int rank = 0; part[node] == one && rank < recent.degree(node); rank++) {
        if (part[recent.neighbour(node, rank)] == other) {
          between += 2 * recent.weight(node, rank);
        }
      }
    }
    return found.contexts(between);
  }

  /** Weight of the ends of edges within each part. */
  private double[] within(FlowNetwork network, int parts) {
    double[] within = new double[parts];
    for (int node = 0; node < part.length; node++) {
      for (int rank = 0; part[node] >= 0 && rank < network.degree(node); rank++) {
        if (part[network.neighbour(node, rank)] == part[node]) {
          within[part[node]] += network.weight(node, rank);
        }
      }
    }
    return within;
  }
}
