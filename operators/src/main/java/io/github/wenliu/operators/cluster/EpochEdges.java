package io.github.wenliu.operators.cluster;

/**
 * All that an epoch adds to a graph.
 *
 * @param epoch the epoch
 * @param contexts how many contexts it had
 * @param counts its words and pairs
 */
record EpochEdges(long epoch, long contexts, EdgeCounts counts) {}
