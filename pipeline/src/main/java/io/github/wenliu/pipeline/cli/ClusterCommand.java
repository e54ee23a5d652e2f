package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import io.github.wenliu.operators.cluster.infomap.Partition;
import io.github.wenliu.pipeline.files.EdgeListFile;
import io.github.wenliu.pipeline.files.PartitionFile;
import io.github.wenliu.pipeline.files.PartitionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the communities of a graph, without Kafka and Flink. */
@Command(
    name = "cluster",
    description = {
      "Finds the modules of a graph in which a random walker stays long, by the map equation: the"
          + " shorter the code for its steps, the better the modules.",
      "EDGES has an edge a line, two node ids from 0 on and perhaps a weight (1 without): u v [w]."
          + " Edges have no direction; those of one pair add up. Blank lines and lines that begin"
          + " with # are left out; gzip is recognised.",
      "Large graphs need memory, 100 bytes an edge: WENLIU_HEAP=8g ./wenliu cluster ..."
    },
    mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {

  private enum Format {
    TEXT,
    JSON
  }

  /**
   * What a run found.
   *
   * @param trials how many trials it took, 0 if a given partition was priced
   */
  private record Result(Partition partition, int trials, double seconds) {}

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EDGES", description = "The graph.")
  private Path edges;

  @Option(
      names = "--two-level",
      description = "Modules of nodes, not modules of modules. So far there is nothing else.")
  private boolean twoLevel;

  @Option(names = "--directed", description = "Not yet: only undirected graphs are supported.")
  private boolean directed;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "10",
      description = "Searches, of which the best counts (${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "123",
      description =
          "Where chance begins (${DEFAULT-VALUE}). The same graph and seed give the same modules on"
              + " every machine.")
  private long seed;

  @Option(
      names = "--initial",
      paramLabel = "FILE",
      description =
          "Modules to start each trial from: lines of node and module, .clu, or .tree, of which the"
              + " topmost modules count. The result is never worse; nodes that it does not name"
              + " start alone.")
  private Path initial;

  @Option(
      names = "--evaluate",
      paramLabel = "FILE",
      description = "Search nothing, only tell the codelength of these modules; forms as above.")
  private Path evaluate;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "What is printed: lines for people, or one JSON object as the last line (${DEFAULT-VALUE}).")
  private String formatName;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File for the modules: .tree, .clu or .json, as the reference implementation writes them.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    var format = requireUse();
    var graph = EdgeListFile.read(edges);
    if (graph.network().totalStrength() == 0) {
      throw new IOException(edges + " has no edge with a weight");
    }
    var result = evaluate == null ? search(graph) : evaluated(graph);
    double oneLevel = MapEquation.oneLevel(graph.network());
    if (out != null) {
      new PartitionWriter(graph, result.partition(), oneLevel).write(out);
    }
    print(format, graph, result, oneLevel);
    return 0;
  }

  private Format requireUse() {
    if (directed) {
      throw new UsageException(
          "--directed: only undirected graphs are supported so far; without it, directions are"
              + " left out of account");
    }
    if (trials < 1) {
      throw new UsageException("--trials is " + trials + ", expected 1 or more");
    }
    if (initial != null && evaluate != null) {
      throw new UsageException("--initial and --evaluate exclude each other");
    }
    for (Path file : Arrays.asList(edges, initial, evaluate)) {
      if (file != null) {
        InputFiles.require(List.of(file.toString()));
      }
    }
    requireOut();
    return Arrays.stream(Format.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(formatName))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--format is " + formatName + ", expected text or json"));
  }

  private void requireOut() {
    if (out == null) {
      return;
    }
    var directory = out.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(out)) {
      throw new UsageException("--out is " + out + ", expected a file in a directory that exists");
    }
    if (!PartitionWriter.knows(out)) {
      throw new UsageException("--out is " + out + ", expected the suffix .tree, .clu or .json");
    }
  }

  private Result search(EdgeListFile.Graph graph) throws IOException {
    int[] start = initial == null ? null : PartitionFile.read(initial, graph);
    long begin = System.nanoTime();
    var infomap = new Infomap(graph.network());
    var listener = new TrialLines();
    Partition best =
        start == null ? infomap.search(trials, seed, listener) : improved(infomap, start, listener);
    return new Result(best, trials, secondsSince(begin));
  }

  private Partition improved(Infomap infomap, int[] start, Infomap.TrialListener listener) {
    Partition best = null;
    for (int trial = 0; trial < trials; trial++) {
      Partition found = infomap.improve(start, seed + trial);
      listener.accept(trial, found);
      if (best == null || found.codelength() < best.codelength()) {
        best = found;
      }
    }
    return best;
  }

  private Result evaluated(EdgeListFile.Graph graph) throws IOException {
    int[] modules = PartitionFile.read(evaluate, graph);
    for (int node = 0; node < modules.length; node++) {
      if (modules[node] == PartitionFile.NONE) {
        throw new IOException(evaluate + " has no module for node " + graph.ids()[node]);
      }
    }
    return new Result(Partition.of(graph.network(), modules), 0, 0);
  }

  private void print(Format format, EdgeListFile.Graph graph, Result result, double oneLevel)
      throws IOException {
    var standardOutput = StandardOutput.open();
    standardOutput.print(
        format == Format.JSON ? json(graph, result, oneLevel) : text(graph, result, oneLevel));
    standardOutput.flush();
  }

  private static String json(EdgeListFile.Graph graph, Result result, double oneLevel)
      throws IOException {
    var mapper = new ObjectMapper();
    var json = mapper.createObjectNode();
    json.put("codelength", result.partition().codelength());
    json.put("modules", result.partition().moduleCount());
    json.put("levels", PartitionWriter.LEVELS);
    json.put("oneLevelCodelength", oneLevel);
    json.put("trials", result.trials());
    json.put("searchSeconds", result.seconds());
    json.put("nodes", graph.network().nodes());
    json.put("edges", graph.network().edges());
    return mapper.writeValueAsString(json) + "\n";
  }

  private static String text(EdgeListFile.Graph graph, Result result, double oneLevel) {
    return String.format(
        Locale.ROOT,
        "%,d nodes, %,d edges; %,d modules%n"
            + "codelength %.9f bits, with all nodes in one module %.9f bits%n",
        graph.network().nodes(),
        graph.network().edges(),
        result.partition().moduleCount(),
        result.partition().codelength(),
        oneLevel);
  }

  private static double secondsSince(long begin) {
    return (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
  }

  /** Says on stderr what each trial found. */
  private final class TrialLines implements Infomap.TrialListener {

    private long begin = System.nanoTime();

    @Override
    public void accept(int trial, Partition found) {
      var err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "trial %d of %d: codelength %.9f, %,d modules, %.3f s%n",
          trial + 1,
          trials,
          found.codelength(),
          found.moduleCount(),
          secondsSince(begin));
      err.flush();
      begin = System.nanoTime();
    }
  }
}
