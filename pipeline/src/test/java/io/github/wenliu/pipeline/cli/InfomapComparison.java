package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import io.github.wenliu.operators.cluster.infomap.Partition;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Clusters graphs whose codelengths by the reference implementation are on record, and compares:
 * our price of the reference's partition with its own, our best of ten trials with its best of ten,
 * our seconds with those recorded. Each search runs in a warm machine, several times; the time is
 * that of the fastest, by the clock and in processor time of the whole process. The recorded
 * seconds are another machine's day: only large ratios mean something.
 */
@Command(
    name = "bench infomap",
    description = {
      "Compares the search for communities with the reference's recorded results.",
      "DIRECTORY has NAME.txt.gz, partitions/NAME.undirected_two_level.gz, reference.tsv and"
          + " best-known.tsv."
    },
    mixinStandardHelpOptions = true)
final class InfomapComparison implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final String MODE = "undirected_two_level";
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double SAME = 1e-9;
  private static final double TOLERANCE = 1e-9;
  private static final double WITHIN = 1.002;

  @Parameters(paramLabel = "DIRECTORY", description = "The graphs.")
  private Path directory;

  @Option(
      names = "--graph",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Only these; by default all.")
  private List<String> names;

  @Option(names = "--trials", paramLabel = "N", defaultValue = "10")
  private int trials;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "123")
  private long seed;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "2")
  private int rounds;

  /** What is on record of a graph, and what was found. */
  private record Row(
      String graph,
      int edges,
      double reference,
      double bestKnown,
      double evaluated,
      Partition found,
      double wall,
      double processor,
      double improve,
      double optimizeOnRecord,
      double processorOnRecord) {

    double ratio() {
      return found.codelength() / reference;
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
      bestKnown.put(line.get("graph"), Double.valueOf(line.get("best_known_two_level")));
    }
    var rows = new ArrayList<Row>();
    System.out.println(
        "graph | edges | reference | ours | ours/reference | ours/best known | modules"
            + " | evaluator off by | seconds | processor seconds | improve, seconds"
            + " | reference's seconds | reference's processor seconds");
    for (var line : table(reference)) {
      var name = line.get("graph");
      if (line.get("mode").equals(MODE) && (names == null || names.contains(name))) {
        rows.add(compare(line, bestKnown.get(name)));
        print(rows.get(rows.size() - 1));
      }
    }
    summary(rows);
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

  private Row compare(Map<String, String> line, double bestKnown) throws IOException {
    var name = line.get("graph");
    var graph = EdgeListFile.read(directory.resolve(name + ".txt.gz"));
    int[] modules =
        PartitionFile.read(directory.resolve("partitions/" + name + "." + MODE + ".gz"), graph);
    double evaluated = MapEquation.codelength(graph.network(), modules);
    Partition found = null;
    double wall = Double.POSITIVE_INFINITY;
    double processor = Double.POSITIVE_INFINITY;
    double improve = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      System.gc();
      long processorBegin = PROCESS.getProcessCpuTime();
      long begin = System.nanoTime();
      found = new Infomap(graph.network()).search(trials, seed, (trial, one) -> {});
      wall = Math.min(wall, (System.nanoTime() - begin) / SECOND);
      processor = Math.min(processor, (PROCESS.getProcessCpuTime() - processorBegin) / SECOND);
      begin = System.nanoTime();
      new Infomap(graph.network()).improve(found.modules(), seed);
      improve = Math.min(improve, (System.nanoTime() - begin) / SECOND);
    }
    return new Row(
        name,
        graph.network().edges(),
        Double.parseDouble(line.get("codelength_best10")),
        bestKnown,
        evaluated,
        found,
        wall,
        processor,
        improve,
        Double.parseDouble(line.get("optimize_s")),
        Double.parseDouble(line.get("cpu_user_s")));
  }

  private static void print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "%s | %d | %.6f | %.6f | %.6f | %.6f | %d | %.0e | %.3f | %.3f | %.3f | %.3f | %.2f%n",
        row.graph(),
        row.edges(),
        row.reference(),
        row.found().codelength(),
        row.ratio(),
        row.found().codelength() / row.bestKnown(),
        row.found().moduleCount(),
        Math.abs(row.evaluated() - row.reference()),
        row.wall(),
        row.processor(),
        row.improve(),
        row.optimizeOnRecord(),
        row.processorOnRecord());
  }

  private static void summary(List<Row> rows) {
    var ratios = rows.stream().mapToDouble(Row::ratio).toArray();
    var summary = new ObjectMapper().createObjectNode();
    summary.put("graphs", rows.size());
    summary.put(
        "evaluatorSame",
        rows.stream().filter(row -> Math.abs(row.evaluated() - row.reference()) < SAME).count());
    summary.put("within0.2Percent", Arrays.stream(ratios).filter(r -> r <= WITHIN).count());
    summary.put("atOrBelow", Arrays.stream(ratios).filter(r -> r <= 1 + TOLERANCE).count());
    summary.put("worstRatio", Arrays.stream(ratios).max().orElse(Double.NaN));
    summary.put("meanRatio", Arrays.stream(ratios).average().orElse(Double.NaN));
    summary.put(
        "atOrBelowBestKnown",
        rows.stream()
            .filter(row -> row.found().codelength() <= row.bestKnown() * (1 + TOLERANCE))
            .count());
    summary.put("seconds", rows.stream().mapToDouble(Row::wall).sum());
    summary.put("processorSeconds", rows.stream().mapToDouble(Row::processor).sum());
    summary.put(
        "processorSecondsOnRecord", rows.stream().mapToDouble(Row::processorOnRecord).sum());
    System.out.println(summary);
  }
}
