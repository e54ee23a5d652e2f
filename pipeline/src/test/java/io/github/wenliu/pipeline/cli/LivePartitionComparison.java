package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.cluster.infomap.LivePartition;
import io.github.wenliu.pipeline.files.EdgeListFile;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Changes graphs in batches and compares the modules that follow with a search from scratch after
 * each batch: by how much they are longer, and what share of its time they take. Half of the
 * changes remove an edge, drawn from all; half add one, of which seven in ten close a triangle and
 * three join any two nodes, with the weight of an edge drawn from all. Changes add up; nothing is
 * searched in full between. Times are of the processor, of the thread; building the graph that is
 * searched is left out, changing the one that is followed is in. The same changes without searches
 * go before, for a warm machine. Then edges come one by one.
 */
@Command(
    name = "bench live",
    description = {
      "Compares modules that follow a changing graph with searches from scratch.",
      "DIRECTORY has NAME.txt.gz."
    },
    mixinStandardHelpOptions = true)
final class LivePartitionComparison implements Callable<Integer> {

  private static final double CLOSING = 0.7;
  private static final int LARGE = 50_000;
  private static final double PERCENT = 100;

  @Parameters(paramLabel = "DIRECTORY", description = "The graphs.")
  private Path directory;

  @Option(names = "--graph", arity = "1..*", paramLabel = "NAME", description = "Only these.")
  private List<String> names;

  @Option(names = "--share", paramLabel = "X", defaultValue = "0.01", description = "Of a batch.")
  private double share;

  @Option(names = "--batches", paramLabel = "N", defaultValue = "20")
  private int batches;

  @Option(names = "--single", paramLabel = "N", defaultValue = "0", description = "Single edges.")
  private int single;

  @Option(names = "--debt", paramLabel = "X", defaultValue = "0.05")
  private double debt;

  @Option(names = "--warm-ups", paramLabel = "N", defaultValue = "2")
  private int warmUps;

  /** What came out for a graph: excess and share of the time of a search, of each batch. */
  private record Row(String graph, int nodes, int edges, double[] excess, double[] time) {

    double meanExcess() {
      return Arrays.stream(excess).average().orElse(Double.NaN);
    }

    double worstExcess() {
      return Arrays.stream(excess).max().orElse(Double.NaN);
    }

    double meanTime() {
      return Arrays.stream(time).average().orElse(Double.NaN);
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LivePartitionComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (names == null) {
      try (var files = Files.list(directory)) {
        names =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".txt.gz"))
                .map(name -> name.substring(0, name.length() - ".txt.gz".length()))
                .sorted()
                .toList();
      }
    }
    for (int i = 0; i < warmUps; i++) {
      compare(names.get(0));
    }
    System.out.println(
        "| graph | nodes | edges | excess, mean | worst | last | share of a search's time |");
    var rows = new ArrayList<Row>();
    for (String name : names) {
      var row = compare(name);
      rows.add(row);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %,d | %.4f %% | %.4f %% | %.4f %% | %.2f %% |%n",
          row.graph(),
          row.nodes(),
          row.edges(),
          PERCENT * row.meanExcess(),
          PERCENT * row.worstExcess(),
          PERCENT * row.excess()[batches - 1],
          PERCENT * row.meanTime());
    }
    summary("all", rows);
    summary("large", rows.stream().filter(row -> row.edges() >= LARGE).toList());
    return 0;
  }

  private static void summary(String which, List<Row> rows) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d graphs, excess mean %.4f %%, worst of means %.4f %%, worst %.4f %%;"
            + " time median %.2f %%, worst %.2f %%%n",
        which,
        rows.size(),
        PERCENT * rows.stream().mapToDouble(Row::meanExcess).average().orElse(Double.NaN),
        PERCENT * most(rows, Row::meanExcess),
        PERCENT * most(rows, Row::worstExcess),
        PERCENT * median(rows.stream().mapToDouble(Row::meanTime).toArray()),
        PERCENT * most(rows, Row::meanTime));
  }

  private static double most(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).max().orElse(Double.NaN);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private Row compare(String name) throws IOException {
    var network = EdgeListFile.read(directory.resolve(name + ".txt.gz")).network();
    var found = new Infomap(network).search(1, 0, (trial, one) -> {});
    var parameters = new LiveParameters(debt, 1, 1e-3, 1);
    warmUp(LivePartition.of(network, found.modules(), parameters), new Changes(network));
    var live = LivePartition.of(network, found.modules(), parameters);
    var changes = new Changes(network);
    var excess = new double[batches];
    var time = new double[batches];
    for (int batch = 0; batch < batches; batch++) {
      changes.prepare((int) Math.max(1, share * network.edges()), live.freeze());
      long begin = processorNanos();
      changes.apply(live);
      live.update();
      long end = processorNanos();
      var frozen = live.freeze();
      long searchBegin = processorNanos();
      double searched = new Infomap(frozen).search(1, batch + 1, (trial, one) -> {}).codelength();
      time[batch] = (end - begin) / (double) (processorNanos() - searchBegin);
      excess[batch] = live.codelength() / searched - 1;
    }
    if (single > 0) {
      single(name, live, changes);
    }
    return new Row(name, network.nodes(), network.edges(), excess, time);
  }

  /** The same changes without the searches, for a warm machine. */
  private void warmUp(LivePartition live, Changes changes) {
    int count = (int) Math.max(1, share * live.edges());
    for (int batch = 0; batch < batches; batch++) {
      changes.prepare(count, live.freeze());
      changes.apply(live);
      live.update();
    }
  }

  private void single(String name, LivePartition live, Changes changes) {
    var nanos = new double[single];
    var frozen = live.freeze();
    for (int i = 0; i < single; i++) {
      changes.prepare(1, frozen);
      long begin = processorNanos();
      changes.apply(live);
      live.update();
      nanos[i] = processorNanos() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s, single edges: p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, most %.1f, mean %.1f us%n",
        name,
        at(nanos, 0.5),
        at(nanos, 0.9),
        at(nanos, 0.99),
        at(nanos, 0.999),
        at(nanos, 1),
        Arrays.stream(nanos).average().orElse(Double.NaN) / TimeUnit.MICROSECONDS.toNanos(1));
  }

  private static double at(double[] sorted, double share) {
    int rank = (int) Math.min(sorted.length - 1, share * sorted.length);
    return sorted[rank] / TimeUnit.MICROSECONDS.toNanos(1);
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Changes of a graph, drawn at random. */
  private static final class Changes {

    private static final int TRIES = 100;

    private final SplittableRandom random = new SplittableRandom(7);
    private final int nodes;

    /** All edges. */
    private final LongArrayList pairs = new LongArrayList();

    private final LongArrayList next = new LongArrayList();
    private final ArrayList<Double> weights = new ArrayList<>();
    private boolean adds;

    Changes(FlowNetwork network) {
      nodes = network.nodes();
      for (int node = 0; node < nodes; node++) {
        for (int rank = 0; rank < network.degree(node); rank++) {
          if (network.neighbour(node, rank) > node) {
            pairs.add(pair(node, network.neighbour(node, rank)));
          }
        }
      }
    }

    private static long pair(int one, int other) {
      return (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    }

    private static int first(long pair) {
      return (int) (pair >>> Integer.SIZE);
    }

    /** Draws changes; triangles are those of a network that may lie a little back. */
    void prepare(int count, FlowNetwork network) {
      next.clear();
      weights.clear();
      for (int i = 0; i < count; i++) {
        adds = !adds;
        if (adds) {
          add(network);
        } else {
          int rank = random.nextInt(pairs.size());
          long last = pairs.removeLong(pairs.size() - 1);
          next.add(rank < pairs.size() ? pairs.set(rank, last) : last);
          weights.add(0.0);
        }
      }
    }

    private void add(FlowNetwork network) {
      long pair = random.nextDouble() < CLOSING ? closing(network) : any();
      next.add(pair);
      weights.add(weight(network));
      pairs.add(pair);
    }

    private double weight(FlowNetwork network) {
      int node = first(pairs.getLong(random.nextInt(pairs.size())));
      int degree = network.degree(node);
      return degree == 0 ? 1 : network.weight(node, random.nextInt(degree));
    }

    private long any() {
      int one = random.nextInt(nodes);
      return pair(one, (one + 1 + random.nextInt(nodes - 1)) % nodes);
    }

    private long closing(FlowNetwork network) {
      for (int i = 0; i < TRIES; i++) {
        long edge = pairs.getLong(random.nextInt(pairs.size()));
        int middle = random.nextBoolean() ? first(edge) : (int) edge;
        int one = middle == first(edge) ? (int) edge : first(edge);
        if (network.degree(middle) > 0) {
          int other = network.neighbour(middle, random.nextInt(network.degree(middle)));
          if (other != one) {
            return pair(one, other);
          }
        }
      }
      return any();
    }

    void apply(LivePartition live) {
      for (int i = 0; i < next.size(); i++) {
        live.set(first(next.getLong(i)), (int) next.getLong(i), weights.get(i));
      }
    }
  }
}
