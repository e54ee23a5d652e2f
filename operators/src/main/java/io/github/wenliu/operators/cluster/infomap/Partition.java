package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * Nodes in modules, and the length that the map equation gives them.
 *
 * @param modules module of each node; modules are numbered from 0 by their strength, most first,
 *     and of one strength by their smallest node
 * @param moduleCount number of modules
 * @param codelength bits a step
 */
public record Partition(int[] modules, int moduleCount, double codelength) {

  /**
   * Numbers modules canonically and prices them.
   *
   * @param modules module of each node, any number from 0 up to the number of nodes - 1
   */
  public static Partition of(FlowNetwork network, int[] modules) {
    int[] numbered = modules.clone();
    int count = number(numbered, numbered.length);
    var strength = new double[count];
    for (int node = 0; node < numbered.length; node++) {
      strength[numbered[node]] += network.strength[node];
    }
    // So far numbered by the smallest node, which the stable sort keeps among equals.
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    IntArrays.stableSort(order, (a, b) -> Double.compare(strength[b], strength[a]));
    var rank = new int[count];
    for (int i = 0; i < count; i++) {
      rank[order[i]] = i;
    }
    for (int node = 0; node < numbered.length; node++) {
      numbered[node] = rank[numbered[node]];
    }
    return new Partition(numbered, count, MapEquation.codelength(network, numbered));
  }

  /**
   * Replaces numbers in [0, bound) by 0, 1, … in the order in which they come first.
   *
   * @return how many there are
   */
  static int number(int[] modules, int bound) {
    var numbers = new int[bound];
    int count = 0;
    for (int i = 0; i < modules.length; i++) {
      int module = modules[i];
      if (numbers[module] == 0) {
        numbers[module] = ++count;
      }
      modules[i] = numbers[module] - 1;
    }
    return count;
  }

  /** How many modules there are, if they are numbered without gaps. */
  static int count(int[] modules) {
    int greatest = -1;
    for (int module : modules) {
      greatest = Math.max(greatest, module);
    }
    return greatest + 1;
  }
}
