package io.github.wenliu.operators.cluster;

/**
 * Bounds that no module may cross.
 *
 * @param of the field of each node
 * @param exit of each field, what its own module cuts: within it, leaving costs a word too; 0 if
 *     the field is the whole network
 */
record Fences(int[] of, double[] exit) {

  /** One field, the whole network. */
  static Fences none(int nodes) {
    return new Fences(new int[nodes], new double[1]);
  }

  /** The fields of groups of nodes, none of which crosses a fence. */
  Fences coarser(int[] groups, int count) {
    var coarser = new int[count];
    for (int node = 0; node < groups.length; node++) {
      coarser[groups[node]] = of[node];
    }
    return new Fences(coarser, exit);
  }
}
