package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What of the modules of a network would be found again if the network were observed anew [1], told
 * from the modules of replicates of it ({@link Bootstrap}).
 *
 * <p>Of each module there is a core: nodes that in enough of the replicates are in one module, all
 * of them ({@code Core}). Two modules are distinct if their cores are in different modules in
 * enough of the replicates; the module of a core is the one that has most of its flow. This is
 * asked of modules that an edge links. A node without an edge in a replicate is with nobody there,
 * so nodes that hang on few observations are in no core.
 *
 * <p>O(nodes · replicates), and replicates for each pair of linked modules.
 *
 * <p>[1] Rosvall and Bergstrom: Mapping change in large networks, PLoS ONE 2010.
 *
 * @param inCore of each node, whether it is in the core of its module
 * @param modules what there is to tell of each module, by its number
 */
public record Significance(boolean[] inCore, List<ModuleSignificance> modules) {

  /** Shares that are a whole number of replicates but for rounding are that number. */
  private static final double ROUNDING = 1e-9;

  /**
   * Compares modules with those of replicates.
   *
   * @param network the network as it was observed
   * @param modules module of each node, numbered from 0 without gaps
   * @param replicates of each replicate the module of each node, in [0, nodes)
   * @param confidence the share of the replicates that is enough, in (0, 1]
   */
  public static Significance of(
      FlowNetwork network, int[] modules, List<int[]> replicates, double confidence) {
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "confidence is " + confidence + ", must be above 0 and at most 1");
    }
    if (replicates.isEmpty()) {
      throw new IllegalArgumentException("there are no replicates");
    }
    if (Stream.concat(Stream.of(modules), replicates.stream())
        .anyMatch(one -> one.length != network.nodes())) {
      throw new IllegalArgumentException("not all " + network.nodes() + " nodes have a module");
    }
    return new Comparison(network, modules, replicates, confidence).compare();
  }

  private static final class Comparison {

    private final FlowNetwork network;
    private final int[] modules;
    private final List<int[]> replicates;
    private final int allowed;

    /** Nodes of each module, ascending. */
    private final IntArrayList[] members;

    private final boolean[] inCore;

    /** Of each module and replicate, the module there that has most of the core's flow, or -1. */
    private final int[][] coreIn;

    private final double[] stability;

    Comparison(FlowNetwork network, int[] modules, List<int[]> replicates, double confidence) {
      this.network = network;
      this.modules = modules;
      this.replicates = replicates;
      int enough = (int) Math.ceil(confidence * replicates.size() - ROUNDING);
      allowed = replicates.size() - enough;
      members = new IntArrayList[Partition.count(modules)];
      Arrays.setAll(members, i -> new IntArrayList());
      for (int node = 0; node < modules.length; node++) {
        members[modules[node]].add(node);
      }
      inCore = new boolean[modules.length];
      coreIn = new int[members.length][replicates.size()];
      stability = new double[members.length];
    }

    Significance compare() {
      var shares = replicates.stream().map(this::strengths).toList();
      for (int module = 0; module < members.length; module++) {
        choose(module, shares);
      }
      var together = together();
      return new Significance(
          inCore,
          IntStream.range(0, members.length)
              .mapToObj(module -> result(module, together[module].toIntArray()))
              .toList());
    }

    /** Strength of each module of a replicate, in the network as it was observed. */
    private double[] strengths(int[] found) {
      var strengths = new double[found.length];
      for (int node = 0; node < found.length; node++) {
        strengths[found[node]] += network.strength[node];
      }
      return strengths;
    }

    private void choose(int module, List<double[]> strengths) {
      int[] nodes = members[module].toIntArray();
      var flow = new double[nodes.length];
      Arrays.setAll(flow, i -> network.strength[nodes[i]]);
      double own = Arrays.stream(flow).sum();
      var missed = Stream.generate(BitSet::new).limit(nodes.length).toArray(BitSet[]::new);
      var shared = new double[modules.length];
      for (int r = 0; r < replicates.size(); r++) {
        int[] found = replicates.get(r);
        int most = most(nodes, flow, found, shared);
        double best = 0;
        for (int i = 0; i < nodes.length; i++) {
          int label = found[nodes[i]];
          best = Math.max(best, shared[label] / (own + strengths.get(r)[label] - shared[label]));
          missed[i].set(r, label != most);
        }
        forget(nodes, found, shared);
        stability[module] += Math.min(1, best);
      }
      boolean[] in = new Core(flow, missed, replicates.size(), allowed).choose();
      for (int i = 0; i < nodes.length; i++) {
        inCore[nodes[i]] = in[i];
      }
      place(module, shared);
    }

    /** Where the core of a module is in each replicate. */
    private void place(int module, double[] shared) {
      int[] core = members[module].intStream().filter(node -> inCore[node]).toArray();
      var flow = new double[core.length];
      Arrays.setAll(flow, i -> network.strength[core[i]]);
      for (int r = 0; r < replicates.size(); r++) {
        coreIn[module][r] = most(core, flow, replicates.get(r), shared);
        forget(core, replicates.get(r), shared);
      }
    }

    /**
     * The module of a replicate that has most of the flow of some nodes, of several the one with
     * the smallest number; -1 without nodes.
     *
     * @param shared is left with what each module has
     */
    private static int most(int[] nodes, double[] flow, int[] found, double[] shared) {
      int most = -1;
      for (int i = 0; i < nodes.length; i++) {
        shared[found[nodes[i]]] += flow[i];
      }
      for (int node : nodes) {
        int label = found[node];
        if (most < 0
            || shared[label] > shared[most]
            || shared[label] == shared[most] && label < most) {
          most = label;
        }
      }
      return most;
    }

    private static void forget(int[] nodes, int[] found, double[] shared) {
      for (int node : nodes) {
        shared[found[node]] = 0;
      }
    }

    /** Of each module those linked to it of which the core is too often where its own is. */
    private IntArrayList[] together() {
      var pairs = new LongOpenHashSet();
      for (int node = 0; node < modules.length; node++) {
        for (int place = network.first[node]; place < network.first[node + 1]; place++) {
          int one = modules[node];
          int other = modules[network.target[place]];
          if (one != other && isCore(one) && isCore(other)) {
            pairs.add((long) one << Integer.SIZE | other);
          }
        }
      }
      var together = new IntArrayList[members.length];
      Arrays.setAll(together, i -> new IntArrayList());
      long[] sorted = pairs.toLongArray();
      Arrays.sort(sorted);
      for (long pair : sorted) {
        int one = (int) (pair >>> Integer.SIZE);
        if (common(coreIn[one], coreIn[(int) pair]) > allowed) {
          together[one].add((int) pair);
        }
      }
      return together;
    }

    private boolean isCore(int module) {
      return coreIn[module][0] >= 0;
    }

    private static int common(int[] one, int[] other) {
      int count = 0;
      for (int r = 0; r < one.length; r++) {
        count += one[r] == other[r] ? 1 : 0;
      }
      return count;
    }

    private ModuleSignificance result(int module, int[] notDistinctFrom) {
      int coreNodes = 0;
      double strength = 0;
      double coreStrength = 0;
      for (int node : members[module]) {
        strength += network.strength[node];
        if (inCore[node]) {
          coreNodes++;
          coreStrength += network.strength[node];
        }
      }
      double total = network.totalStrength() > 0 ? network.totalStrength() : 1;
      return new ModuleSignificance(
          members[module].size(),
          strength / total,
          coreNodes,
          coreStrength / total,
          stability[module] / replicates.size(),
          notDistinctFrom);
    }
  }
}
