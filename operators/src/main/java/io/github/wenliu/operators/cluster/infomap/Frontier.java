package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.Arrays;

/**
 * Moves of nodes of a graph that changes, from those on that may want to: its wave ends where none
 * gains. Modules stay connected: what an edge or a node held together that is gone is taken apart.
 *
 * <p>O(edges of the nodes looked at), and of the smaller part where a module falls apart.
 */
final class Frontier {

  private static final int NONE = Modules.NONE;

  private final LiveGraph graph;
  private final LiveModules modules;
  private NodeQueue queue = new NodeQueue(0);
  private final Reach reach = new Reach();
  private final LostEdges nothing = new LostEdges(new IntArrayList());

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
   * @param lost edges within modules that are gone
   */
  void mend(LostEdges lost) {
    for (int edge = 0; edge < lost.size(); edge++) {
      if (modules.of()[lost.one(edge)] == modules.of()[lost.other(edge)]) {
        takeApart(IntArrayList.of(lost.one(edge), lost.other(edge)), lost);
      }
    }
  }

  /** Takes a module apart until nodes of it reach one another, or are in different ones. */
  private void takeApart(IntArrayList nodes, LostEdges lost) {
    int[] of = modules.of();
    while (nodes.size() > 1) {
      int[] part = reach.part(graph, of, nodes);
      if (part.length == 0) {
        return;
      }
      int module = of[part[0]];
      // What was held together by edges to the part.
      for (int node : part) {
        lost.addPartners(node, nodes);
      }
      nodes.removeIf(node -> of[node] != module);
      divide(module, part);
      nodes.removeIf(node -> of[node] == of[part[0]]);
    }
  }

  /** Makes two modules of a part of one and what is beside it; the heavier stays. */
  private void divide(int module, int[] part) {
    double strength = 0;
    for (int node : part) {
      strength += graph.strength(node);
    }
    boolean isLight = 2 * strength <= modules.strength(module);
    int[] leaving = isLight ? part : beside(part, modules.nodes(module));
    int number = modules.anEmpty();
    for (int node : leaving) {
      modules.move(node, number);
      queue.add(node);
    }
  }

  private static int[] beside(int[] part, int[] nodes) {
    var in = new IntOpenHashSet(part);
    return Arrays.stream(nodes).filter(node -> !in.contains(node)).toArray();
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
    takeApart(left, nothing);
  }
}
