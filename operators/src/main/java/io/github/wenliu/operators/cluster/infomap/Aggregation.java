package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * The coarser view of a network in which every module is one node. Nodes are sorted by module by
 * counting; the row of a module is gathered in an array with a place for each other module.
 *
 * <p>O(nodes + edges).
 */
final class Aggregation {

  private static final int FIRST_CAPACITY = 1 << 10;

  private final FlowNetwork network;
  private final int[] modules;
  private final int count;

  /** Place of a module in the row that is being gathered, if it is not before the row's begin. */
  private final int[] placeOf;

  private final int[] first;
  private int[] target;
  private double[] weight;
  private int size;

  private Aggregation(FlowNetwork network, int[] modules, int count) {
    this.network = network;
    this.modules = modules;
    this.count = count;
    placeOf = new int[count];
    Arrays.fill(placeOf, -1);
    first = new int[count + 1];
    int capacity = Math.min(network.target.length, FIRST_CAPACITY + network.target.length / 4);
    target = new int[capacity];
    weight = new double[capacity];
  }

  /**
   * Makes the coarser network.
   *
   * @param modules module of each node
   * @param count number of modules; the modules are 0 … {@code count - 1}
   */
  static FlowNetwork of(FlowNetwork network, int[] modules, int count) {
    return new Aggregation(network, modules, count).aggregate();
  }

  private FlowNetwork aggregate() {
    var strength = new double[count];
    var outside = new double[count];
    int[] begin = new int[count + 1];
    int[] sorted = sort(begin);
    for (int module = 0; module < count; module++) {
      for (int i = begin[module]; i < begin[module + 1]; i++) {
        strength[module] += network.strength[sorted[i]];
        outside[module] += network.outside[sorted[i]];
        addRow(module, sorted[i]);
      }
      first[module + 1] = size;
    }
    // One after the other, so that never both are there twice: this is where a search needs most.
    target = Arrays.copyOf(target, size);
    weight = Arrays.copyOf(weight, size);
    return FlowNetwork.view(
        first,
        target,
        weight,
        strength,
        outside,
        network.terms.ofGroups(modules, count),
        network.totalStrength());
  }

  /** The nodes module by module; those of one module stand from {@code begin[module]} on. */
  private int[] sort(int[] begin) {
    for (int module : modules) {
      begin[module + 1]++;
    }
    for (int module = 0; module < count; module++) {
      begin[module + 1] += begin[module];
    }
    int[] end = Arrays.copyOf(begin, count);
    var sorted = new int[modules.length];
    for (int node = 0; node < modules.length; node++) {
      sorted[end[modules[node]]++] = node;
    }
    return sorted;
  }

  private void addRow(int module, int node) {
    int rowBegin = first[module];
    for (int place = network.first[node]; place < network.first[node + 1]; place++) {
      int other = modules[network.target[place]];
      if (other != module) {
        if (placeOf[other] < rowBegin) {
          placeOf[other] = append(other);
        }
        weight[placeOf[other]] += network.weight[place];
      }
    }
  }

  private int append(int other) {
    if (size == target.length) {
      int capacity = Math.min(network.target.length, 2 * size);
      target = Arrays.copyOf(target, capacity);
      weight = Arrays.copyOf(weight, capacity);
    }
    target[size] = other;
    return size++;
  }
}
