package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a graph of so many edges costs: folding, freezing, pruning, its durable copy, its heap. The
 * contexts are made up: each draws its words from one of 200 topics or from all words, the frequent
 * ones more often (Zipf). Figures are the best of several rounds in one JVM after a warm-up; that
 * of the rows is of one.
 */
public final class GraphBenchmark {

  private static final int TOPICS = 200;
  private static final int WORDS_PER_CONTEXT = 8;
  private static final int CONTEXTS_PER_EPOCH = 500;
  private static final int ROUNDS = 5;
  private static final int FOLDED_AGAIN = 40;
  private static final double MEGA = 1e6;
  private static final double[] VERSION_SHARES = {0.1, 0.01};

  private final SplittableRandom random = new SplittableRandom(7);
  private final int words;
  private final int edges;
  private final String[] names;

  private GraphBenchmark(int words, int edges) {
    this.words = words;
    this.edges = edges;
    names = new String[words];
    for (int i = 0; i < words; i++) {
      names[i] = new String(new int[] {0x4E00 + i % 20_000, 0x4E00 + i / 20_000, 0x5B57}, 0, 3);
    }
  }

  public static void main(String[] arguments) {
    new GraphBenchmark(5_000, 100_000).run(true);
    new GraphBenchmark(20_000, 100_000).run(false);
    new GraphBenchmark(100_000, 1_000_000).run(false);
  }

  private void run(boolean warmUp) {
    var graph = new CooccurrenceGraph(ParametersBut.graph(Integer.MAX_VALUE));
    var newest = new ArrayDeque<EdgeCounts>();
    int epoch = 0;
    while (graph.edges() < edges) {
      newest.add(counts());
      graph.fold(epoch++, CONTEXTS_PER_EPOCH, newest.getLast());
      if (newest.size() > FOLDED_AGAIN) {
        newest.removeFirst();
      }
    }
    double folded = bestFold(graph, epoch, newest);
    double frozen = best(graph::freeze);
    var rows = new HashMap<Integer, byte[]>();
    long begin = System.nanoTime();
    graph.drainChanged(rows::put);
    double drained = since(begin);
    double restored = best(() -> restored(graph, rows, Integer.MAX_VALUE));
    double pruned = prune(graph, rows, epoch);
    double heap = heap(graph, rows);
    if (!warmUp) {
      var input = graph.freeze();
      long bytes = rows.values().stream().mapToLong(row -> row.length).sum();
      System.out.printf(
          "%,d words, %,d edges: %.1f MB of heap%n", graph.words(), graph.edges(), heap / MEGA);
      System.out.printf("  fold    %5.1f million entries/s%n", folded / MEGA);
      System.out.printf(
          "  freeze  %5.3f s, to %,d words and %,d edges%n",
          frozen, input.names().length, input.from().length);
      System.out.printf("  prune   %5.3f s for a tenth of the edges%n", pruned);
      System.out.printf("  rows    %5.3f s for all of them, %.1f MB%n", drained, bytes / MEGA);
      System.out.printf("  restore %5.3f s%n", restored);
      for (double share : VERSION_SHARES) {
        makeVersions(graph.totals(), rows, epoch, share);
      }
    }
  }

  /** Makes a first version, and one more each time that a share of the pairs is new. */
  private void makeVersions(
      GraphTotals totals, Map<Integer, byte[]> rows, int firstEpoch, double share) {
    var parameters = ParametersBut.graph(Integer.MAX_VALUE, share);
    var graph = CooccurrenceGraph.restored(parameters, totals, rows.entrySet());
    var tracked = TrackedCommunities.EMPTY;
    var modules = new FollowedModules(LiveParameters.DEFAULT, Runnable::run);
    var following = new Following();
    double sum = 0;
    int epoch = firstEpoch;
    for (int version = 0; version <= ROUNDS; version++) {
      following.next(graph.freeze());
      graph.versionTaken();
      var channel =
          new ChannelCommunities(
              "main", parameters, graph, tracked, modules, new VersionRun(epoch, false));
      long begin = System.nanoTime();
      tracked = channel.make(epoch).tracked();
      double seconds = since(begin);
      if (version == 0) {
        System.out.printf("  version %5.3f s for the first%n", seconds);
      } else {
        sum += seconds;
      }
      while (!graph.isDue()) {
        graph.fold(++epoch, CONTEXTS_PER_EPOCH, counts());
      }
    }
    System.out.printf(
        "  version %5.3f s on average for %d more, each with a share of %.2f of the pairs new%n",
        sum / ROUNDS, ROUNDS, share);
    following.print();
    System.out.printf(
        "  at last %,d edges, %,d communities, %.1f MB of state beside the rows%n",
        graph.edges(), tracked.communities().size(), tracked.toByteArray().length / MEGA);
  }

  /** Modules that follow beside a search of each version from the modules before. */
  private static final class Following {

    private final FollowedModules followed =
        new FollowedModules(LiveParameters.DEFAULT, task -> {});

    private final Map<String, Integer> modules = new HashMap<>();
    private double shares;
    private double lengths;
    private int versions;

    void next(ClusteringInput input) {
      var network = input.network();
      int[] start = new int[input.names().length];
      Arrays.setAll(start, node -> modules.getOrDefault(input.names()[node], -1));
      long begin = System.nanoTime();
      double length = new Infomap(network).improve(start, 1).codelength();
      double searched = since(begin);
      begin = System.nanoTime();
      int[] found = followed.follow(input);
      double share = since(begin) / searched;
      if (!modules.isEmpty()) {
        shares += share;
        lengths += MapEquation.codelength(network, found) / length;
        versions++;
      }
      modules.clear();
      for (int node = 0; node < found.length; node++) {
        modules.put(input.names()[node], found[node]);
      }
    }

    void print() {
      System.out.printf(
          "  to follow takes %.2f of the time of a search from the modules before, to %.5f of its"
              + " codelength%n",
          shares / versions, lengths / versions);
    }
  }

  /** Entries a second, of epochs that came before: words and edges are there. */
  private static double bestFold(
      CooccurrenceGraph graph, int epoch, Collection<EdgeCounts> epochs) {
    double best = 0;
    for (var counts : epochs) {
      long begin = System.nanoTime();
      graph.fold(epoch, CONTEXTS_PER_EPOCH, counts);
      best = Math.max(best, counts.size() / since(begin));
    }
    return best;
  }

  private static CooccurrenceGraph restored(
      CooccurrenceGraph graph, Map<Integer, byte[]> rows, int maxEdges) {
    return CooccurrenceGraph.restored(
        ParametersBut.graph(maxEdges), graph.totals(), rows.entrySet());
  }

  /** Bytes of a graph with its names. */
  private static long heap(CooccurrenceGraph graph, Map<Integer, byte[]> rows) {
    long before = usedHeap();
    var copy = restored(graph, rows, Integer.MAX_VALUE);
    long after = usedHeap();
    if (copy.edges() != graph.edges()) {
      throw new IllegalStateException("not restored");
    }
    return after - before;
  }

  /** Seconds of the fold that finds one edge too many. */
  private static double prune(CooccurrenceGraph graph, Map<Integer, byte[]> rows, int epoch) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      var bounded = restored(graph, rows, graph.edges() - 1);
      long begin = System.nanoTime();
      bounded.fold(epoch, 0, new EdgeCounts(new String[0], 0, new int[0], new int[0], new int[0]));
      best = Math.min(best, since(begin));
      if (bounded.prunedEdges() == 0) {
        throw new IllegalStateException("nothing was pruned");
      }
    }
    return best;
  }

  private static double best(Supplier<Object> work) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      if (work.get() == null) {
        throw new IllegalStateException("no result");
      }
      best = Math.min(best, since(begin));
    }
    return best;
  }

  private EdgeCounts counts() {
    var pairs = new Long2IntOpenHashMap();
    int[] context = new int[WORDS_PER_CONTEXT];
    for (int i = 0; i < CONTEXTS_PER_EPOCH; i++) {
      int topic = random.nextInt(TOPICS);
      for (int k = 0; k < WORDS_PER_CONTEXT; k++) {
        context[k] = word(topic);
        pairs.addTo(pair(context[k], context[k]), 1);
        for (int j = 0; j < k; j++) {
          if (context[j] != context[k]) {
            pairs.addTo(pair(context[j], context[k]), 1);
          }
        }
      }
    }
    return packed(pairs);
  }

  private EdgeCounts packed(Long2IntOpenHashMap pairs) {
    int[] local = new int[words];
    var used = new IntArrayList();
    int[] first = new int[pairs.size()];
    int[] second = new int[pairs.size()];
    int[] counts = new int[pairs.size()];
    int at = 0;
    for (Long2IntMap.Entry entry : pairs.long2IntEntrySet()) {
      first[at] = local((int) (entry.getLongKey() >>> Integer.SIZE), local, used);
      second[at] = local((int) entry.getLongKey(), local, used);
      counts[at++] = entry.getIntValue();
    }
    var met = new String[used.size()];
    for (int i = 0; i < met.length; i++) {
      met[i] = names[used.getInt(i)];
    }
    return new EdgeCounts(met, at, first, second, counts);
  }

  private static int local(int word, int[] local, IntArrayList used) {
    if (local[word] == 0) {
      used.add(word);
      local[word] = used.size();
    }
    return local[word] - 1;
  }

  /**
   * A word of a topic, or in one of four cases of all; its rank is log-uniform, which is Zipf's.
   */
  private int word(int topic) {
    boolean ofAll = random.nextInt(4) == 0;
    int range = ofAll ? words : words / TOPICS;
    int rank = (int) Math.pow(range, random.nextDouble()) - 1;
    return ofAll ? rank : (rank * TOPICS + topic) % words;
  }

  private static long pair(int a, int b) {
    return (long) Math.min(a, b) << Integer.SIZE | Math.max(a, b);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
