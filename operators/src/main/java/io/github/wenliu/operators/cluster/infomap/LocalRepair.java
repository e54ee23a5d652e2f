package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Searches some modules of a graph anew, with what is next to them as it is. A network is made of
 * their nodes and, as one node each, of the modules that they have edges with; how much all others
 * are entered is a word of its index. So its map equation differs from that of the whole graph by a
 * constant, and what {@link Tuning} finds in it may be taken over. Edges between two of the modules
 * around are left out, which makes it at worst too careful to join these.
 *
 * <p>O(edges of the modules' nodes).
 */
final class LocalRepair {

  private static final int NONE = Modules.NONE;

  /** How often groups of modules of a small graph are searched anew. */
  private static final int REGROUPINGS = 4;

  /** In a graph of fewer edges single nodes matter: all are looked at again behind a repair. */
  private static final int FEW_EDGES = 1_000;

  private final LiveGraph graph;
  private final LiveModules modules;
  private final int[] of;

  /** The nodes inside, module by module. */
  private final int[] inside;

  /** The modules around, each a node of the network behind those inside. */
  private final IntArrayList around = new IntArrayList();

  /** Of each node inside its number in the network. */
  private final Scratch ranks;

  private final int searched;

  /** What the edges of the nodes inside lead to, row by row: the number in the network. */
  private final int[] column;

  /** What is kept between repairs so that one costs no more than its own size. */
  static final class Scratch {

    private int[] rankOfNode = new int[0];
    private int[] unitOfModule = new int[0];

    void grow(int nodes) {
      int before = rankOfNode.length;
      rankOfNode = Arrays.copyOf(rankOfNode, nodes);
      unitOfModule = Arrays.copyOf(unitOfModule, nodes);
      Arrays.fill(rankOfNode, before, nodes, NONE);
      Arrays.fill(unitOfModule, before, nodes, NONE);
    }
  }

  /**
   * Prepares a search.
   *
   * @param chosen the modules to search, distinct
   */
  LocalRepair(LiveGraph graph, LiveModules modules, int[] chosen, Scratch ranks) {
    this.graph = graph;
    this.modules = modules;
    this.ranks = ranks;
    of = modules.of();
    searched = chosen.length;
    int size = 0;
    for (int module : chosen) {
      size += modules.size(module);
    }
    inside = new int[size];
    size = 0;
    int edges = 0;
    for (int module : chosen) {
      int[] nodes = modules.nodes(module);
      System.arraycopy(nodes, 0, inside, size, nodes.length);
      for (int node : nodes) {
        ranks.rankOfNode[node] = size++;
        edges += graph.degree(node);
      }
    }
    column = new int[edges];
  }

  /**
   * Searches, and moves nodes to where they are found.
   *
   * @param queue gets the nodes that moved and those next to these
   */
  void run(SplitMix chance, NodeQueue queue) {
    var network = network();
    int size = network.nodes();
    var old = new int[size];
    for (int i = 0; i < size; i++) {
      old[i] = i < inside.length ? of[inside[i]] : around.getInt(i - inside.length);
    }
    forget();
    int[] start = numbered(old);
    var chosen = new boolean[Partition.count(start)];
    Arrays.fill(chosen, 0, searched, true);
    var tuning = new Tuning(network, start, parts(network), chance);
    int[] found = tuning.repair(chosen);
    if (!graph.isLarge()) {
      found = tuning.regroup(REGROUPINGS, 1);
    }
    int[] groups = Connectivity.split(network, found);
    int count = Partition.count(groups);
    take(old, groups, Heirs.of(groups, count, old, network.strength), queue);
  }

  private static int[] numbered(int[] old) {
    var numbers = new Int2IntOpenHashMap();
    var numbered = new int[old.length];
    for (int i = 0; i < old.length; i++) {
      int number = numbers.getOrDefault(old[i], numbers.size());
      numbers.put(old[i], number);
      numbered[i] = number;
    }
    return numbered;
  }

  private FlowNetwork network() {
    int[] first = rows();
    int size = first.length - 1;
    var target = new int[first[size]];
    var weight = new double[first[size]];
    var strength = new double[size];
    var outside = new double[size];
    int[] end = Arrays.copyOf(first, size);
    for (int module = inside.length; module < size; module++) {
      strength[module] = modules.strength(around.getInt(module - inside.length));
      outside[module] = modules.cut(around.getInt(module - inside.length));
    }
    int[] lastSeen = new int[around.size()];
    int[] seenAt = new int[around.size()];
    int edge = 0;
    for (int i = 0; i < inside.length; i++) {
      int node = inside[i];
      strength[i] = graph.strength(node);
      for (int place = graph.begin(node); place < graph.end(node); place++) {
        int other = column[edge++];
        double value = graph.weight()[place];
        int unit = other - inside.length;
        if (unit < 0) {
          target[end[i]] = other;
          weight[end[i]++] = value;
          continue;
        }
        if (lastSeen[unit] != i + 1) {
          lastSeen[unit] = i + 1;
          seenAt[unit] = end[i];
          target[end[i]++] = other;
          target[end[other]++] = i;
        }
        weight[seenAt[unit]] += value;
        weight[end[other] - 1] += value;
        outside[other] = Math.max(0, outside[other] - value);
      }
    }
    return FlowNetwork.view(
        first, target, weight, strength, outside, FlowTerms.PLAIN, graph.totalStrength());
  }

  /** Counts the rows, and finds the modules around; edges of a node to one of these are one. */
  private int[] rows() {
    var degrees = new IntArrayList();
    var lastSeen = new IntArrayList();
    int[] degree = new int[inside.length];
    int edge = 0;
    for (int i = 0; i < inside.length; i++) {
      int node = inside[i];
      for (int place = graph.begin(node); place < graph.end(node); place++) {
        int other = graph.target()[place];
        int rank = ranks.rankOfNode[other];
        if (rank != NONE) {
          column[edge++] = rank;
          degree[i]++;
          continue;
        }
        int unit = unitOf(of[other]);
        column[edge++] = inside.length + unit;
        if (unit == degrees.size()) {
          degrees.add(0);
          lastSeen.add(NONE);
        }
        if (lastSeen.getInt(unit) != i) {
          lastSeen.set(unit, i);
          degrees.set(unit, degrees.getInt(unit) + 1);
          degree[i]++;
        }
      }
    }
    var first = new int[inside.length + around.size() + 1];
    for (int i = 0; i < inside.length; i++) {
      first[i + 1] = first[i] + degree[i];
    }
    for (int i = 0; i < around.size(); i++) {
      first[inside.length + i + 1] = first[inside.length + i] + degrees.getInt(i);
    }
    return first;
  }

  private int unitOf(int module) {
    if (ranks.unitOfModule[module] == NONE) {
      ranks.unitOfModule[module] = around.size();
      around.add(module);
    }
    return ranks.unitOfModule[module];
  }

  private void forget() {
    for (int node : inside) {
      ranks.rankOfNode[node] = NONE;
    }
    for (int i = 0; i < around.size(); i++) {
      ranks.unitOfModule[around.getInt(i)] = NONE;
    }
  }

  /** One part, whose index has besides what enters all modules that are not in the network. */
  private Parts parts(FlowNetwork network) {
    double elsewhere = modules.cuts();
    int before = NONE;
    for (int node : inside) {
      if (of[node] != before) {
        before = of[node];
        elsewhere -= modules.cut(before);
      }
    }
    for (int i = 0; i < around.size(); i++) {
      elsewhere -= modules.cut(around.getInt(i));
    }
    return new Parts(new int[network.nodes()], new double[] {Math.max(0, elsewhere)});
  }

  private void take(int[] old, int[] groups, int[] heirs, NodeQueue queue) {
    var nodes = new IntArrayList();
    for (int i = 0; i < groups.length; i++) {
      if (heirs[groups[i]] == NONE) {
        heirs[groups[i]] = modules.anEmpty();
      }
      if (heirs[groups[i]] != old[i]) {
        int[] movers = i < inside.length ? new int[] {inside[i]} : modules.nodes(old[i]);
        for (int node : movers) {
          modules.move(node, heirs[groups[i]]);
          nodes.add(node);
        }
      }
    }
    if (graph.edges() < FEW_EDGES) {
      for (int node : inside) {
        queue.add(node);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      queue.add(nodes.getInt(i));
      queue.addNeighbours(graph, of, nodes.getInt(i));
    }
  }
}
