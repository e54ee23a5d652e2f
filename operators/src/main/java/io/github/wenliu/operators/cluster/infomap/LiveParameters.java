package io.github.wenliu.operators.cluster.infomap;

/**
 * What can be set about a partition that follows its graph.
 *
 * @param debtShare a module is searched anew when the edges of its nodes have changed by more than
 *     this share of its strength
 * @param searchShare a full search is due when edges have changed by more than this share of the
 *     strength of the graph
 * @param leastGain the share of the codelength by which a full search must be shorter to be taken
 * @param seed where chance begins
 */
public record LiveParameters(double debtShare, double searchShare, double leastGain, long seed) {

  /** Values that follow a graph within some thousandths of a full search; see the benchmarks. */
  public static final LiveParameters DEFAULT = new LiveParameters(0.05, 0.5, 1e-3, 1);

  public LiveParameters {
    notNegative("debtShare", debtShare);
    notNegative("searchShare", searchShare);
    notNegative("leastGain", leastGain);
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must not be negative");
    }
  }
}
