package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

/**
 * Searches the modules of a network, or modules of modules, with the shortest map equation.
 *
 * <p>A trial puts every node alone, moves nodes to the modules of their neighbours, then modules as
 * if they were nodes, and so on [1]; then it tunes what it found, as nodes that once joined are
 * moved with their module only. It is combined with the best of the trials before. The best of all
 * is at last repaired: small modules are dissolved, and groups of neighbouring modules are searched
 * anew, as long as that finds shorter ones. Of a large network a trial is cheap, and no other
 * follows if some in a row were in vain.
 *
 * <p>Every module of a result is connected, unless jumps connect all nodes: taking apart one of two
 * levels that is not never lengthens the map equation. If the network's components are as short as
 * modules as what was found, they are the result. It depends on network, seed and initial partition
 * only, on every machine.
 *
 * <p>O(edges) a pass, some dozens of passes a trial and far fewer to improve what is good already.
 *
 * <p>[1] Rosvall, Axelsson and Bergstrom: The map equation, Eur. Phys. J. Special Topics 2009.
 */
public final class Infomap {

  /**
   * Hears of the trials of a search.
   *
   * @param <T> {@link Partition} or {@link Hierarchy}
   */
  public interface TrialListener<T> {

    /**
     * A trial ended.
     *
     * @param trial its number, from 0
     * @param found the best so far
     */
    void accept(int trial, T found);
  }

  /** Share of the codelength that a sweep of repair must gain for another to follow. */
  private static final double LEAST_GAIN = 1e-3;

  /** The same, where none follows. */
  private static final double ALL_GAIN = 1;

  /** After so many trials of a large network in a row without gain there is no other. */
  private static final int PATIENCE = 3;

  /** Share of the codelength that is a gain of a trial. */
  private static final double GAIN = 1e-7;

  // The same of modules of modules, where what is below the topmost is searched anew anyway.
  private static final int LEVELS_PATIENCE = 2;
  private static final double LEVELS_GAIN = 2e-4;

  private static final int REFINEMENTS = 4;
  private static final double REFINEMENT_GAIN = 1e-5;

  private final FlowNetwork network;
  private final Partition components;

  public Infomap(FlowNetwork network) {
    this.network = network;
    components = Partition.of(network, Connectivity.connected(network, new int[network.nodes()]));
  }

  /**
   * Modules of nodes: the best of several trials.
   *
   * @param trials at least 1; fewer are made of a large network if they are in vain
   * @param seed where chance begins
   */
  public Partition search(int trials, long seed, TrialListener<Partition> listener) {
    require(trials);
    var all = new Trials(network, seed);
    double before = Double.POSITIVE_INFINITY;
    int vain = 0;
    for (int trial = 0; trial < trials && !isEnough(vain, PATIENCE); trial++) {
      Partition best = all.next(!Trials.isLarge(network));
      listener.accept(trial, best);
      vain = best.codelength() < before * (1 - GAIN) ? 0 : vain + 1;
      before = best.codelength();
    }
    Partition best = all.repaired();
    return best.codelength() < components.codelength() ? best : components;
  }

  /**
   * Modules of modules, as deep as it is worth: the best of several trials.
   *
   * @param trials at least 1; fewer are made of a large network if they are in vain
   * @param seed where chance begins
   */
  public Hierarchy searchLevels(int trials, long seed, TrialListener<Hierarchy> listener) {
    require(trials);
    var all = new Trials(network, seed);
    var chance = new SplitMix(~seed);
    boolean large = Trials.isLarge(network);
    Branch best = Levels.above(network, components.modules(), false, chance);
    double before = Double.POSITIVE_INFINITY;
    int vain = 0;
    for (int trial = 0; trial < trials && !isEnough(vain, LEVELS_PATIENCE); trial++) {
      Branch found = Levels.above(network, all.next(true).modules(), !large, chance);
      best = found.cost() < best.cost() ? found : best;
      var hierarchy = best.hierarchy(network);
      listener.accept(trial, hierarchy);
      vain = hierarchy.codelength() < before * (1 - LEVELS_GAIN) ? 0 : vain + 1;
      before = hierarchy.codelength();
    }
    Branch repaired = Levels.above(network, all.repaired().modules(), !large, chance);
    best = repaired.cost() < best.cost() ? repaired : best;
    return refined(best, chance);
  }

  private boolean isEnough(int vain, int patience) {
    return Trials.isLarge(network) && vain >= patience;
  }

  private static void require(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException("trials is " + trials + ", must be positive");
    }
  }

  private Hierarchy refined(Branch found, SplitMix chance) {
    var best = found;
    var hierarchy = best.hierarchy(network);
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0;
        round < REFINEMENTS && hierarchy.codelength() < before * (1 - REFINEMENT_GAIN);
        round++) {
      before = hierarchy.codelength();
      best = Levels.refined(network, best, chance);
      hierarchy = best.hierarchy(network);
    }
    return hierarchy;
  }

  /**
   * The hierarchy that repairing a given one leads to, from its innermost modules; never a longer
   * one, if all modules of the given one are connected.
   */
  public Hierarchy improve(Hierarchy initial, long seed) {
    var chance = new SplitMix(seed);
    int[] innermost = improve(initial.modules(), seed).modules();
    var found = refined(Levels.above(network, innermost, true, chance), chance);
    return initial.codelength() < found.codelength() && isConnected(initial) ? initial : found;
  }

  private boolean isConnected(Hierarchy hierarchy) {
    int[] at = hierarchy.modules().clone();
    boolean up = true;
    while (up) {
      int parts = Partition.count(Connectivity.connected(network, at));
      if (parts != Arrays.stream(at).distinct().count()) {
        return false;
      }
      up = false;
      for (int node = 0; node < at.length; node++) {
        int parent = hierarchy.parents()[at[node]];
        if (parent != Hierarchy.NONE) {
          at[node] = parent;
          up = true;
        }
      }
    }
    return true;
  }

  /**
   * The partition that repairing a given one leads to, never a longer one.
   *
   * @param initial module of each node; a negative one for a node that starts alone
   */
  public Partition improve(int[] initial, long seed) {
    int[] modules = numbered(initial);
    Partition start = Partition.of(network, Connectivity.connected(network, modules));
    Partition repaired = repaired(modules, new SplitMix(seed), LEAST_GAIN);
    Partition best = start.codelength() < repaired.codelength() ? start : repaired;
    return best.codelength() < components.codelength() ? best : components;
  }

  /**
   * The partition that repairing a given one leads to, combined with a few trials from scratch:
   * where the given one misleads, these find something else. Less thorough than {@link #search}.
   *
   * @param initial module of each node; a negative one for a node that starts alone
   */
  Partition renew(int[] initial, int trials, long seed) {
    var all = new Trials(network, seed);
    all.take(improve(initial, seed));
    for (int trial = 0; trial < trials; trial++) {
      all.next(!Trials.isLarge(network));
    }
    Partition best = all.connected();
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

  /**
   * What one sweep of repairs makes of a given partition: most of what {@link #improve} does, in
   * two thirds of its time.
   *
   * @param initial module of each node; a negative one for a node that starts alone
   */
  public Partition improveOnce(int[] initial, long seed) {
    return repaired(numbered(initial), new SplitMix(seed), ALL_GAIN);
  }

  private Partition repaired(int[] modules, SplitMix chance, double leastGain) {
    int[] repaired = new Tuning(network, modules, chance).run(leastGain);
    return Partition.of(network, Connectivity.connected(network, repaired));
  }
}
