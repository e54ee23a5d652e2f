package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Moves of nodes of a graph that changes, from those on that may want to: its wave ends where none
 * gains. Modules stay connected: what an edge or a node held together that is gone is taken apart.
 *
 * <p>O(edges of the nodes looked at), and of the module where one falls apart.
 */
final class Frontier {

  private static final int NONE = Modules.NONE;

  private final LiveGraph graph;
  private final LiveModules modules;
  private NodeQueue queue = new NodeQueue(0);
  private final Reach reach = new Reach();

  Frontier(LiveGraph graph, LiveModules modules) {
    this.graph = graph;
    this.modules = modules;
  }

  /** Makes room for so many nodes; only while none waits. */
  void grow(int capacity) {
    queue = new NodeQueue(capacity);
    reach.grow(capacity);
  }

  /** The nodes that may want to move. */
  NodeQueue queue() {
    return queue;
  }

  /**
   * Takes modules apart that have fallen apart with their edges.
   *
   * @param severed pairs of nodes, one after the other, that have lost their edge
   */
  void mend(IntArrayList severed) {
    int[] pair = new int[2];
    for (int i = 0; i < severed.size(); i += 2) {
      pair[0] = severed.getInt(i);
      pair[1] = severed.getInt(i + 1);
      int module = modules.of()[pair[0]];
      if (module == modules.of()[pair[1]] && !reach.connects(graph, modules.of(), pair, 2)) {
        split(module);
      }
    }
  }

  private void split(int module) {
    int[] nodes = modules.nodes(module);
    var part = new int[nodes.length];
    int count = reach.parts(graph, modules.of(), nodes, part);
    var strength = new double[count];
    int heaviest = 0;
    for (int i = 0; i < nodes.length; i++) {
      strength[part[i]] += graph.strength(nodes[i]);
    }
    for (int i = 1; i < count; i++) {
      heaviest = strength[i] > strength[heaviest] ? i : heaviest;
    }
    var number = new int[count];
    Arrays.fill(number, NONE);
    for (int i = 0; i < nodes.length; i++) {
      if (part[i] != heaviest) {
        if (number[part[i]] == NONE) {
          number[part[i]] = modules.anEmpty();
        }
        modules.move(nodes[i], number[part[i]]);
        queue.add(nodes[i]);
      }
    }
  }

  /** Moves nodes, from those that wait on, until none wants to. */
  void walk() {
    double leastGain = MoveLoop.LEAST_GAIN * graph.totalStrength();
    long visits = (long) MoveLoop.VISITS_PER_NODE * queue.size();
    while (!queue.isEmpty() && visits-- > 0) {
      int node = queue.take();
      int from = modules.of()[node];
      if (from != NONE && modules.improve(node, leastGain)) {
        queue.addNeighbours(graph, modules.of(), node);
        close(node, from);
      }
    }
    queue.clear();
  }

  /** Takes apart the module that a node has left, if it held it together. */
  private void close(int node, int from) {
    var left = new IntArrayList();
    for (int place = graph.begin(node); place < graph.end(node); place++) {
      if (modules.of()[graph.target()[place]] == from) {
        left.add(graph.target()[place]);
      }
    }
    if (left.size() > 1 && !reach.connects(graph, modules.of(), left.elements(), left.size())) {
      split(from);
    }
  }
}
