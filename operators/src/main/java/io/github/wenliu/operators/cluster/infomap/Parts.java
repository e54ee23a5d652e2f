package io.github.wenliu.operators.cluster.infomap;

/**
 * The parts of a network that have map equations of their own. No edge leads from one to another.
 *
 * @param of the part of each node
 * @param exit of each part, what it cuts as a module: leaving it costs a word; 0 for a whole
 *     network
 */
record Parts(int[] of, double[] exit) {

  /** A whole network as its only part. */
  static Parts whole(int nodes) {
    return new Parts(new int[nodes], new double[1]);
  }

  /** The parts of groups of nodes, none of which has nodes of two parts. */
  Parts ofGroups(int[] groups, int count) {
    var ofGroups = new int[count];
    for (int node = 0; node < groups.length; node++) {
      ofGroups[groups[node]] = of[node];
    }
    return new Parts(ofGroups, exit);
  }
}
