package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Searches the partition of a network with the shortest map equation.
 *
 * <p>A trial puts every node alone, moves nodes to the modules of their neighbours, then modules as
 * if they were nodes, and so on [1]; then it tunes what it found, as nodes that once joined are
 * moved with their module only. The best trial is at last searched anew, group of neighbouring
 * modules by group, as long as that finds shorter ones.
 *
 * <p>Every module of a result is connected: taking apart one that is not never lengthens the map
 * equation. If the network's components are as short as modules as what was found, they are the
 * result. It depends on network, seed and initial partition only, on every machine.
 *
 * <p>O(edges) a pass, some dozens of passes a trial and far fewer to improve what is good already.
 *
 * <p>[1] Rosvall, Axelsson and Bergstrom: The map equation, Eur. Phys. J. Special Topics 2009.
 */
public final class Infomap {

  /** Hears of the trials of a search. */
  public interface TrialListener {

    /**
     * A trial ended.
     *
     * @param trial its number, from 0
     * @param found what it found
     */
    void accept(int trial, Partition found);
  }

  /** Share of the codelength that a sweep of repair must gain for another to follow. */
  private static final double LEAST_GAIN = 1e-3;

  private final FlowNetwork network;
  private final Partition components;

  public Infomap(FlowNetwork network) {
    this.network = network;
    components = Partition.of(network, Connectivity.split(network, new int[network.nodes()]));
  }

  /**
   * The best of several trials from scratch.
   *
   * @param trials at least 1
   * @param seed trial {@code i} has chance of its own, from {@code seed + i}
   */
  public Partition search(int trials, long seed, TrialListener listener) {
    if (trials < 1) {
      throw new IllegalArgumentException("trials is " + trials + ", must be positive");
    }
    Partition best = components;
    for (int trial = 0; trial < trials; trial++) {
      var chance = new SplitMix(seed + trial);
      Partition repaired = repaired(BuildUp.alone(network.nodes()), chance);
      listener.accept(trial, repaired);
      if (repaired.codelength() < best.codelength()) {
        best = repaired;
      }
    }
    return polished(best, seed + trials);
  }

  /** Repairs the best trial further, with more patience than each trial is worth. */
  private Partition polished(Partition found, long seed) {
    int[] modules = new Tuning(network, found.modules(), new SplitMix(seed)).regroup();
    Partition polished = Partition.of(network, Connectivity.split(network, modules));
    return polished.codelength() < found.codelength() ? polished : found;
  }

  /**
   * The partition that repairing a given one leads to, never a longer one.
   *
   * @param initial module of each node; a negative one for a node that starts alone
   */
  public Partition improve(int[] initial, long seed) {
    int[] modules = numbered(initial);
    Partition start = Partition.of(network, Connectivity.split(network, modules));
    Partition repaired = repaired(modules, new SplitMix(seed));
    Partition best = start.codelength() < repaired.codelength() ? start : repaired;
    return best.codelength() < components.codelength() ? best : components;
  }

  private int[] numbered(int[] initial) {
    if (initial.length != network.nodes()) {
      throw new IllegalArgumentException(
          initial.length + " modules for " + network.nodes() + " nodes");
    }
    var numbers = new Int2IntOpenHashMap();
    var modules = new int[initial.length];
    int count = 0;
    for (int node = 0; node < initial.length; node++) {
      int number = initial[node] < 0 ? count : numbers.getOrDefault(initial[node], count);
      if (number == count) {
        count++;
      }
      if (initial[node] >= 0) {
        numbers.put(initial[node], number);
      }
      modules[node] = number;
    }
    return modules;
  }

  private Partition repaired(int[] modules, SplitMix chance) {
    int[] repaired = new Tuning(network, modules, chance).run(LEAST_GAIN);
    return Partition.of(network, Connectivity.split(network, repaired));
  }
}
