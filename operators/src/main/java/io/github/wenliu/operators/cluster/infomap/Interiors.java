package io.github.wenliu.operators.cluster.infomap;

/**
 * The insides of some modules of a network, each cut off from the rest, as one network.
 *
 * <p>O(nodes + edges of the modules' nodes).
 *
 * @param nodes which node of the whole network each of its nodes is; those of a module follow one
 *     another
 * @param network the edges within modules
 * @param parts the modules
 */
record Interiors(int[] nodes, FlowNetwork network, Parts parts) {

  /**
   * Looks into modules.
   *
   * @param modules module of each node
   * @param chosen whether to look into a module
   */
  static Interiors of(FlowNetwork network, int[] modules, boolean[] chosen) {
    int[] nodes = nodes(modules, chosen);
    var rank = new int[modules.length];
    for (int i = 0; i < nodes.length; i++) {
      rank[nodes[i]] = i;
    }
    return gathered(network, modules, nodes, rank);
  }

  /** The nodes of the chosen modules, sorted by module by counting. */
  private static int[] nodes(int[] modules, boolean[] chosen) {
    var end = new int[chosen.length + 1];
    for (int module : modules) {
      if (chosen[module]) {
        end[module + 1]++;
      }
    }
    for (int module = 0; module < chosen.length; module++) {
      end[module + 1] += end[module];
    }
    var nodes = new int[end[chosen.length]];
    for (int node = 0; node < modules.length; node++) {
      if (chosen[modules[node]]) {
        nodes[end[modules[node]]++] = node;
      }
    }
    return nodes;
  }

  private static Interiors gathered(FlowNetwork network, int[] modules, int[] nodes, int[] rank) {
    int[] first = rows(network, modules, nodes);
    var target = new int[first[nodes.length]];
    var weight = new double[first[nodes.length]];
    var strength = new double[nodes.length];
    var outside = new double[nodes.length];
    var part = new int[nodes.length];
    var exit = new double[nodes.length];
    int size = 0;
    int parts = 0;
    for (int i = 0; i < nodes.length; i++) {
      int node = nodes[i];
      if (i > 0 && modules[node] != modules[nodes[i - 1]]) {
        parts++;
      }
      part[i] = parts;
      strength[i] = network.strength[node];
      outside[i] = network.outside[node];
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        int other = network.target[place];
        if (modules[other] == modules[node]) {
          target[size] = rank[other];
          weight[size++] = network.weight[place];
        } else {
          outside[i] += network.weight[place];
        }
      }
      exit[parts] += outside[i];
    }
    var terms = network.terms.ofNodes(nodes);
    if (!terms.plain()) {
      var sums = terms.ofGroups(part, nodes.length);
      for (int number = 0; number <= parts && nodes.length > 0; number++) {
        exit[number] = sums.exit(number, exit[number]);
      }
    }
    var inside =
        FlowNetwork.view(first, target, weight, strength, outside, terms, network.totalStrength());
    return new Interiors(nodes, inside, new Parts(part, exit));
  }

  /** Where the rows begin if only edges within modules stand in them. */
  private static int[] rows(FlowNetwork network, int[] modules, int[] nodes) {
    var first = new int[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      int size = first[i];
      int own = modules[nodes[i]];
      for (int place = network.first[nodes[i]]; place < network.first[nodes[i] + 1]; place++) {
        if (modules[network.target[place]] == own) {
          size++;
        }
      }
      first[i + 1] = size;
    }
    return first;
  }
}
