package io.github.wenliu.operators.cluster.infomap;

/**
 * How a walker on a directed graph goes on where the arcs would keep it in a corner: with
 * probability .15, and wherever no arc leads on, it jumps to another node.
 */
public enum Teleportation {
  /**
   * The jumps, in proportion to the weight of the arcs that leave a node, decide only how often a
   * node is visited; the steps that are written down are those along arcs.
   */
  UNRECORDED,

  /** The jumps, in proportion to the weight of the arcs into a node, are written down as well. */
  RECORDED_TO_LINKS,

  /** The jumps, to all nodes alike, are written down as well. */
  RECORDED_TO_NODES
}
