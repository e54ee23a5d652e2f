package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Moves nodes one by one to the module, among those of their neighbours and an empty one, with
 * which the map equation is shortest, until no move is worth while. A queue has the nodes that may
 * want to move: at first all, in random order; later the neighbours of each that moved, unless they
 * are where it went. That a node is looked at only if something next to it changed costs no quality
 * [1] [2].
 *
 * <p>O(edges of the nodes looked at), in practice 4 to 20 times a node.
 *
 * <p>[1] Bae, Halperin, West, Rosvall and Howe: Scalable and efficient flow-based community
 * detection for large-scale graph analysis, TKDD 2017. [2] Traag, Waltman and van Eck: From Louvain
 * to Leiden, Scientific Reports 2019.
 */
final class MoveLoop {

  /** Gains below this share of all strength, in bits, are none. */
  static final double LEAST_GAIN = 1e-10;

  /** How often nodes are looked at, at most and on average. */
  static final int VISITS_PER_NODE = 60;

  private final FlowNetwork network;
  private final double leastGain;
  private final Modules modules;
  private final int[] module;
  private final NodeQueue queue;
  private final Neighbourhood near;

  /** Modules that a node came to or went from. */
  private final boolean[] touched;

  /** Nodes that moved. */
  private final boolean[] moved;

  /** By how much moves have changed the length, in raw weights; never above 0. */
  private double change;

  /**
   * Prepares moves.
   *
   * @param initial module of each node in [0, nodes), taken over and changed
   */
  MoveLoop(FlowNetwork network, int[] initial, Parts parts) {
    int nodes = network.nodes();
    this.network = network;
    leastGain = LEAST_GAIN * network.totalStrength();
    modules = Modules.of(network, initial, parts);
    module = initial;
    queue = new NodeQueue(nodes);
    near = new Neighbourhood(nodes);
    touched = new boolean[nodes];
    moved = new boolean[nodes];
  }

  /**
   * Moves nodes until none wants to.
   *
   * @param start whether a node is looked at even if nothing next to it changes
   * @return whether any moved
   */
  boolean run(boolean[] start, SplitMix chance) {
    for (int node = 0; node < module.length; node++) {
      if (start[node]) {
        queue.add(node);
      }
    }
    queue.shuffle(chance);
    long visits = (long) VISITS_PER_NODE * module.length;
    while (!queue.isEmpty() && visits-- > 0) {
      visit(queue.take());
    }
    return change < 0;
  }

  /** By how much all moves together changed the length, times the strength of the network. */
  double change() {
    return change;
  }

  /** Whether nodes came to a module or went from it. */
  boolean isTouched(int number) {
    return touched[number];
  }

  /** Whether a node moved. */
  boolean isMoved(int node) {
    return moved[node];
  }

  private void visit(int node) {
    near.gather(network, module, node);
    int best = modules.best(node, near, -leastGain, true);
    if (best != module[node]) {
      change += modules.bestChange();
      move(node, best);
      queue.addNeighbours(network, module, node);
    }
    near.forget();
  }

  private void move(int node, int to) {
    moved[node] = true;
    touched[module[node]] = true;
    touched[to] = true;
    modules.move(node, to, near);
  }

  /**
   * Tries to dissolve each small module: its nodes go one by one where they cost least elsewhere,
   * and stay there if that gained in all, which no first move alone would.
   *
   * @param most how many nodes a small module has at most
   * @return whether any was dissolved
   */
  boolean dissolve(int most) {
    double before = change;
    var begin = new int[module.length + 1];
    for (int own : module) {
      begin[own + 1]++;
    }
    for (int number = 0; number < module.length; number++) {
      begin[number + 1] += begin[number];
    }
    int[] end = Arrays.copyOf(begin, module.length);
    var sorted = new int[module.length];
    for (int node = 0; node < module.length; node++) {
      sorted[end[module[node]]++] = node;
    }
    for (int number = 0; number < module.length; number++) {
      int size = begin[number + 1] - begin[number];
      if (size > 1 && size <= most && modules.members(number) == size) {
        dissolve(number, Arrays.copyOfRange(sorted, begin[number], begin[number + 1]));
      }
    }
    return change < before;
  }

  private void dissolve(int number, int[] nodes) {
    for (int node : nodes) {
      if (module[node] != number) {
        return;
      }
    }
    double gain = 0;
    int gone = 0;
    while (gone < nodes.length) {
      int node = nodes[gone];
      near.gather(network, module, node);
      int to = modules.best(node, near, Double.POSITIVE_INFINITY, false);
      if (to != number) {
        gain += modules.bestChange();
        move(node, to);
        gone++;
      }
      near.forget();
      if (to == number) {
        break;
      }
    }
    if (gone == nodes.length && gain < -leastGain) {
      change += gain;
      for (int node : nodes) {
        queue.addNeighbours(network, module, node);
      }
      return;
    }
    while (gone-- > 0) {
      int node = nodes[gone];
      near.gather(network, module, node);
      move(node, number);
      near.forget();
    }
  }
}
