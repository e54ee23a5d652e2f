package io.github.wenliu.pipeline.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Hierarchy;
import io.github.wenliu.pipeline.Version;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the modules of a graph as the reference implementation of the map equation does; the
 * suffix of the file selects the form:
 *
 * <ul>
 *   <li>{@code .tree}: {@code module:…:rank flow "name" node} a line, modules by flow, in each the
 *       nodes by flow;
 *   <li>{@code .ftree}: the same, then of each module the links between what is in it, with the
 *       flow in both directions together;
 *   <li>{@code .clu}: {@code node module flow} a line, with the top module, in the same order;
 *   <li>{@code .json}: one object with what a tree has, and which nodes are in the core of their
 *       module if that was asked.
 * </ul>
 *
 * <p>Modules and ranks count from 1. A file is there only when it is complete.
 */
public final class PartitionWriter {

  private static final String TREE = ".tree";
  private static final String FLOW_TREE = ".ftree";
  private static final String CLU = ".clu";
  private static final String JSON = ".json";
  private static final List<String> SUFFIXES = List.of(TREE, FLOW_TREE, CLU, JSON);

  private final EdgeListFile.Graph graph;
  private final Hierarchy hierarchy;
  private final String flowModel;
  private final double oneLevel;
  private final Optional<SignificanceResult> significance;

  /** Path of each module; of what is in no module, empty. */
  private final int[][] paths;

  /** How many modules and nodes are in each module, the whole at the end. */
  private final int[] children;

  /** The nodes, in the order in which they are written, and the rank of each in its module. */
  private final int[] order;

  private final int[] rank;

  /**
   * Prepares the writing.
   *
   * @param flowModel how the walker walks, in a few words
   * @param oneLevel codelength with all nodes in one module
   * @param significance what chance leaves of the modules, if that was asked
   */
  public PartitionWriter(
      EdgeListFile.Graph graph,
      Hierarchy hierarchy,
      String flowModel,
      double oneLevel,
      Optional<SignificanceResult> significance) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.flowModel = flowModel;
    this.oneLevel = oneLevel;
    this.significance = significance;
    children = new int[hierarchy.parents().length + 1];
    paths = paths();
    order = order(graph.network());
    rank = new int[order.length];
    for (int node : order) {
      rank[node] = ++children[hierarchy.modules()[node]];
    }
  }

  private int[][] paths() {
    var found = new int[hierarchy.parents().length][];
    for (int module = 0; module < found.length; module++) {
      int parent = hierarchy.parents()[module];
      int[] above = parent == Hierarchy.NONE ? new int[0] : found[parent];
      found[module] = Arrays.copyOf(above, above.length + 1);
      found[module][above.length] = ++children[parent == Hierarchy.NONE ? found.length : parent];
    }
    return found;
  }

  private int[] order(FlowNetwork network) {
    var nodes = new int[hierarchy.modules().length];
    Arrays.setAll(nodes, i -> i);
    int[] modules = hierarchy.modules();
    IntArrays.stableSort(
        nodes,
        (a, b) ->
            modules[a] != modules[b]
                ? Integer.compare(modules[a], modules[b])
                : Double.compare(network.strength(b), network.strength(a)));
    return nodes;
  }

  /** Whether a file has a suffix that selects a form. */
  public static boolean knows(Path file) {
    return SUFFIXES.stream().anyMatch(file.toString()::endsWith);
  }

  /** Writes a file. */
  public void write(Path file) throws IOException {
    var target = file.toAbsolutePath();
    var unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
        write(file.toString(), writer);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(String name, Writer writer) throws IOException {
    if (name.endsWith(JSON)) {
      writeJson(writer);
    } else if (name.endsWith(CLU)) {
      writeClu(writer);
    } else {
      writeTree(writer);
      if (name.endsWith(FLOW_TREE)) {
        writeLinks(writer);
      }
    }
  }

  private void writeTree(Writer writer) throws IOException {
    writeHeader(writer);
    writer.write("# path flow name node_id\n");
    for (int node : order) {
      int id = graph.ids()[node];
      writer.write(path(module(node)) + ":" + rank[node]);
      writer.write(" " + flow(node) + " \"" + id + "\" " + id + "\n");
    }
  }

  private String path(int module) {
    var path = new StringBuilder();
    for (int step : paths[module]) {
      path.append(path.isEmpty() ? "" : ":").append(step);
    }
    return path.toString();
  }

  private void writeClu(Writer writer) throws IOException {
    writeHeader(writer);
    writer.write("# node_id module flow\n");
    for (int node : order) {
      writer.write(graph.ids()[node] + " " + paths[module(node)][0] + " " + flow(node) + "\n");
    }
  }

  /** Of the whole and of each module, by path: its flow, and the links between its children. */
  private void writeLinks(Writer writer) throws IOException {
    var links = links();
    var flows = hierarchy.flows(graph.network());
    int root = paths.length;
    writer.write("*Links undirected\n#*Links path enterFlow exitFlow numEdges numChildren\n");
    for (int i = 0; i <= root; i++) {
      int module = i == 0 ? root : i - 1;
      writer.write(
          i == 0
              ? "*Links root 0 0"
              : "*Links "
                  + path(module)
                  + " "
                  + flows.enter()[module]
                  + " "
                  + flows.exit()[module]);
      writer.write(" " + links.get(module).size() + " " + children[module] + "\n");
      for (var link : links.get(module).entrySet()) {
        int from = (int) (link.getKey() >>> Integer.SIZE);
        int to = link.getKey().intValue();
        writer.write(from + " " + to + " " + link.getValue() + "\n");
      }
    }
  }

  private List<TreeMap<Long, Double>> links() {
    var links = Stream.generate(TreeMap<Long, Double>::new).limit(paths.length + 1).toList();
    var network = graph.network();
    for (int node = 0; node < order.length; node++) {
      for (int i = 0; i < network.degree(node); i++) {
        int other = network.neighbour(node, i);
        if (node < other) {
          addLink(links, node, other, 2 * network.weight(node, i) / network.totalStrength());
        }
      }
    }
    return links;
  }

  private void addLink(List<TreeMap<Long, Double>> links, int node, int other, double flow) {
    int[] one = paths[module(node)];
    int[] two = paths[module(other)];
    int common = Arrays.mismatch(one, two);
    int depth = common < 0 ? one.length : common;
    int holder = paths.length;
    if (depth > 0) {
      holder = module(node);
      for (int i = one.length; i > depth; i--) {
        holder = hierarchy.parents()[holder];
      }
    }
    long a = depth < one.length ? one[depth] : rank[node];
    long b = depth < two.length ? two[depth] : rank[other];
    links.get(holder).merge(Math.min(a, b) << Integer.SIZE | Math.max(a, b), flow, Double::sum);
  }

  private void writeHeader(Writer writer) throws IOException {
    writer.write("# wenliu " + Version.PIPELINE + "\n");
    writer.write(
        "# partitioned into "
            + hierarchy.levels()
            + " levels with "
            + hierarchy.topModuleCount()
            + " top modules\n");
    writer.write("# codelength " + hierarchy.codelength() + " bits\n");
    writer.write(
        String.format(Locale.ROOT, "# relative codelength savings %.4f%%%n", 100 * savings()));
    writer.write("# flow model " + flowModel + "\n");
  }

  private void writeJson(Writer writer) throws IOException {
    var mapper = new ObjectMapper();
    var root = mapper.createObjectNode();
    root.put("version", "wenliu " + Version.PIPELINE);
    root.put("codelength", hierarchy.codelength());
    root.put("numLevels", hierarchy.levels());
    root.put("numTopModules", hierarchy.topModuleCount());
    root.put("relativeCodelengthSavings", savings());
    root.put("directed", flowModel.startsWith("directed"));
    root.put("flowModel", flowModel);
    significance.ifPresent(one -> one.writeTo(root.putObject("significance")));
    var nodes = root.putArray("nodes");
    for (int node : order) {
      int id = graph.ids()[node];
      var entry = nodes.addObject();
      var path = entry.putArray("path");
      for (int step : paths[module(node)]) {
        path.add(step);
      }
      path.add(rank[node]);
      entry.put("name", Integer.toString(id));
      entry.put("flow", flow(node));
      entry.put("id", id);
      significance.ifPresent(one -> entry.put("core", one.found().inCore()[node]));
    }
    writer.write(mapper.writeValueAsString(root));
    writer.write("\n");
  }

  private int module(int node) {
    return hierarchy.modules()[node];
  }

  private double flow(int node) {
    return graph.network().strength(node) / graph.network().totalStrength();
  }

  private double savings() {
    return oneLevel > 0 ? 1 - hierarchy.codelength() / oneLevel : 0;
  }
}
