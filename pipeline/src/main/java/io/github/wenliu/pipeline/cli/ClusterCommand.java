package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.infomap.Hierarchy;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import io.github.wenliu.operators.cluster.infomap.Partition;
import io.github.wenliu.pipeline.files.EdgeListFile;
import io.github.wenliu.pipeline.files.PartitionFile;
import io.github.wenliu.pipeline.files.PartitionWriter;
import io.github.wenliu.pipeline.files.SignificanceResult;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " Edges of one pair add up; without --directed they have no direction. Blank lines and"
          + " lines that begin with # are left out; gzip is recognised.",
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
  private record Result(Hierarchy hierarchy, int trials, double seconds) {}

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EDGES", description = "The graph.")
  private Path edges;

  @Option(names = "--two-level", description = "Modules of nodes only, not modules of modules.")
  private boolean twoLevel;

  @Mixin private FlowOptions flow;

  @Mixin private SignificanceOptions significance;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Searches, each of which is combined with the best before (${DEFAULT-VALUE}). Of a graph"
              + " with 40,000 edges or more, no more follow if some in a row were in vain.")
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
          "Modules to start each trial from: lines of node and module, .clu, or .tree, of which with"
              + " --two-level the topmost modules count, else the innermost. The result is not worse"
              + " if all its modules are connected; nodes that it does not name start alone.")
  private Path initial;

  @Option(
      names = "--evaluate",
      paramLabel = "FILE",
      description =
          "Search nothing, only tell the codelength of these modules; forms as above. All levels of"
              + " a .tree count, with --two-level the topmost.")
  private Path evaluate;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "What is printed: lines for people, or one JSON object as the last line (${DEFAULT-VALUE}).")
  private String formatName;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "File for the modules: .tree, .ftree (with the links between modules), .clu (top modules)"
              + " or .json, as the reference implementation writes them.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    var format = requireUse();
    var graph = EdgeListFile.read(edges, flow::network);
    if (graph.network().totalStrength() == 0) {
      throw new IOException(edges + " has no edge with a weight");
    }
    var result = evaluate == null ? search(graph) : evaluated(graph);
    double oneLevel = MapEquation.oneLevel(graph.network());
    var lasting = significance(graph, result);
    if (out != null) {
      new PartitionWriter(graph, result.hierarchy(), flow.description(), oneLevel, lasting)
          .write(out);
    }
    var standardOutput = StandardOutput.open();
    standardOutput.print(
        format == Format.JSON
            ? json(graph, result, oneLevel, lasting)
            : text(graph, result, oneLevel) + lasting.map(SignificanceResult::text).orElse(""));
    standardOutput.flush();
    return 0;
  }

  private Optional<SignificanceResult> significance(EdgeListFile.Graph graph, Result result) {
    if (!significance.isWanted()) {
      return Optional.empty();
    }
    int[] modules = result.hierarchy().topModules();
    var err = spec.commandLine().getErr();
    return Optional.of(significance.compare(graph.network(), modules, seed, err));
  }

  private Format requireUse() {
    flow.requireUse();
    significance.requireUse(twoLevel, flow);
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
    if (json) {
      return Format.JSON;
    }
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
      throw new UsageException(
          "--out is " + out + ", expected the suffix .tree, .ftree, .clu or .json");
    }
  }

  private Result search(EdgeListFile.Graph graph) throws IOException {
    var tree = initial == null ? null : PartitionFile.readTree(initial, graph);
    long begin = System.nanoTime();
    var infomap = new Infomap(graph.network());
    var lines = new TrialLines();
    Hierarchy best;
    if (tree != null) {
      best = improved(infomap, completed(tree), graph, lines);
    } else if (twoLevel) {
      best = Hierarchy.of(graph.network(), infomap.search(trials, seed, lines::accept));
    } else {
      best = infomap.searchLevels(trials, seed, lines::accept);
    }
    return new Result(best, lines.count, secondsSince(begin));
  }

  /** The same with a module for each node that has none. */
  private static PartitionFile.Tree completed(PartitionFile.Tree tree) {
    var parents = IntArrayList.wrap(tree.parents().clone());
    int[] modules = tree.modules().clone();
    for (int node = 0; node < modules.length; node++) {
      if (modules[node] == PartitionFile.NONE) {
        modules[node] = parents.size();
        parents.add(PartitionFile.NONE);
      }
    }
    return new PartitionFile.Tree(parents.toIntArray(), modules);
  }

  private Hierarchy improved(
      Infomap infomap, PartitionFile.Tree start, EdgeListFile.Graph graph, TrialLines lines) {
    var given = Hierarchy.of(graph.network(), start.parents(), start.modules());
    Hierarchy best = null;
    for (int trial = 0; trial < trials; trial++) {
      Hierarchy found =
          twoLevel
              ? Hierarchy.of(graph.network(), infomap.improve(given.topModules(), seed + trial))
              : infomap.improve(given, seed + trial);
      lines.accept(trial, found);
      if (best == null || found.codelength() < best.codelength()) {
        best = found;
      }
    }
    return best;
  }

  private Result evaluated(EdgeListFile.Graph graph) throws IOException {
    var tree = PartitionFile.readTree(evaluate, graph);
    for (int node = 0; node < tree.modules().length; node++) {
      if (tree.modules()[node] == PartitionFile.NONE) {
        throw new IOException(evaluate + " has no module for node " + graph.ids()[node]);
      }
    }
    var hierarchy = Hierarchy.of(graph.network(), tree.parents(), tree.modules());
    return new Result(
        twoLevel
            ? Hierarchy.of(graph.network(), Partition.of(graph.network(), hierarchy.topModules()))
            : hierarchy,
        0,
        0);
  }

  private static String json(
      EdgeListFile.Graph graph,
      Result result,
      double oneLevel,
      Optional<SignificanceResult> significance)
      throws IOException {
    var mapper = new ObjectMapper();
    var json = mapper.createObjectNode();
    var length = result.hierarchy().length();
    json.put("codelength", length.total());
    json.put("indexCodelength", length.index());
    json.put("moduleCodelength", length.modules());
    json.put("correction", length.correction());
    json.put("modules", result.hierarchy().topModuleCount());
    json.put("levels", result.hierarchy().levels());
    json.put("oneLevelCodelength", oneLevel);
    json.put("trials", result.trials());
    json.put("searchSeconds", result.seconds());
    json.put("nodes", graph.network().nodes());
    json.put("edges", graph.network().edges());
    significance.ifPresent(one -> one.writeTo(json.putObject("significance")));
    return mapper.writeValueAsString(json) + "\n";
  }

  private static String text(EdgeListFile.Graph graph, Result result, double oneLevel) {
    var length = result.hierarchy().length();
    return String.format(
        Locale.ROOT,
        "%,d nodes, %,d edges; %,d modules%s%n"
            + "codelength %.9f bits, with all nodes in one module %.9f bits%n"
            + "index %.9f, modules %.9f%s%n",
        graph.network().nodes(),
        graph.network().edges(),
        result.hierarchy().topModuleCount(),
        result.hierarchy().levels() > 2 ? ", " + result.hierarchy().levels() + " levels" : "",
        length.total(),
        oneLevel,
        length.index(),
        length.modules(),
        length.correction() > 0
            ? String.format(Locale.ROOT, ", correction %.9f", length.correction())
            : "");
  }

  private static double secondsSince(long begin) {
    return (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
  }

  /** Says on stderr what was found after each trial. */
  private final class TrialLines {

    private long begin = System.nanoTime();
    private int count;

    void accept(int trial, Partition found) {
      print(trial, found.codelength(), found.moduleCount(), 2);
    }

    void accept(int trial, Hierarchy found) {
      print(trial, found.codelength(), found.topModuleCount(), found.levels());
    }

    private void print(int trial, double codelength, int modules, int levels) {
      count++;
      var err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "trial %d of %d: codelength %.9f, %,d modules%s, %.3f s%n",
          trial + 1,
          trials,
          codelength,
          modules,
          levels > 2 ? ", " + levels + " levels" : "",
          secondsSince(begin));
      err.flush();
      begin = System.nanoTime();
    }
  }
}
