package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Searches of two levels from scratch, each combined with the best of those before. What many cheap
 * searches agree on is found by a few, and the rest is worth the effort of the combination.
 *
 * <p>O(edges) a trial: some passes over all edges, some dozens of a small network, and some dozens
 * of passes for a trial of a small network.
 */
final class Trials {

  /** From so many edges on, trials are cheap: each is combined anyway, and repaired at the end. */
  private static final int LARGE = 40_000;

  /** Share of the codelength that a sweep of a thorough trial must gain for another to follow. */
  private static final double LEAST_GAIN = 1e-3;

  /** The same at the end. */
  private static final double LAST_GAIN = 1e-4;

  private static final int REGROUPINGS = 25;
  private static final int VAIN_REGROUPINGS = 8;
  private static final int LARGE_REGROUPINGS = 2;

  private final FlowNetwork network;
  private final Parts parts;
  private final long seed;
  private final SplitMix chance;
  private Partition best;
  private int count;

  /**
   * Prepares trials.
   *
   * @param seed trial {@code i} has chance of its own, from {@code seed + i}
   */
  Trials(FlowNetwork network, long seed) {
    this.network = network;
    this.seed = seed;
    parts = Parts.whole(network.nodes());
    chance = new SplitMix(~seed);
  }

  /** Begins with a partition that the first trial is combined with. */
  void take(Partition first) {
    best = first;
  }

  static boolean isLarge(FlowNetwork network) {
    return isLarge(network.edges());
  }

  static boolean isLarge(int edges) {
    return edges >= LARGE;
  }

  /**
   * The next trial.
   *
   * @param thorough whether it is repaired as long as that gains
   * @return the best so far
   */
  Partition next(boolean thorough) {
    int[] found = fromScratch(thorough, new SplitMix(seed + count++));
    var partition = Partition.of(network, found);
    if (best == null) {
      best = partition;
      return best;
    }
    best = combined(best, partition);
    return best;
  }

  /** What two partitions make together, or the shorter of them. */
  private Partition combined(Partition one, Partition two) {
    var better = two.codelength() < one.codelength() ? two : one;
    var other = better == one ? two : one;
    int[] both = new Recombination(network, parts, chance).of(better.modules(), other.modules());
    return shorter(better, Partition.of(network, both));
  }

  private static Partition shorter(Partition one, Partition two) {
    return two.codelength() < one.codelength() ? two : one;
  }

  private int[] fromScratch(boolean thorough, SplitMix own) {
    int[] alone = BuildUp.alone(network.nodes());
    if (thorough) {
      return new Tuning(network, alone, parts, own).run(LEAST_GAIN);
    }
    var all = new boolean[alone.length];
    Arrays.fill(all, true);
    return new BuildUp(network, alone, own).run(parts, all).modules();
  }

  /** The best, with modules taken apart that are not connected. */
  Partition connected() {
    return connected(best.modules());
  }

  /** The best, repaired with more patience than each trial is worth. */
  Partition repaired() {
    boolean large = isLarge(network);
    var tuning = new Tuning(network, best.modules(), parts, chance);
    tuning.run(LAST_GAIN);
    tuning.dissolve();
    tuning.regroup(
        large ? LARGE_REGROUPINGS : REGROUPINGS, large ? LARGE_REGROUPINGS : VAIN_REGROUPINGS);
    var repaired = shorter(connected(best.modules()), connected(tuning.dissolve()));
    return large ? repaired : shorter(repaired, connected(combined(repaired, apart()).modules()));
  }

  /**
   * Modules that come from taking the network apart: what only several nodes together would build
   * up is there from the start.
   */
  private Partition apart() {
    int[] components = connected(new int[network.nodes()]).modules();
    return Partition.of(network, new Tuning(network, components, parts, chance).run(LEAST_GAIN));
  }

  private Partition connected(int[] modules) {
    return Partition.of(network, Connectivity.connected(network, modules));
  }
}
