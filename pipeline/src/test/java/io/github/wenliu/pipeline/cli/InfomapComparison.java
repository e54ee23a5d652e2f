package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Hierarchy;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.Teleportation;
import io.github.wenliu.pipeline.files.EdgeListFile;
import io.github.wenliu.pipeline.files.PartitionFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Clusters graphs whose codelengths by the reference implementation are on record, and compares:
 * our price of the reference's partition with its own, our best of ten trials with its best of ten,
 * the mean of ten searches of one trial with the mean of its ten, our seconds with those recorded.
 * Each search runs in a warm machine, several times; the time is that of the fastest, by the clock
 * and in processor time of the whole process. The recorded seconds are another machine's day: only
 * large ratios mean something.
 */
@Command(
    name = "bench infomap",
    description = {
      "Compares the search for communities with the reference's recorded results.",
      "DIRECTORY has NAME.txt.gz, partitions/NAME.MODE.gz, reference.tsv and best-known.tsv."
    },
    mixinStandardHelpOptions = true)
final class InfomapComparison implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double SAME = 1e-9;
  private static final double TOLERANCE = 1e-9;
  private static final int LARGE = 50_000;

  /** Searches of the first graph of a mode that are not timed. */
  private static final int WARM_UPS = 3;

  private static final String TWO_LEVEL = "two_level";

  @Parameters(paramLabel = "DIRECTORY", description = "The graphs.")
  private Path directory;

  @Option(
      names = "--graph",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Only these; by default all.")
  private List<String> names;

  @Option(
      names = "--mode",
      arity = "1..*",
      paramLabel = "MODE",
      description = "Only these modes of reference.tsv; by default all.")
  private List<String> modes;

  @Option(names = "--trials", paramLabel = "N", defaultValue = "10")
  private int trials;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "123")
  private long seed;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "2")
  private int rounds;

  @Option(names = "--singles", paramLabel = "N", defaultValue = "10")
  private int singles;

  /** What is on record of a graph, and what was found. */
  private record Row(
      String graph,
      String mode,
      int edges,
      double reference,
      double referenceMean,
      double bestKnown,
      double evaluated,
      Hierarchy found,
      double mean,
      double wall,
      double processor,
      double optimizeOnRecord,
      double processorOnRecord) {

    double ratio() {
      return found.codelength() / reference;
    }

    double toBestKnown() {
      return found.codelength() / bestKnown;
    }

    double time() {
      return processor / optimizeOnRecord;
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new InfomapComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var reference = directory.resolve("reference.tsv");
    var best = directory.resolve("best-known.tsv");
    for (Path needed : List.of(reference, best)) {
      if (!Files.isReadable(needed)) {
        System.err.println(needed + " is missing: name the directory of the reference's graphs");
        return 2;
      }
    }
    var bestKnown = new HashMap<String, Double>();
    for (var line : table(best)) {
      for (var mode : List.of("two_level", "multilevel")) {
        bestKnown.put(
            line.get("graph") + " undirected_" + mode,
            Double.valueOf(line.get("best_known_" + mode)));
      }
    }
    List<Map<String, String>> lines = table(reference);
    List<String> chosen =
        modes != null ? modes : lines.stream().map(line -> line.get("mode")).distinct().toList();
    for (var mode : chosen) {
      System.out.println(mode);
      System.out.println(
          "graph | edges | reference | ours | ours/reference | ours/best known"
              + " | mean of single trials/mean of reference's | modules | levels"
              + " | evaluator off by | seconds | processor seconds | reference's seconds"
              + " | reference's processor seconds");
      var rows = new ArrayList<Row>();
      for (var line : lines) {
        var name = line.get("graph");
        if (line.get("mode").equals(mode) && (names == null || names.contains(name))) {
          rows.add(compare(line, bestKnown.get(name + " " + mode), rows.isEmpty() ? WARM_UPS : 0));
          print(rows.get(rows.size() - 1));
        }
      }
      summary(mode, rows);
    }
    return 0;
  }

  private static List<Map<String, String>> table(Path path) throws IOException {
    List<String> lines = Files.readAllLines(path);
    String[] names = lines.get(0).split("\t");
    var table = new ArrayList<Map<String, String>>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      var row = new HashMap<String, String>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], fields[i]);
      }
      table.add(row);
    }
    return table;
  }

  private static EdgeListFile.Flow flow(String mode) {
    if (!mode.startsWith("directed")) {
      return FlowNetwork::of;
    }
    var teleportation = Teleportation.UNRECORDED;
    if (mode.endsWith("recorded_links")) {
      teleportation = Teleportation.RECORDED_TO_LINKS;
    } else if (mode.endsWith("recorded_nodes")) {
      teleportation = Teleportation.RECORDED_TO_NODES;
    }
    var chosen = teleportation;
    return (nodes, from, to, weight) -> FlowNetwork.directed(nodes, from, to, weight, chosen);
  }

  private static Hierarchy search(FlowNetwork network, boolean twoLevel, int trials, long seed) {
    var infomap = new Infomap(network);
    return twoLevel
        ? Hierarchy.of(network, infomap.search(trials, seed, (trial, one) -> {}))
        : infomap.searchLevels(trials, seed, (trial, one) -> {});
  }

  private Row compare(Map<String, String> line, Double bestKnown, int warmUps) throws IOException {
    var name = line.get("graph");
    var mode = line.get("mode");
    boolean twoLevel = mode.contains(TWO_LEVEL);
    var graph = EdgeListFile.read(directory.resolve(name + ".txt.gz"), flow(mode));
    double reference = Double.parseDouble(line.get("codelength_best10"));
    for (int i = 0; i < warmUps; i++) {
      search(graph.network(), twoLevel, trials, seed);
    }
    Hierarchy found = null;
    double wall = Double.POSITIVE_INFINITY;
    double processor = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      System.gc();
      long processorBegin = PROCESS.getProcessCpuTime();
      long begin = System.nanoTime();
      found = search(graph.network(), twoLevel, trials, seed);
      wall = Math.min(wall, (System.nanoTime() - begin) / SECOND);
      processor = Math.min(processor, (PROCESS.getProcessCpuTime() - processorBegin) / SECOND);
    }
    double sum = 0;
    for (int single = 0; single < singles; single++) {
      sum += search(graph.network(), twoLevel, 1, seed + single).codelength();
    }
    return new Row(
        name,
        mode,
        graph.network().edges(),
        reference,
        Arrays.stream(line.get("trial_codelengths").split(","))
            .mapToDouble(Double::parseDouble)
            .average()
            .orElse(Double.NaN),
        bestKnown == null ? reference : Math.min(reference, bestKnown),
        evaluated(graph, directory.resolve("partitions/" + name + "." + mode + ".gz")),
        found,
        sum / singles,
        wall,
        processor,
        Double.parseDouble(line.get("optimize_s")),
        Double.parseDouble(line.get("cpu_user_s")));
  }

  /** What the reference's partition costs, if it is on record. */
  private static double evaluated(EdgeListFile.Graph graph, Path partition) throws IOException {
    if (!Files.exists(partition)) {
      return Double.NaN;
    }
    var tree = PartitionFile.readTree(partition, graph);
    return Hierarchy.of(graph.network(), tree.parents(), tree.modules()).codelength();
  }

  private static void print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "%s | %d | %.6f | %.6f | %.6f | %.6f | %.6f | %d | %d | %.0e | %.3f | %.3f | %.3f | %.2f%n",
        row.graph(),
        row.edges(),
        row.reference(),
        row.found().codelength(),
        row.ratio(),
        row.toBestKnown(),
        row.mean() / row.referenceMean(),
        row.found().topModuleCount(),
        row.found().levels(),
        Math.abs(row.evaluated() - row.reference()),
        row.wall(),
        row.processor(),
        row.optimizeOnRecord(),
        row.processorOnRecord());
  }

  private static void summary(String mode, List<Row> rows) {
    List<Row> large = rows.stream().filter(row -> row.edges() >= LARGE).toList();
    var summary = new ObjectMapper().createObjectNode();
    summary.put("mode", mode);
    summary.put("graphs", rows.size());
    summary.put("partitions", rows.stream().filter(row -> row.evaluated() > 0).count());
    summary.put(
        "evaluatorSame",
        rows.stream().filter(row -> Math.abs(row.evaluated() - row.reference()) < SAME).count());
    summary.put("atOrBelow", rows.stream().filter(row -> row.ratio() <= 1 + TOLERANCE).count());
    summary.put("worstRatio", most(rows, Row::ratio));
    summary.put("meanRatio", rows.stream().mapToDouble(Row::ratio).average().orElse(Double.NaN));
    summary.put(
        "atOrBelowBestKnown",
        rows.stream().filter(row -> row.toBestKnown() <= 1 + TOLERANCE).count());
    summary.put("worstToBestKnown", most(rows, Row::toBestKnown));
    summary.put("seconds", rows.stream().mapToDouble(Row::wall).sum());
    summary.put("processorSeconds", rows.stream().mapToDouble(Row::processor).sum());
    summary.put("secondsOnRecord", rows.stream().mapToDouble(Row::optimizeOnRecord).sum());
    summary.put(
        "processorSecondsOnRecord", rows.stream().mapToDouble(Row::processorOnRecord).sum());
    summary.put("large", large.size());
    summary.put("worstTimeOfLarge", most(large, Row::time));
    summary.put(
        "geometricMeanTimeOfLarge",
        Math.exp(
            large.stream().mapToDouble(row -> Math.log(row.time())).average().orElse(Double.NaN)));
    System.out.println(summary);
  }

  private static double most(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).max().orElse(Double.NaN);
  }
}
