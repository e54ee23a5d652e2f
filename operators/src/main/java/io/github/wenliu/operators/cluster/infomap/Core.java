package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.BitSet;

/**
 * The nodes of a module that stay together: in all replicates but a few, all of them are in one
 * module. Of each replicate that is the module that has most of the module's flow; the largest set
 * by flow is looked for [1].
 *
 * <p>A node misses the replicates in which it is elsewhere. If some replicates may be missed, the
 * core is the nodes that miss no others, so which replicates to give up is the question. At first
 * all are given up; then they are taken back one by one, each time the one that costs the least
 * flow, until no more are given up than allowed. At last nodes come back that fit in. The result
 * stays together as often as is demanded, and no node can be added; that it is the largest is not
 * certain, as finding that takes exponential time.
 *
 * <p>O(nodes · replicates + replicates²).
 *
 * <p>[1] Rosvall and Bergstrom: Mapping change in large networks, PLoS ONE 2010, where simulated
 * annealing looks for it.
 */
final class Core {

  /** Flow of each node of the module. */
  private final double[] flow;

  /** Of each node the replicates that it misses. */
  private final BitSet[] missed;

  /** How many replicates may be missed. */
  private final int allowed;

  /** Flow of the nodes still in that miss each replicate. */
  private final double[] loss;

  private final boolean[] in;

  /**
   * Prepares the choice.
   *
   * @param flow of each node of the module
   * @param missed of each node the replicates that it misses
   * @param replicates how many there are
   * @param allowed how many the core may miss
   */
  Core(double[] flow, BitSet[] missed, int replicates, int allowed) {
    this.flow = flow;
    this.missed = missed;
    this.allowed = allowed;
    loss = new double[replicates];
    in = new boolean[flow.length];
  }

  /** Of each node whether it is in the core. */
  boolean[] choose() {
    var givenUp = new BitSet();
    for (int node = 0; node < flow.length; node++) {
      in[node] = missed[node].cardinality() <= allowed;
      if (in[node]) {
        givenUp.or(missed[node]);
        charge(node, flow[node]);
      }
    }
    while (givenUp.cardinality() > allowed) {
      int replicate = cheapest(givenUp);
      givenUp.clear(replicate);
      takeBack(replicate);
    }
    fill();
    return in;
  }

  private void charge(int node, double by) {
    for (int r = missed[node].nextSetBit(0); r >= 0; r = missed[node].nextSetBit(r + 1)) {
      loss[r] += by;
    }
  }

  private int cheapest(BitSet givenUp) {
    int best = givenUp.nextSetBit(0);
    for (int r = best; r >= 0; r = givenUp.nextSetBit(r + 1)) {
      if (loss[r] < loss[best]) {
        best = r;
      }
    }
    return best;
  }

  private void takeBack(int replicate) {
    for (int node = 0; node < flow.length; node++) {
      if (in[node] && missed[node].get(replicate)) {
        in[node] = false;
        charge(node, -flow[node]);
      }
    }
  }

  /** Adds nodes with which the core still misses no more than allowed, the heaviest first. */
  private void fill() {
    var given = new BitSet();
    int[] order = BuildUp.alone(flow.length);
    IntArrays.stableSort(order, (a, b) -> Double.compare(flow[b], flow[a]));
    for (int node : order) {
      if (in[node]) {
        given.or(missed[node]);
      }
    }
    for (int node : order) {
      var with = (BitSet) given.clone();
      with.or(missed[node]);
      if (!in[node] && with.cardinality() <= allowed) {
        in[node] = true;
        given = with;
      }
    }
  }
}
