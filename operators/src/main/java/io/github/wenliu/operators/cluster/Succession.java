package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What became of the published communities in a partition that was found, before anything is
 * confirmed: which module is whose heir, and what the other modules are.
 *
 * <p>A community and a module are matched if the flow that they share is at least half of the
 * smaller one and a fifth of the community, largest first, each once; of one flow the older
 * community, then the earlier module. So a pair that is each other's largest always is matched if
 * it shares enough, and a community whose largest part went to a heavier one may still find its
 * heir in the next. A module without a match is
 *
 * <ul>
 *   <li>a <em>branch</em> of each community of which it holds at least a fifth of what the heir
 *       holds, provided that this is at least a fifth of the module;
 *   <li>else a <em>fragment</em> of the community that holds half of it or more;
 *   <li>else <em>new</em>.
 * </ul>
 *
 * A module with too few nodes is no heir, no branch and not new: it is a fragment, if only of none.
 *
 * <p>O(overlaps log overlaps). [1] Greene, Doyle, Cunningham: Tracking the evolution of communities
 * in dynamic social networks, ASONAM 2010; [2] Rosvall, Bergstrom: Mapping change in large
 * networks, PLoS ONE 5, 2010.
 */
final class Succession {

  /** What a module is. */
  enum Kind {
    HEIR,
    BRANCH,
    FRAGMENT,
    NEW;

    /** Whether it may become a community of its own. */
    boolean isNews() {
      return this == BRANCH || this == NEW;
    }
  }

  private static final double HALF = 0.5;
  private static final double FIFTH = 0.2;

  private final Overlaps overlaps;
  private final boolean[] isLarge;

  /** By community: its heir. */
  private final int[] heir;

  /** By community: what it shares with its heir. */
  private final double[] inherited;

  /** By module: the community of which it is the heir, or a fragment. */
  private final int[] community;

  private final Kind[] kinds;
  private final List<List<Integer>> parents = new ArrayList<>();
  private final int[] largestPart;

  /**
   * @param communities how many there are
   * @param isLarge whether a module has nodes enough to be published
   * @param overlaps of communities, oldest first, and modules
   */
  Succession(int communities, boolean[] isLarge, Overlaps overlaps) {
    int modules = isLarge.length;
    this.overlaps = overlaps;
    this.isLarge = isLarge;
    heir = new int[communities];
    inherited = new double[communities];
    community = new int[modules];
    kinds = new Kind[modules];
    largestPart = overlaps.largestOfA();
    Arrays.fill(heir, NONE);
    Arrays.fill(community, NONE);
    match();
    judge();
  }

  /** The module that a community lives on in, {@link TrackedCommunities#NONE} if there is none. */
  int heir(int ofCommunity) {
    return heir[ofCommunity];
  }

  Kind kind(int module) {
    return kinds[module];
  }

  /** The community that an heir or a fragment belongs to, else none. */
  int community(int module) {
    return community[module];
  }

  /** The communities that a module is a branch of, oldest first. */
  List<Integer> parents(int module) {
    return parents.get(module);
  }

  /** The module that holds half of a community or more; if there are two, the earlier one. */
  int successor(int ofCommunity) {
    int largest = largestPart[ofCommunity];
    return largest != NONE && overlaps.flow(largest) >= HALF * overlaps.sumA(ofCommunity)
        ? overlaps.b(largest)
        : NONE;
  }

  /** Whether so much of a community is in the heir of another that the two have merged. */
  boolean isMerger(int ofCommunity, int other) {
    return overlaps.flow(largestPart[ofCommunity]) >= FIFTH * inherited[other];
  }

  private void match() {
    int[] order = new int[overlaps.size()];
    Arrays.setAll(order, i -> i);
    IntArrays.stableSort(
        order, (one, other) -> Double.compare(overlaps.flow(other), overlaps.flow(one)));
    for (int i : order) {
      int a = overlaps.a(i);
      int b = overlaps.b(i);
      if (heir[a] == NONE && community[b] == NONE && isLarge[b] && isEnough(i)) {
        heir[a] = b;
        inherited[a] = overlaps.flow(i);
        community[b] = a;
        kinds[b] = Kind.HEIR;
      }
    }
  }

  private boolean isEnough(int overlap) {
    double a = overlaps.sumA(overlaps.a(overlap));
    double b = overlaps.sumB(overlaps.b(overlap));
    return overlaps.flow(overlap) >= HALF * Math.min(a, b) && overlaps.flow(overlap) >= FIFTH * a;
  }

  private void judge() {
    for (int module = 0; module < kinds.length; module++) {
      parents.add(new ArrayList<>());
    }
    for (int i = 0; i < overlaps.size(); i++) {
      int module = overlaps.b(i);
      if (kinds[module] == null && isLarge[module] && isBranch(i)) {
        parents.get(module).add(overlaps.a(i));
      }
    }
    int[] largest = overlaps.largestOfB();
    for (int module = 0; module < kinds.length; module++) {
      if (kinds[module] == null) {
        judge(module, largest[module]);
      }
    }
  }

  private void judge(int module, int largest) {
    if (!parents.get(module).isEmpty()) {
      kinds[module] = Kind.BRANCH;
    } else if (largest != NONE && overlaps.flow(largest) >= HALF * overlaps.sumB(module)) {
      kinds[module] = Kind.FRAGMENT;
      community[module] = overlaps.a(largest);
    } else {
      kinds[module] = isLarge[module] ? Kind.NEW : Kind.FRAGMENT;
    }
  }

  private boolean isBranch(int overlap) {
    int a = overlaps.a(overlap);
    return heir[a] != NONE
        && overlaps.flow(overlap) >= FIFTH * inherited[a]
        && overlaps.flow(overlap) >= FIFTH * overlaps.sumB(overlaps.b(overlap));
  }
}
