package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.BitSet;

/**
 * Takes from a graph what is clustered: edges that were seen often enough, between words that are
 * not too common, weighted, and of each word the heaviest. Words are numbered in the order of their
 * names and edges sorted by them, so that the result does not depend on numbers in the graph. O(e
 * log d + n log n).
 *
 * <p>The mutual information of a pair is [1], its normalised form [2].
 *
 * <p>[1] K. W. Church, P. Hanks: Word association norms, mutual information, and lexicography,
 * Computational Linguistics 16, 1990. [2] G. Bouma: Normalized (pointwise) mutual information in
 * collocation extraction, GSCL 2009.
 */
final class EdgeSelection {

  /**
   * A word at the bound of the stop list must stand in so many contexts, else nothing is known of
   * its share yet and the list is empty: the share is then right to a seventh.
   */
  static final int STOP_CONTEXTS = 50;

  private final CommunityParameters parameters;
  private final WordTable words;
  private final EdgeTable edges;
  private final double contexts;
  private final double one;
  private final double late;
  private final double stopWeight;

  /** Edges that are chosen, with their weights. */
  private final IntArrayList chosen = new IntArrayList();

  private final DoubleArrayList weights = new DoubleArrayList();

  /** Words that have a chosen edge. */
  private final BitSet used = new BitSet();

  /**
   * @param contexts decayed number of contexts
   * @param one what one context weighs now
   * @param late what one context of late weighs
   */
  EdgeSelection(
      CommunityParameters parameters,
      WordTable words,
      EdgeTable edges,
      double contexts,
      double one,
      double late) {
    this.parameters = parameters;
    this.words = words;
    this.edges = edges;
    this.contexts = contexts;
    this.one = one;
    this.late = late;
    double bound = parameters.stopShare() * contexts;
    stopWeight = bound >= STOP_CONTEXTS * one ? bound : Double.POSITIVE_INFINITY;
  }

  ClusteringInput select() {
    choose();
    int[] ids = words.sorted(used);
    var names = new String[ids.length];
    int[] ranks = new int[words.end()];
    for (int rank = 0; rank < ids.length; rank++) {
      names[rank] = words.name(ids[rank]);
      ranks[ids[rank]] = rank;
    }
    int[] from = new int[chosen.size()];
    int[] to = new int[chosen.size()];
    double[] recent = new double[chosen.size()];
    for (int i = 0; i < from.length; i++) {
      int here = ranks[edges.owner(chosen.getInt(i))];
      int there = ranks[edges.other(chosen.getInt(i))];
      from[i] = Math.min(here, there);
      to[i] = Math.max(here, there);
      // Its weight for each count: where as much came of late as ever, this is the same graph.
      double ofOneCount = weights.getDouble(i) / (edges.weight(chosen.getInt(i)) / one);
      recent[i] = edges.recent(chosen.getInt(i)) / late * ofOneCount;
    }
    double unit = parameters.weighting().decays() ? one : 1;
    var sorted =
        new ClusteringInput(names, from, to, weights.toDoubleArray(), recent, unit).sorted();
    return sorted.only(
        HeaviestNeighbours.of(
            names.length, sorted.from(), sorted.to(), sorted.weight(), parameters.topK()));
  }

  private void choose() {
    double least = parameters.minCount() * one;
    for (int edge = 0; edge < edges.size(); edge++) {
      double both = edges.weight(edge);
      double first = words.weight(edges.owner(edge));
      double second = words.weight(edges.other(edge));
      if (both >= least && Math.max(first, second) <= stopWeight) {
        double weight = parameters.weighting().weight(both, first, second, contexts, one);
        if (weight > 0) {
          chosen.add(edge);
          weights.add(weight);
          used.set(edges.owner(edge));
          used.set(edges.other(edge));
        }
      }
    }
  }
}
