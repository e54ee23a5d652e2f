package io.github.wenliu.operators.cluster;

import java.util.Collection;

/**
 * How large the graphs of some channels are together.
 *
 * @param nodes words
 * @param edges pairs of words
 * @param prunedEdges edges that were given up because there were too many
 * @param communities communities that are published
 * @param waitingPairs pairs that are not in a graph yet
 */
record GraphSizes(long nodes, long edges, long prunedEdges, long communities, long waitingPairs) {

  static GraphSizes of(Collection<ChannelCommunities> channels) {
    long nodes = 0;
    long edges = 0;
    long prunedEdges = 0;
    long communities = 0;
    long waitingPairs = 0;
    for (ChannelCommunities channel : channels) {
      nodes += channel.graph().words();
      edges += channel.graph().edges();
      prunedEdges += channel.graph().prunedEdges();
      communities += channel.tracked().communities().size();
      waitingPairs += channel.waiting().size();
    }
    return new GraphSizes(nodes, edges, prunedEdges, communities, waitingPairs);
  }
}
