package io.github.wenliu.operators.cluster.infomap;

/**
 * Nodes that are in other modules than before.
 *
 * @param nodes the nodes, ascending
 * @param before the module of each before, {@link LivePartition#NONE} for a new node
 * @param now the module of each now, {@link LivePartition#NONE} for a node without edges
 */
public record Moved(int[] nodes, int[] before, int[] now) {

  /** How many nodes. */
  public int size() {
    return nodes.length;
  }
}
