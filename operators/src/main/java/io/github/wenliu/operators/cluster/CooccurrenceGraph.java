package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.decay.ForwardDecay;
import java.util.BitSet;
import java.util.Map;

/**
 * Which words of a channel stand together, and how often of late: the whole graph in heap, with its
 * rows beside it for a durable copy.
 *
 * <p><b>Idea.</b> Counts of an epoch are whole numbers; they are added once, multiplied by what a
 * count of the epoch weighs under {@link ForwardDecay}. So the graph is a function of the epochs'
 * counts in ascending order, whatever the order within an epoch, and old edges are not touched.
 * Edges and words whose decayed count has fallen below {@link #FADED} are swept each eighth of a
 * half-life of epochs; beyond a bound the weakest edges go. Both happen at moments that follow from
 * the epochs alone, so a graph that was restored goes on as the one that it was a copy of, to the
 * last bit.
 *
 * <p>Beside each edge stands what was counted of it <em>of late</em>: since the last version, and
 * half of what was of late then. It shows a change long before the whole graph does.
 *
 * <p><b>Cost.</b> O(1) an entry of an epoch; O(edges) a sweep; O(e log e) each time that a tenth of
 * the bound has come new. Memory: 32 to 52 bytes an edge, and about 100 a word with its name.
 *
 * <p>Not thread-safe; what {@link #freeze} gives is a copy.
 */
final class CooccurrenceGraph {

  /** A decayed count below which nothing is kept. */
  static final double FADED = 0.05;

  private static final int SWEEPS_PER_HALF_LIFE = 8;

  /** Beyond the bound, a share of one in so many of it goes. */
  private static final int PRUNED_SHARE = 10;

  private final CommunityParameters parameters;
  private final ForwardDecay decay;

  /** Of what was counted of late; its epochs are the versions. */
  private final ForwardDecay recentDecay;

  private final long sweepEpochs;
  private final WordTable words = new WordTable();
  private final EdgeTable edges = new EdgeTable();

  private long lastEpoch;
  private double contexts;
  private double pairs;
  private long pairsSinceVersion;
  private long prunedEdges;
  private long prunedWords;
  private long versions;
  private double recentContexts;

  /** A graph that has seen nothing. */
  CooccurrenceGraph(CommunityParameters parameters) {
    this(parameters, GraphTotals.EMPTY);
  }

  private CooccurrenceGraph(CommunityParameters parameters, GraphTotals totals) {
    this.parameters = parameters;
    decay = new ForwardDecay(parameters.halfLifeEpochs(), totals.landmark());
    sweepEpochs = Math.max(1, parameters.halfLifeEpochs() / SWEEPS_PER_HALF_LIFE);
    lastEpoch = totals.lastEpoch();
    contexts = totals.contexts();
    pairs = totals.pairs();
    pairsSinceVersion = totals.pairsSinceVersion();
    prunedEdges = totals.prunedEdges();
    prunedWords = totals.prunedWords();
    recentDecay = new ForwardDecay(1, totals.recentLandmark());
    versions = totals.versions();
    recentContexts = totals.recentContexts();
  }

  /**
   * The graph of which this is a copy.
   *
   * @param rows as {@link #drainChanged} gave them last, of all words that were not removed
   * @param totals of the same moment
   */
  static CooccurrenceGraph restored(
      CommunityParameters parameters,
      GraphTotals totals,
      Iterable<? extends Map.Entry<Integer, byte[]>> rows) {
    var graph = new CooccurrenceGraph(parameters, totals);
    for (var entry : rows) {
      int id = entry.getKey();
      var row = GraphRow.of(entry.getValue());
      graph.words.put(id, row.name(), row.weight());
      for (int i = 0; i < row.others().length; i++) {
        graph.addEdge(id, row.others()[i], row.weights()[i], row.recent()[i]);
      }
    }
    graph.words.findFree();
    graph.words.drainChanged();
    return graph;
  }

  /**
   * Adds what an epoch counted.
   *
   * @param epoch not before the last
   * @param newContexts its contexts, also those without a pair
   */
  void fold(long epoch, long newContexts, EdgeCounts counts) {
    if (epoch < lastEpoch) {
      throw new IllegalArgumentException("epoch " + epoch + " comes after " + lastEpoch);
    }
    boolean sweeps = Math.floorDiv(epoch, sweepEpochs) != Math.floorDiv(lastEpoch, sweepEpochs);
    scale(decay.advance(epoch));
    lastEpoch = epoch;
    double one = decay.weight(epoch);
    double late = recentDecay.weight(versions);
    contexts += newContexts * one;
    recentContexts += newContexts * late;
    add(counts, one, late);
    if (sweeps) {
      sweep(FADED * one);
    }
    prune();
  }

  private void scale(int exponent) {
    if (exponent != 0) {
      words.scale(exponent);
      edges.scale(exponent);
      contexts = StrictMath.scalb(contexts, exponent);
      pairs = StrictMath.scalb(pairs, exponent);
    }
  }

  private void add(EdgeCounts counts, double one, double late) {
    int[] ids = new int[counts.names().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = words.intern(counts.names()[i]);
    }
    long newPairs = 0;
    for (int i = 0; i < counts.size(); i++) {
      int first = ids[counts.first()[i]];
      int second = ids[counts.second()[i]];
      int count = counts.counts()[i];
      if (first == second) {
        words.addWeight(first, count * one);
      } else {
        addEdge(first, second, count * one, (float) (count * late));
        newPairs += count;
      }
    }
    pairs += newPairs * one;
    pairsSinceVersion += newPairs;
  }

  private void addEdge(int first, int second, double weight, float late) {
    if (edges.add(first, second, weight, late)) {
      words.join(first);
      words.join(second);
    }
    words.markChanged(Math.max(first, second));
  }

  private void sweep(double threshold) {
    var gone = new BitSet(edges.size());
    for (int edge = 0; edge < edges.size(); edge++) {
      if (edges.weight(edge) < threshold) {
        gone.set(edge);
      }
    }
    remove(gone);
    words.sweep(threshold);
  }

  private void prune() {
    int most = parameters.maxEdges();
    if (edges.size() > most) {
      int before = edges.size();
      remove(WeakestEdges.allBut(most - most / PRUNED_SHARE, edges, words));
      prunedEdges += before - edges.size();
    }
    if (words.alone() > most) {
      prunedWords += words.sweep(Double.POSITIVE_INFINITY);
    }
  }

  private void remove(BitSet gone) {
    if (gone.isEmpty()) {
      return;
    }
    for (int edge = gone.nextSetBit(0); edge >= 0; edge = gone.nextSetBit(edge + 1)) {
      words.part(edges.owner(edge));
      words.part(edges.other(edge));
      words.markChanged(edges.owner(edge));
    }
    edges.remove(gone);
  }

  /** Whether enough was counted since the last version for another. */
  boolean isDue() {
    return pairsSinceVersion >= parameters.versionPairs()
        && pairsSinceVersion >= parameters.versionShare() * pairs / decay.weight(lastEpoch);
  }

  /** Says that there is a version of all that was folded so far. */
  void versionTaken() {
    pairsSinceVersion = 0;
    versions++;
    int exponent = recentDecay.advance(versions);
    if (exponent != 0) {
      edges.scaleRecent(exponent);
      recentContexts = StrictMath.scalb(recentContexts, exponent);
      words.markAllChanged();
    }
  }

  /** What is clustered of all that was folded so far. */
  ClusteringInput freeze() {
    return new EdgeSelection(parameters, words, edges, contexts, decay.weight(lastEpoch)).select();
  }

  /** Contexts of late, in the unit of {@link ClusteringInput#recent}. */
  double recentContexts() {
    return recentContexts;
  }

  /** What a count since the version before the last one taken weighs in the same unit. */
  double recentUnit() {
    return recentDecay.weight(versions - 1);
  }

  /** What to keep beside the rows. */
  GraphTotals totals() {
    return new GraphTotals(
        decay.landmark(),
        lastEpoch,
        contexts,
        pairs,
        pairsSinceVersion,
        prunedEdges,
        prunedWords,
        versions,
        recentDecay.landmark(),
        recentContexts);
  }

  int edges() {
    return edges.size();
  }

  int words() {
    return words.size();
  }

  /** Edges that were given up because there were too many. */
  long prunedEdges() {
    return prunedEdges;
  }

  /** Words without an edge that were given up because there were too many. */
  long prunedWords() {
    return prunedWords;
  }

  /** Gives the rows that have changed since the last call, in the order of their numbers. */
  void drainChanged(RowSink sink) {
    for (int id : words.drainChanged()) {
      sink.row(id, words.name(id) == null ? null : row(id).toByteArray());
    }
  }

  private GraphRow row(int id) {
    return GraphRow.of(words.name(id), words.weight(id), id, edges);
  }

  /** Takes rows for the durable copy. */
  @FunctionalInterface
  interface RowSink {

    /**
     * Takes one row.
     *
     * @param id its key
     * @param row its bytes, {@code null} if it is to be removed
     */
    void row(int id, byte[] row);
  }
}
