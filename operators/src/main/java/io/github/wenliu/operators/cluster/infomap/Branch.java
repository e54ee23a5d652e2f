package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A module with what is in it.
 *
 * @param branches modules in it, empty if it holds nodes
 * @param nodes nodes in it, empty if it holds modules
 * @param cost what its codebook and those of all within cost, but for what its nodes cost anyway
 */
record Branch(List<Branch> branches, int[] nodes, double cost) {

  static Branch leaf(int[] nodes, double cost) {
    return new Branch(List.of(), nodes, cost);
  }

  /** The whole network as a hierarchy; a leaf is one module. */
  Hierarchy hierarchy(FlowNetwork network) {
    var parents = new IntArrayList();
    var modules = new int[network.nodes()];
    if (branches.isEmpty()) {
      parents.add(Hierarchy.NONE);
    } else {
      branches.forEach(branch -> branch.number(Hierarchy.NONE, parents, modules));
    }
    return Hierarchy.of(network, parents.toIntArray(), modules);
  }

  /** The nodes in this module and in all within. */
  int[] allNodes() {
    var all = new IntArrayList(nodes);
    branches.forEach(branch -> all.addElements(all.size(), branch.allNodes()));
    return all.toIntArray();
  }

  /** The same with others in place of some. */
  Branch replaced(Map<Branch, Branch> others) {
    var other = others.get(this);
    if (other != null) {
      return other;
    }
    var replaced = branches.stream().map(branch -> branch.replaced(others)).toList();
    double difference = 0;
    for (int i = 0; i < replaced.size(); i++) {
      difference += replaced.get(i).cost() - branches.get(i).cost();
    }
    return new Branch(replaced, nodes, cost + difference);
  }

  private void number(int parent, IntArrayList parents, int[] modules) {
    int own = parents.size();
    parents.add(parent);
    Arrays.stream(nodes).forEach(node -> modules[node] = own);
    branches.forEach(branch -> branch.number(own, parents, modules));
  }
}
