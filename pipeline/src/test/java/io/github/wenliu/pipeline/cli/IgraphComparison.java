package io.github.wenliu.pipeline.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import io.github.wenliu.pipeline.files.EdgeListFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Clusters undirected graphs with igraph and with ours, in turn, on the same machine in the same
 * minutes. igraph's walker always teleports, ours does not, so the two minimise different lengths;
 * both partitions are priced without teleportation. Processor seconds are of the search alone, ours
 * in a warm machine.
 */
@Command(
    name = "bench igraph",
    description = {
      "Compares the search for communities with igraph's community_infomap.",
      "FILE is a list of edges, gzip: two ids and perhaps a weight a line."
    },
    mixinStandardHelpOptions = true)
final class IgraphComparison implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int WARM_UPS = 3;
  private static final String SCRIPT = "/wenliu/peers/igraph_infomap.py";

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The graphs.")
  private List<Path> files;

  @Option(names = "--trials", paramLabel = "N", defaultValue = "10")
  private int trials;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "123")
  private long seed;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "/usr/bin/python3",
      description = "Python with igraph (${DEFAULT-VALUE}).")
  private String python;

  /** What igraph found: a module for each node of the graph, and how long it took. */
  private record Found(int[] modules, double seconds) {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IgraphComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var script = Files.createTempFile("igraph", ".py");
    try (var resource = IgraphComparison.class.getResourceAsStream(SCRIPT)) {
      Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
    }
    System.out.println(
        "graph | edges | igraph, bits | ours, bits | ours/igraph's | igraph's modules | ours"
            + " | igraph's processor seconds | ours | ours/igraph's");
    int warmUps = WARM_UPS;
    for (Path file : files) {
      compare(script, file, warmUps);
      warmUps = 0;
    }
    Files.delete(script);
    return 0;
  }

  private void compare(Path script, Path file, int warmUps)
      throws IOException, InterruptedException {
    var graph = EdgeListFile.read(file, FlowNetwork::of);
    var igraph = igraph(script, file, graph);
    var infomap = new Infomap(graph.network());
    for (int i = 0; i < warmUps; i++) {
      infomap.search(trials, seed, (trial, one) -> {});
    }
    System.gc();
    long begin = PROCESS.getProcessCpuTime();
    var ours = infomap.search(trials, seed, (trial, one) -> {});
    double seconds = (PROCESS.getProcessCpuTime() - begin) / SECOND;
    double theirs = MapEquation.codelength(graph.network(), igraph.modules());
    System.out.printf(
        Locale.ROOT,
        "%s | %,d | %.6f | %.6f | %.6f | %,d | %,d | %.2f | %.2f | %.3f%n",
        file.getFileName().toString().replaceFirst("\\..*", ""),
        graph.network().edges(),
        theirs,
        ours.codelength(),
        ours.codelength() / theirs,
        Arrays.stream(igraph.modules()).distinct().count(),
        ours.moduleCount(),
        igraph.seconds(),
        seconds,
        seconds / igraph.seconds());
  }

  private Found igraph(Path script, Path file, EdgeListFile.Graph graph)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(python, script.toString(), file.toString(), Integer.toString(trials))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int[] modules = IntStream.generate(() -> -1).limit(graph.network().nodes()).toArray();
    double seconds;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      var first = lines.readLine();
      if (first == null) {
        throw new IOException(python + " " + SCRIPT + " said nothing: is python3-igraph there?");
      }
      seconds = Double.parseDouble(first);
      String line;
      while ((line = lines.readLine()) != null) {
        String[] fields = line.split(" ");
        modules[graph.node(Integer.parseInt(fields[0]))] = Integer.parseInt(fields[1]);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(python + " " + SCRIPT + " failed on " + file);
    }
    return new Found(modules, seconds);
  }
}
