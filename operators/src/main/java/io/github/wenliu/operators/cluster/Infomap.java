package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Searches the partition of a network with the shortest map equation.
 *
 * <p>A trial puts every node alone and moves nodes, then modules as if they were nodes, then
 * modules of modules, until nothing moves. Since a node that once joined is then moved with its
 * module only, two kinds of repair follow in turn until neither gains: single nodes move again
 * (fine-tune), and so do the pieces into which each module falls if it is searched alone
 * (coarse-tune) [1].
 *
 * <p>Every module of a result is connected: taking one that is not apart never lengthens the map
 * equation. A result depends on network, seed and initial partition only, on every machine.
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
  private static final double LEAST_GAIN = 1e-4;

  private static final double LEAST_POLISH_GAIN = 1e-6;
  private static final int POLISHES = 3;

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
      Partition repaired = repaired(BuildUp.alone(network.nodes()), chance, LEAST_GAIN);
      listener.accept(trial, repaired);
      if (repaired.codelength() < best.codelength()) {
        best = repaired;
      }
    }
    return polished(best, seed + trials);
  }

  /** Repairs the best trial further, with more patience than each trial is worth. */
  private Partition polished(Partition found, long seed) {
    Partition best = found;
    for (int attempt = 0; attempt < POLISHES; attempt++) {
      Partition next = repaired(best.modules(), new SplitMix(seed + attempt), LEAST_POLISH_GAIN);
      if (next.codelength() < best.codelength()) {
        best = next;
      }
    }
    return best;
  }

  /**
   * The partition that repairing a given one leads to, never a longer one.
   *
   * @param initial module of each node; a negative one for a node that starts alone
   */
  public Partition improve(int[] initial, long seed) {
    int[] modules = numbered(initial);
    Partition start = Partition.of(network, Connectivity.split(network, modules));
    Partition repaired = repaired(modules, new SplitMix(seed), LEAST_GAIN);
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

  private Partition repaired(int[] modules, SplitMix chance, double leastGain) {
    int[] repaired = new Tuning(network, modules, chance).run(leastGain);
    return Partition.of(network, Connectivity.split(network, repaired));
  }
}
