package io.github.wenliu.operators.cluster;

/**
 * What a {@link CooccurrenceGraph} keeps beside its rows. Weights are relative to the landmark, as
 * in the rows.
 *
 * @param landmark of the decay, in half-lives
 * @param lastEpoch the epoch that was folded last; {@code Long.MIN_VALUE} before the first
 * @param contexts decayed number of contexts
 * @param pairs decayed number of pairs
 * @param pairsSinceVersion pairs that were folded since the last version
 * @param prunedEdges edges that were given up because there were too many
 * @param prunedWords words without an edge that were given up because there were too many
 * @param versions how many versions there were
 * @param recentLandmark of what was counted of late, in versions
 * @param recentContexts contexts of late
 */
public record GraphTotals(
    long landmark,
    long lastEpoch,
    double contexts,
    double pairs,
    long pairsSinceVersion,
    long prunedEdges,
    long prunedWords,
    long versions,
    long recentLandmark,
    double recentContexts) {

  /** Of a graph that has seen nothing. */
  public static final GraphTotals EMPTY =
      new GraphTotals(0, Long.MIN_VALUE, 0, 0, 0, 0, 0, 0, 0, 0);
}
