package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes in modules, these in modules of modules, and so on, and the length that the map equation
 * gives them.
 *
 * @param parents module that each module is in, {@link #NONE} for a top module; a module comes
 *     after the one that it is in, and modules of the same one by their strength, most first, of
 *     one strength by their smallest node
 * @param modules innermost module of each node
 * @param length what it costs
 */
public record Hierarchy(int[] parents, int[] modules, Codelength length) {

  /** In place of a module that a top module is in. */
  public static final int NONE = -1;

  /**
   * Numbers modules canonically, leaves out those without nodes, and prices them.
   *
   * @param parents module that each module is in, with a smaller number, or {@link #NONE}
   * @param modules innermost module of each node
   */
  public static Hierarchy of(FlowNetwork network, int[] parents, int[] modules) {
    require(network, parents, modules);
    int[] numbers = new Order(network, parents, modules).numbers();
    int count = 0;
    for (int number : numbers) {
      count = Math.max(count, number + 1);
    }
    var newParents = new int[count];
    for (int module = 0; module < parents.length; module++) {
      if (numbers[module] != NONE) {
        newParents[numbers[module]] = parents[module] < 0 ? NONE : numbers[parents[module]];
      }
    }
    int[] newModules = Arrays.stream(modules).map(module -> numbers[module]).toArray();
    return new Hierarchy(
        newParents, newModules, MapEquation.length(network, newParents, newModules));
  }

  /** Modules of nodes and nothing above. */
  public static Hierarchy of(FlowNetwork network, Partition partition) {
    var parents = new int[partition.moduleCount()];
    Arrays.fill(parents, NONE);
    return of(network, parents, partition.modules());
  }

  private static void require(FlowNetwork network, int[] parents, int[] modules) {
    if (modules.length != network.nodes()) {
      throw new IllegalArgumentException(
          modules.length + " modules for " + network.nodes() + " nodes");
    }
    for (int module = 0; module < parents.length; module++) {
      if (parents[module] < NONE || parents[module] >= module) {
        throw new IllegalArgumentException(
            "module " + module + " is in " + parents[module] + ", must be one before it");
      }
    }
    for (int module : modules) {
      if (module < 0 || module >= parents.length) {
        throw new IllegalArgumentException(
            "a node is in module " + module + ", of " + parents.length);
      }
    }
  }

  /** How much each module is visited, entered and left. */
  public ModuleFlows flows(FlowNetwork network) {
    return MapEquation.flows(network, parents, modules);
  }

  /** Bits a step. */
  public double codelength() {
    return length.total();
  }

  /** Levels of the deepest branch, the nodes being one. */
  public int levels() {
    var depth = new int[parents.length];
    int levels = 1;
    for (int module = 0; module < parents.length; module++) {
      depth[module] = parents[module] == NONE ? 2 : depth[parents[module]] + 1;
      levels = Math.max(levels, depth[module]);
    }
    return levels;
  }

  /** How many modules are in no other. */
  public int topModuleCount() {
    int count = 0;
    for (int parent : parents) {
      count += parent == NONE ? 1 : 0;
    }
    return count;
  }

  /** Top module of each node, numbered from 0 in the same order. */
  public int[] topModules() {
    var tops = new int[parents.length];
    int count = 0;
    for (int module = 0; module < parents.length; module++) {
      tops[module] = parents[module] == NONE ? count++ : tops[parents[module]];
    }
    return Arrays.stream(modules).map(module -> tops[module]).toArray();
  }

  /** Sorts modules, siblings by strength, and numbers them, each before what is in it. */
  private static final class Order {

    private final int[] parents;
    private final double[] strength;
    private final int[] smallest;
    private final List<IntArrayList> children = new ArrayList<>();
    private final IntArrayList tops = new IntArrayList();
    private final int[] numbers;
    private int size;

    Order(FlowNetwork network, int[] parents, int[] modules) {
      this.parents = parents;
      strength = new double[parents.length];
      smallest = new int[parents.length];
      numbers = new int[parents.length];
      Arrays.fill(smallest, Integer.MAX_VALUE);
      Arrays.fill(numbers, NONE);
      for (int node = 0; node < modules.length; node++) {
        strength[modules[node]] += network.strength(node);
        smallest[modules[node]] = Math.min(smallest[modules[node]], node);
      }
    }

    int[] numbers() {
      for (int module = 0; module < parents.length; module++) {
        children.add(new IntArrayList(0));
      }
      for (int module = parents.length - 1; module >= 0; module--) {
        if (parents[module] != NONE) {
          strength[parents[module]] += strength[module];
          smallest[parents[module]] = Math.min(smallest[parents[module]], smallest[module]);
        }
        if (smallest[module] < Integer.MAX_VALUE) {
          (parents[module] == NONE ? tops : children.get(parents[module])).add(module);
        }
      }
      number(tops);
      return numbers;
    }

    private void number(IntArrayList siblings) {
      siblings.sort(
          (a, b) ->
              strength[a] != strength[b]
                  ? Double.compare(strength[b], strength[a])
                  : Integer.compare(smallest[a], smallest[b]));
      for (int i = 0; i < siblings.size(); i++) {
        numbers[siblings.getInt(i)] = size++;
        number(children.get(siblings.getInt(i)));
      }
    }
  }
}
