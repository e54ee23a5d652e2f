package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * The map equation of a network [1] [2] [3]: how many bits a step of a random walker takes to write
 * down if the nodes of each module have a codebook of their own and others name the modules as they
 * are entered. The shorter, the better the modules fit the flow.
 *
 * <p>With {@code f(x) = x log2 x}, what enters a module {@code in}, what leaves it {@code out}, and
 * its own flow {@code p}, a codebook that names modules {@code c} costs
 *
 * <pre>f(out + Σ_c in_c) - f(out) - Σ_c f(in_c)</pre>
 *
 * and one that names nodes {@code a} costs {@code f(out + p) - f(out) - Σ_a f(p_a)}; nothing leaves
 * the codebook of all. Of an undirected network with two levels this is, with strengths {@code s},
 * {@code S} their sum, {@code c_i} the weight that module {@code i} cuts and {@code C} the sum of
 * the cuts,
 *
 * <pre>L = (f(C) - 2 Σ_i f(c_i) + Σ_i f(c_i + s_i) - Σ_a f(s_a)) / S</pre>
 *
 * in raw weights: dividing each by {@code S} changes nothing, since the terms with {@code log2 S}
 * cancel, in every codebook. So all weights may be multiplied by any number, as forward decay does.
 *
 * <p>O(nodes + edges), for each level. A network without weight has length 0.
 *
 * <p>[1] Rosvall and Bergstrom: Maps of random walks on complex networks reveal community
 * structure, PNAS 2008. [2] Rosvall, Axelsson and Bergstrom: The map equation, Eur. Phys. J.
 * Special Topics 2009. [3] Rosvall and Bergstrom: Multilevel compression of random walks on
 * networks reveals hierarchical organization in large integrated systems, PLoS ONE 2011.
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
    return codelength(network, modules, Parts.whole(modules.length));
  }

  /** The same of parts that have map equations of their own; their exits count as words only. */
  static double codelength(FlowNetwork network, int[] modules, Parts parts) {
    if (network.totalStrength() == 0) {
      return 0;
    }
    var sums = new ModuleSums(network, modules.length);
    var index = new CompensatedSum[parts.exit().length];
    Arrays.setAll(index, part -> new CompensatedSum());
    var partOf = new int[modules.length];
    for (int node = 0; node < modules.length; node++) {
      sums.add(node, modules[node]);
      partOf[modules[node]] = parts.of()[node];
      sums.cut[modules[node]] += network.outside[node];
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        if (modules[network.target[place]] != modules[node]) {
          sums.cut[modules[node]] += network.weight[place];
        }
      }
    }
    var sum = new CompensatedSum();
    for (int module = 0; module < modules.length; module++) {
      if (sums.members[module] > 0) {
        double enter = sums.enter(module);
        double exit = sums.exit(module);
        index[partOf[module]].add(enter);
        if (network.terms.plain()) {
          sum.add(-2 * BinaryLogarithm.times(exit));
        } else {
          sum.add(-BinaryLogarithm.times(enter));
          sum.add(-BinaryLogarithm.times(exit));
          sum.add(network.terms.modulePrice());
        }
        sum.add(BinaryLogarithm.times(exit + sums.strength[module]));
      }
    }
    for (int part = 0; part < index.length; part++) {
      index[part].add(parts.exit()[part]);
      sum.add(BinaryLogarithm.times(index[part].value()));
    }
    for (double one : network.strength) {
      sum.add(-BinaryLogarithm.times(one));
    }
    sum.add(network.terms.modulePrice() * (modules.length - 1));
    return sum.value() / network.totalStrength();
  }

  /**
   * The length of modules of modules, part by part.
   *
   * @param parents module that each module is in, with a smaller number, or -1; none is empty
   * @param modules innermost module of each node
   */
  static Codelength length(FlowNetwork network, int[] parents, int[] modules) {
    if (network.totalStrength() == 0) {
      return new Codelength(0, 0, 0);
    }
    return new Books(network, sums(network, parents, modules), parents, modules).length();
  }

  /** What is visited, enters and leaves each module, as shares of all steps. */
  static ModuleFlows flows(FlowNetwork network, int[] parents, int[] modules) {
    var sums = sums(network, parents, modules);
    var flows =
        new ModuleFlows(
            new double[parents.length], new double[parents.length], new double[parents.length]);
    for (int module = 0; module < parents.length && network.totalStrength() > 0; module++) {
      flows.flow()[module] = sums.strength[module] / network.totalStrength();
      flows.enter()[module] = sums.enter(module) / network.totalStrength();
      flows.exit()[module] = sums.exit(module) / network.totalStrength();
    }
    return flows;
  }

  private static ModuleSums sums(FlowNetwork network, int[] parents, int[] modules) {
    var sums = new ModuleSums(network, parents.length);
    var depth = new int[parents.length];
    for (int module = 0; module < parents.length; module++) {
      depth[module] = parents[module] < 0 ? 0 : depth[parents[module]] + 1;
    }
    for (int node = 0; node < modules.length; node++) {
      sums.add(node, modules[node]);
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        int from = modules[node];
        int to = modules[network.target[place]];
        // Up from both, as long as they differ: what the edge leaves on its way is cut.
        while (from != to) {
          if (to < 0 || from >= 0 && depth[from] >= depth[to]) {
            sums.cut[from] += network.weight[place];
            from = parents[from];
          } else {
            to = parents[to];
          }
        }
      }
    }
    sums.raise(parents);
    return sums;
  }

  /** The length with all nodes in one module: the entropy of the visit rates. */
  public static double oneLevel(FlowNetwork network) {
    double total = network.totalStrength();
    if (total == 0) {
      return 0;
    }
    var sum = new CompensatedSum();
    sum.add(BinaryLogarithm.times(total));
    for (double one : network.strength) {
      sum.add(-BinaryLogarithm.times(one));
    }
    sum.add(network.terms.modulePrice() * network.nodes());
    return sum.value() / total;
  }

  /** What a module's terms depend on, added up over its nodes. */
  private static final class ModuleSums {

    private final FlowNetwork network;
    private final int[] members;
    private final double[] strength;
    private final double[] cut;
    private final double[] imbalance;
    private final double[] jump;
    private final double[] landing;

    ModuleSums(FlowNetwork network, int count) {
      this.network = network;
      int terms = network.terms.plain() ? 0 : count;
      members = new int[count];
      strength = new double[count];
      cut = new double[count];
      imbalance = new double[terms];
      jump = new double[terms];
      landing = new double[terms];
    }

    void add(int node, int module) {
      members[module]++;
      strength[module] += network.strength[node];
      if (!network.terms.plain()) {
        imbalance[module] += network.terms.imbalance()[node];
        jump[module] += network.terms.jump()[node];
        landing[module] += network.terms.landing()[node];
      }
    }

    /** Adds what is in a module to the one that it is in; its cut it has already. */
    void raise(int[] parents) {
      for (int module = parents.length - 1; module >= 0; module--) {
        if (parents[module] >= 0) {
          strength[parents[module]] += strength[module];
          if (!network.terms.plain()) {
            imbalance[parents[module]] += imbalance[module];
            jump[parents[module]] += jump[module];
            landing[parents[module]] += landing[module];
          }
        }
      }
    }

    double enter(int module) {
      return network.terms.plain()
          ? cut[module]
          : network.terms.enter(cut[module], imbalance[module], jump[module], landing[module]);
    }

    double exit(int module) {
      return network.terms.plain()
          ? cut[module]
          : FlowTerms.exit(cut[module], imbalance[module], jump[module], landing[module]);
    }
  }

  /** The codebooks of a hierarchy. */
  private static final class Books {

    private final FlowNetwork network;
    private final int[] parents;
    private final int[] modules;
    private final double[] enter;
    private final double[] exit;
    private final CompensatedSum index = new CompensatedSum();
    private final CompensatedSum inner = new CompensatedSum();

    Books(FlowNetwork network, ModuleSums sums, int[] parents, int[] modules) {
      this.network = network;
      this.parents = parents;
      this.modules = modules;
      enter = new double[parents.length];
      exit = new double[parents.length];
      for (int module = 0; module < parents.length; module++) {
        enter[module] = sums.enter(module);
        exit[module] = sums.exit(module);
      }
    }

    Codelength length() {
      int root = parents.length;
      var use = new double[root + 1];
      var namesNodes = new boolean[root + 1];
      for (int node = 0; node < modules.length; node++) {
        use[modules[node]] += network.strength[node];
        namesNodes[modules[node]] = true;
      }
      for (int module = 0; module < root; module++) {
        use[parents[module] < 0 ? root : parents[module]] += enter[module];
      }
      for (int module = 0; module <= root; module++) {
        double leave = module == root ? 0 : exit[module];
        var sum = namesNodes[module] ? inner : index;
        sum.add(BinaryLogarithm.times(leave + use[module]));
        sum.add(-BinaryLogarithm.times(leave));
      }
      for (double one : network.strength) {
        inner.add(-BinaryLogarithm.times(one));
      }
      for (int module = 0; module < root; module++) {
        boolean mixed = parents[module] >= 0 && namesNodes[parents[module]];
        (mixed ? inner : index).add(-BinaryLogarithm.times(enter[module]));
      }
      double total = network.totalStrength();
      double correction = network.terms.modulePrice() * (root - 1 + modules.length);
      return new Codelength(index.value() / total, inner.value() / total, correction / total);
    }
  }
}
