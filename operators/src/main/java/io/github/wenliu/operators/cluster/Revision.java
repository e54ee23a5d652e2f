package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.Partition;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import java.util.Arrays;

/**
 * What is new against a partition that was found in all that is remembered. A graph with a long
 * memory shows a merger, a split or a death when new edges outweigh old ones, which takes about a
 * half-life. The graph of what was counted of late shows them at once, but says little of single
 * nodes and of modules that are seldom met. So nodes stay where the long memory has them, and of
 * the modules those are revised that were met often enough:
 *
 * <ul>
 *   <li>those of which most is in one module of late are <em>joined</em>;
 *   <li>one that is of late in several modules that are mostly its own is <em>divided</em>: nodes
 *       met in one of them go there, and the others to the part that they have most links to.
 * </ul>
 *
 * <p>The modules of late are those to which a search leads from the partition that is revised.
 * O(edges) and that search.
 */
final class Revision {

  private static final double MOST = 0.6;
  private static final double HALF = 0.5;
  private static final double FIFTH = 0.2;

  private final FlowNetwork whole;
  private final FlowNetwork recent;
  private final double evidence;
  private final int[] found;
  private final int[] late;
  private final Overlaps overlaps;

  /** By found module: its overlaps that are parts of it, more than one if it is divided. */
  private final IntArrayList[] parts;

  private final int[] modules;

  /**
   * @param whole the graph in which the partition was found
   * @param recent what was counted of late, of the same nodes
   * @param found modules of the nodes, numbered without gaps
   * @param evidence strength that a module must have of late to be revised: that of one context
   * @param seed where chance begins
   */
  Revision(FlowNetwork whole, FlowNetwork recent, int[] found, double evidence, long seed) {
    this.whole = whole;
    this.recent = recent;
    this.found = found;
    this.evidence = evidence;
    int count = Arrays.stream(found).max().orElse(NONE) + 1;
    var partition =
        recent.totalStrength() > 0
            ? new Infomap(recent).improveOnce(found, seed)
            : new Partition(found, count, 0);
    late = partition.modules();
    double[] strength = new double[found.length];
    Arrays.setAll(strength, recent::strength);
    overlaps = new Overlaps(count, found, partition.moduleCount(), late, strength);
    parts = new IntArrayList[count];
    gatherParts();
    modules = new int[found.length];
    assign(count, partition.moduleCount());
  }

  /** The revised modules of the nodes, numbered without gaps. */
  int[] modules() {
    return modules;
  }

  private void gatherParts() {
    int[] largest = overlaps.largestOfA();
    for (int i = 0; i < overlaps.size(); i++) {
      int module = overlaps.a(i);
      if (overlaps.flow(i) >= Math.max(evidence / 2, FIFTH * overlaps.sumA(module))
          && overlaps.flow(i) >= HALF * overlaps.sumB(overlaps.b(i))) {
        add(module, i);
      }
    }
    for (int module = 0; module < parts.length; module++) {
      if (parts[module] != null && parts[module].size() > 1 && overlaps.sumA(module) >= evidence) {
        continue;
      }
      parts[module] = null;
      int most = largest[module];
      if (most != NONE
          && overlaps.sumA(module) >= evidence
          && overlaps.flow(most) >= MOST * overlaps.sumA(module)) {
        add(module, most);
      }
    }
  }

  private void add(int module, int overlap) {
    if (parts[module] == null) {
      parts[module] = new IntArrayList();
    }
    parts[module].add(overlap);
  }

  /** Numbers: modules of late, and behind them those that are as they were. */
  private void assign(int count, int lateCount) {
    for (int node = 0; node < found.length; node++) {
      var own = parts[found[node]];
      modules[node] = own == null ? lateCount + found[node] : part(node, own);
    }
    int[] numbers = new int[lateCount + count];
    Arrays.fill(numbers, NONE);
    int next = 0;
    for (int node = 0; node < modules.length; node++) {
      if (numbers[modules[node]] == NONE) {
        numbers[modules[node]] = next++;
      }
      modules[node] = numbers[modules[node]];
    }
  }

  private int part(int node, IntArrayList own) {
    int first = overlaps.b(own.getInt(0));
    if (own.size() == 1) {
      return first;
    }
    var links = new Long2DoubleOpenHashMap();
    for (int i : own) {
      if (overlaps.b(i) == late[node]) {
        return late[node];
      }
      links.put(overlaps.b(i), 0);
    }
    for (int rank = 0; rank < whole.degree(node); rank++) {
      int other = whole.neighbour(node, rank);
      if (found[other] == found[node] && links.containsKey(late[other])) {
        links.addTo(late[other], whole.weight(node, rank));
      }
    }
    int best = first;
    for (int i : own) {
      if (links.get(overlaps.b(i)) > links.get(best)) {
        best = overlaps.b(i);
      }
    }
    return best;
  }
}
