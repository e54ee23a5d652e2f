package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/**
 * Gives groups of nodes the numbers of the modules that most of each was in: the pair of a group
 * and a module that have most strength in common first, each only once. A group that is left has no
 * number. So few nodes change their number, and a group has a node of the module that it is named
 * after.
 *
 * <p>O(nodes + p log p) for p pairs with nodes in common.
 */
final class Heirs {

  private static final long LOW = 0xFFFF_FFFFL;

  private Heirs() {}

  /**
   * Names groups.
   *
   * @param groups group of each node, 0 … {@code count - 1}
   * @param modules module of each node, or {@link Modules#NONE}
   * @param strength strength of each node
   * @return module of each group, {@link Modules#NONE} for a new one
   */
  static int[] of(int[] groups, int count, int[] modules, double[] strength) {
    var common = new Long2DoubleOpenHashMap();
    for (int node = 0; node < groups.length; node++) {
      if (modules[node] != Modules.NONE) {
        common.addTo((long) groups[node] << Integer.SIZE | modules[node], strength[node]);
      }
    }
    long[] pairs = common.keySet().toLongArray();
    LongArrays.quickSort(
        pairs,
        (one, other) -> {
          int byStrength = Double.compare(common.get(other), common.get(one));
          return byStrength != 0 ? byStrength : Long.compare(one, other);
        });
    var heirs = new int[count];
    Arrays.fill(heirs, Modules.NONE);
    var taken = new IntOpenHashSet();
    for (long pair : pairs) {
      int group = (int) (pair >>> Integer.SIZE);
      int module = (int) (pair & LOW);
      if (heirs[group] == Modules.NONE && taken.add(module)) {
        heirs[group] = module;
      }
    }
    return heirs;
  }
}
