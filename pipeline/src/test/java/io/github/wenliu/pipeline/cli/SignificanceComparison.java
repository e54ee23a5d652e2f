package io.github.wenliu.pipeline.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.operators.cluster.infomap.Bootstrap;
import io.github.wenliu.operators.cluster.infomap.BootstrapParameters;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.ModuleSignificance;
import io.github.wenliu.operators.cluster.infomap.Partition;
import io.github.wenliu.operators.cluster.infomap.Significance;
import io.github.wenliu.pipeline.files.EdgeListFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Compares ways to search the replicates of a graph: from the modules of the graph alone, from
 * scratch with one trial or ten, and as {@link Bootstrap} does. How long the codes are that they
 * find, relative to ten trials, and how lasting modules look, on the same replicates; the processor
 * time of the process for one replicate, relative to ten trials of the graph. Of graphs with
 * planted communities, how much of these is in cores.
 */
@Command(
    name = "bench significance",
    description = {
      "Compares ways to search replicates of graphs.",
      "DIRECTORY has NAME.txt.gz, and truth/NAME.truth.gz of planted ones."
    },
    mixinStandardHelpOptions = true)
final class SignificanceComparison implements Callable<Integer> {

  private static final double PERCENT = 100;
  private static final double CONFIDENCE = 0.95;
  private static final int TRIALS = 10;
  private static final long SEED = 123;

  @Parameters(paramLabel = "DIRECTORY", description = "The graphs.")
  private Path directory;

  @Option(names = "--graph", arity = "1..*", required = true, paramLabel = "NAME")
  private List<String> names;

  @Option(names = "--replicates", paramLabel = "N", defaultValue = "20")
  private int replicates;

  /** Finds the modules of all replicates. */
  private interface Way {

    List<Partition> search(Bootstrap bootstrap, FlowNetwork network, int[] modules);
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SignificanceComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(
        "| graph | modules | way | time of a replicate | length | modules | stability | flow in"
            + " cores | significant modules |");
    for (String name : names) {
      compare(name);
    }
    return 0;
  }

  private void compare(String name) throws IOException {
    var graph = EdgeListFile.read(directory.resolve(name + ".txt.gz"));
    var network = graph.network();
    int[] modules = new Infomap(network).search(TRIALS, SEED, (trial, found) -> {}).modules();
    long begin = processorNanos();
    new Infomap(network).search(TRIALS, SEED, (trial, found) -> {});
    double unit = processorNanos() - begin;
    var ways = new HashMap<String, Way>();
    ways.put("ten trials", each((r, i) -> searched(r, TRIALS, i)));
    ways.put("one trial", each((r, i) -> searched(r, 1, i)));
    ways.put("modules only", each((r, i) -> new Infomap(r).improve(modules, i)));
    ways.put("ours", SignificanceComparison::ours);
    double[] lengths = null;
    for (String way : List.of("ten trials", "one trial", "modules only", "ours")) {
      var bootstrap = new Bootstrap(network, new BootstrapParameters(replicates, 1, SEED));
      begin = processorNanos();
      var found = ways.get(way).search(bootstrap, network, modules);
      double time = (processorNanos() - begin) / unit / replicates;
      lengths =
          lengths == null ? found.stream().mapToDouble(Partition::codelength).toArray() : lengths;
      var significance =
          Significance.of(
              network, modules, found.stream().map(Partition::modules).toList(), CONFIDENCE);
      print(name, way, time, excess(found, lengths), found, significance);
      if (way.equals("ours")) {
        printPlanted(name, graph, modules, significance);
      }
    }
  }

  private interface Search {

    Partition of(FlowNetwork replicate, int number);
  }

  private Way each(Search search) {
    return (bootstrap, network, modules) -> {
      var found = new ArrayList<Partition>();
      for (int i = 0; i < replicates; i++) {
        found.add(search.of(bootstrap.replicate(i), i));
      }
      return found;
    };
  }

  private static Partition searched(FlowNetwork network, int trials, int number) {
    return new Infomap(network).search(trials, SEED + 1000L * number, (trial, one) -> {});
  }

  private static List<Partition> ours(Bootstrap bootstrap, FlowNetwork network, int[] modules) {
    var found = new ArrayList<Partition>();
    bootstrap.search(modules, 1, (replicate, one) -> found.add(one));
    return found;
  }

  private static double excess(List<Partition> found, double[] lengths) {
    double excess = 0;
    for (int i = 0; i < lengths.length; i++) {
      excess += (found.get(i).codelength() / lengths[i] - 1) / lengths.length;
    }
    return excess;
  }

  private static void print(
      String name,
      String way,
      double time,
      double excess,
      List<Partition> found,
      Significance significance) {
    var rows = significance.modules();
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %.3f | %+.3f %% | %.1f | %.3f | %.1f %% | %,d |%n",
        name,
        rows.size(),
        way,
        time,
        PERCENT * excess,
        found.stream().mapToInt(Partition::moduleCount).average().orElse(Double.NaN),
        rows.stream().mapToDouble(row -> row.flow() * row.stability()).sum(),
        PERCENT * rows.stream().mapToDouble(ModuleSignificance::coreFlow).sum(),
        rows.stream().filter(ModuleSignificance::isSignificant).count());
  }

  /** How many nodes of planted communities are in the core that has most of their community. */
  private void printPlanted(
      String name, EdgeListFile.Graph graph, int[] modules, Significance significance)
      throws IOException {
    var file = directory.resolve("truth").resolve(name + ".truth.gz");
    if (!Files.exists(file)) {
      return;
    }
    var planted = planted(file);
    int[] truth = Arrays.stream(graph.ids()).map(id -> planted.getOrDefault(id, -1)).toArray();
    var most = new HashMap<Integer, Map<Integer, Integer>>();
    var size = new HashMap<Integer, Integer>();
    var mixed = new HashMap<Integer, Map<Integer, Integer>>();
    int all = 0;
    int cores = 0;
    for (int node = 0; node < truth.length; node++) {
      if (truth[node] >= 0) {
        all++;
        size.merge(truth[node], 1, Integer::sum);
        if (significance.inCore()[node]) {
          cores++;
          most.computeIfAbsent(truth[node], i -> new HashMap<>())
              .merge(modules[node], 1, Integer::sum);
          mixed
              .computeIfAbsent(modules[node], i -> new HashMap<>())
              .merge(truth[node], 1, Integer::sum);
        }
      }
    }
    long covered =
        most.entrySet().stream()
            .filter(one -> 2 * greatest(one.getValue()) >= size.get(one.getKey()))
            .count();
    System.out.printf(
        Locale.ROOT,
        "%s, planted: %,d communities of %,d nodes; a core has most of %,d of them; %.1f %% of the"
            + " nodes are in the core with most of their community; of the %,d nodes in cores"
            + " %.2f %% are of the community that the core is mostly of%n",
        name,
        size.size(),
        all,
        covered,
        PERCENT * most.values().stream().mapToInt(one -> greatest(one)).sum() / all,
        cores,
        PERCENT * mixed.values().stream().mapToInt(one -> greatest(one)).sum() / cores);
  }

  private static int greatest(Map<Integer, Integer> counts) {
    return counts.values().stream().mapToInt(i -> i).max().orElse(0);
  }

  private static Map<Integer, Integer> planted(Path file) throws IOException {
    var planted = new HashMap<Integer, Integer>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var columns = line.split("\\s+");
        planted.put(Integer.valueOf(columns[0]), Integer.valueOf(columns[1]));
      }
    }
    return planted;
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
