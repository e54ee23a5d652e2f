package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

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

  /** A round of repair that gains less, as a share of the one-level length, is the last. */
  private static final double LEAST_ROUND_GAIN = 1e-7;

  private static final int MAX_ROUNDS = 20;

  private final FlowNetwork network;
  private final Partition components;
  private final double leastRoundGain;

  public Infomap(FlowNetwork network) {
    this.network = network;
    components = Partition.of(network, Connectivity.split(network, new int[network.nodes()]));
    leastRoundGain = LEAST_ROUND_GAIN * MapEquation.oneLevel(network);
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
      Partition repaired = repaired(alone(network.nodes()), chance);
      listener.accept(trial, repaired);
      if (repaired.codelength() < best.codelength()) {
        best = repaired;
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

  private static int[] alone(int nodes) {
    var modules = new int[nodes];
    Arrays.setAll(modules, i -> i);
    return modules;
  }

  private Partition repaired(int[] initial, SplitMix chance) {
    int[] modules = initial;
    double length = MapEquation.codelength(network, modules);
    double gain = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MAX_ROUNDS && gain > leastRoundGain; round++) {
      modules = fineTuned(modules, chance);
      modules = coarseTuned(modules, chance);
      double next = MapEquation.codelength(network, modules);
      gain = length - next;
      length = next;
    }
    return Partition.of(network, Connectivity.split(network, modules));
  }

  private int[] fineTuned(int[] modules, SplitMix chance) {
    return buildUp(network, modules, Fences.none(network.nodes()), chance);
  }

  private int[] coarseTuned(int[] modules, SplitMix chance) {
    Fences fences = new Fences(modules, cuts(modules));
    int[] pieces = buildUp(network, alone(network.nodes()), fences, chance);
    int count = Partition.number(pieces);
    var moduleOfPiece = new int[count];
    for (int node = 0; node < pieces.length; node++) {
      moduleOfPiece[pieces[node]] = modules[node];
    }
    Partition.number(moduleOfPiece);
    var view = Aggregation.of(network, pieces, count);
    int[] moved = buildUp(view, moduleOfPiece, Fences.none(count), chance);
    return composed(pieces, moved);
  }

  private double[] cuts(int[] modules) {
    var cuts = new double[network.nodes()];
    for (int node = 0; node < modules.length; node++) {
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        if (modules[network.target[place]] != modules[node]) {
          cuts[modules[node]] += network.weight[place];
        }
      }
    }
    return cuts;
  }

  private static int[] composed(int[] lower, int[] upper) {
    var composed = new int[lower.length];
    Arrays.setAll(composed, node -> upper[lower[node]]);
    return composed;
  }

  /** Moves nodes, then modules, then modules of modules. */
  private static int[] buildUp(FlowNetwork network, int[] initial, Fences fences, SplitMix chance) {
    int[] modules = initial.clone();
    new MoveLoop(network, modules, fences).run(chance);
    int count = Partition.number(modules);
    var view = Aggregation.of(network, modules, count);
    var viewFences = fences.coarser(modules, count);
    while (true) {
      int[] groups = alone(count);
      if (!new MoveLoop(view, groups, viewFences).run(chance)) {
        return modules;
      }
      count = Partition.number(groups);
      modules = composed(modules, groups);
      view = Aggregation.of(view, groups, count);
      viewFences = viewFences.coarser(groups, count);
    }
  }
}
