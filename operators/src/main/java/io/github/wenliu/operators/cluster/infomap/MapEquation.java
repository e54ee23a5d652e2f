package io.github.wenliu.operators.cluster.infomap;

/**
 * The two-level map equation of an undirected network [1] [2]: how many bits a step of a random
 * walker takes to write down if the nodes of each module have a codebook of their own and another
 * names the modules as they are entered. The shorter, the better the modules fit the flow.
 *
 * <p>With {@code f(x) = x log2 x}, strengths {@code s}, {@code S} their sum, {@code c_i} the weight
 * that module {@code i} cuts and {@code C} the sum of the cuts,
 *
 * <pre>L = (f(C) - 2 Σ_i f(c_i) + Σ_i f(c_i + s_i) - Σ_a f(s_a)) / S</pre>
 *
 * in raw weights: dividing each by {@code S} changes nothing, since the terms with {@code log2 S}
 * cancel. So all weights may be multiplied by any number, as forward decay does.
 *
 * <p>O(nodes + edges). A network without weight has length 0.
 *
 * <p>[1] Rosvall and Bergstrom: Maps of random walks on complex networks reveal community
 * structure, PNAS 2008. [2] Rosvall, Axelsson and Bergstrom: The map equation, Eur. Phys. J.
 * Special Topics 2009.
 */
public final class MapEquation {

  private MapEquation() {}

  /**
   * The length with given modules, in bits a step.
   *
   * @param modules module of each node, any number from 0 up to the number of nodes - 1
   */
  public static double codelength(FlowNetwork network, int[] modules) {
    if (modules.length != network.nodes()) {
      throw new IllegalArgumentException(
          modules.length + " modules for " + network.nodes() + " nodes");
    }
    var strength = new double[modules.length];
    var cut = new double[modules.length];
    for (int node = 0; node < modules.length; node++) {
      strength[modules[node]] += network.strength[node];
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        if (modules[network.target[place]] != modules[node]) {
          cut[modules[node]] += network.weight[place];
        }
      }
    }
    return codelength(network, strength, cut);
  }

  /** The length with all nodes in one module: the entropy of the visit rates. */
  public static double oneLevel(FlowNetwork network) {
    return codelength(network, new double[] {network.totalStrength()}, new double[] {0});
  }

  private static double codelength(FlowNetwork network, double[] strength, double[] cut) {
    if (network.totalStrength() == 0) {
      return 0;
    }
    var sum = new CompensatedSum();
    var cuts = new CompensatedSum();
    for (int module = 0; module < cut.length; module++) {
      cuts.add(cut[module]);
      sum.add(-2 * BinaryLogarithm.times(cut[module]));
      sum.add(BinaryLogarithm.times(cut[module] + strength[module]));
    }
    sum.add(BinaryLogarithm.times(cuts.value()));
    for (double one : network.strength) {
      sum.add(-BinaryLogarithm.times(one));
    }
    return sum.value() / network.totalStrength();
  }
}
