package io.github.wenliu.operators.cluster.infomap;

/**
 * What a flow has beyond the steps along undirected edges: arcs of which more leave a node than
 * enter it, jumps to any node (teleportation that is recorded, or a prior that links all nodes a
 * little), and a price for each module. All but the price is a sum over the nodes of a module, so
 * moving nodes changes it in O(1).
 *
 * <p>With the weight {@code c} that a module cuts, half of what leaves and enters it by arcs, and
 * the sums over its nodes of imbalance {@code d}, jumps {@code t} and landing {@code l}, and {@code
 * T} the jumps from all nodes,
 *
 * <pre>enter = c - d + (T - t) l,   exit = c + d + t (1 - l)</pre>
 *
 * @param imbalance half of what leaves each node by arcs less what enters it by them
 * @param jump how much jumps away from each node
 * @param landing share of all jumps that lands on each node
 * @param jumps sum of all jumps
 * @param modulePrice what a module adds to the length beside the map equation, in raw weights
 */
record FlowTerms(
    double[] imbalance, double[] jump, double[] landing, double jumps, double modulePrice) {

  /** Undirected edges and nothing else; the arrays are empty. */
  static final FlowTerms PLAIN = new FlowTerms(new double[0], new double[0], new double[0], 0, 0);

  static FlowTerms balanced(int nodes) {
    return new FlowTerms(new double[nodes], new double[nodes], new double[nodes], 0, 0);
  }

  boolean plain() {
    return this == PLAIN;
  }

  FlowTerms withModulePrice(double price) {
    return new FlowTerms(imbalance, jump, landing, jumps, price);
  }

  /** Weight of the jumps into a module. */
  double jumpsInto(double jumpSum, double landingSum) {
    return (jumps - jumpSum) * landingSum;
  }

  double enter(double cut, double imbalanceSum, double jumpSum, double landingSum) {
    return Math.max(0, cut - imbalanceSum + jumpsInto(jumpSum, landingSum));
  }

  static double exit(double cut, double imbalanceSum, double jumpSum, double landingSum) {
    return Math.max(0, cut + imbalanceSum + jumpSum * (1 - landingSum));
  }

  /** What enters a node as a module. */
  double enter(int node, double cut) {
    return plain() ? cut : enter(cut, imbalance[node], jump[node], landing[node]);
  }

  /** What leaves a node as a module. */
  double exit(int node, double cut) {
    return plain() ? cut : exit(cut, imbalance[node], jump[node], landing[node]);
  }

  /** What a module adds to the length, but for its share of the codebook that it is named in. */
  double term(double cut, double strength, double imbalanceSum, double jumpSum, double landingSum) {
    double enter = enter(cut, imbalanceSum, jumpSum, landingSum);
    double exit = exit(cut, imbalanceSum, jumpSum, landingSum);
    return BinaryLogarithm.times(exit + strength)
        - BinaryLogarithm.times(exit)
        - BinaryLogarithm.times(enter)
        + modulePrice;
  }

  /** The same of a node as a module of its own. */
  double term(int node, double cut, double strength) {
    return plain()
        ? Modules.term(cut, strength)
        : term(cut, strength, imbalance[node], jump[node], landing[node]);
  }

  /** The terms of groups of nodes. */
  FlowTerms ofGroups(int[] groups, int count) {
    return plain()
        ? PLAIN
        : new FlowTerms(
            summed(imbalance, groups, count),
            summed(jump, groups, count),
            summed(landing, groups, count),
            jumps,
            modulePrice);
  }

  private static double[] summed(double[] values, int[] groups, int count) {
    var sums = new double[count];
    for (int node = 0; node < groups.length; node++) {
      sums[groups[node]] += values[node];
    }
    return sums;
  }

  /** The terms of some of the nodes. */
  FlowTerms ofNodes(int[] nodes) {
    return plain()
        ? PLAIN
        : new FlowTerms(
            picked(imbalance, nodes),
            picked(jump, nodes),
            picked(landing, nodes),
            jumps,
            modulePrice);
  }

  private static double[] picked(double[] values, int[] nodes) {
    var picked = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      picked[i] = values[nodes[i]];
    }
    return picked;
  }
}
