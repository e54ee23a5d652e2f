package io.github.wenliu.pipeline.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Partition;
import io.github.wenliu.pipeline.Version;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes the modules of a graph as the reference implementation of the map equation does; the
 * suffix of the file selects the form:
 *
 * <ul>
 *   <li>{@code .tree}: {@code module:rank flow "name" node} a line, modules by flow, in each the
 *       nodes by flow;
 *   <li>{@code .clu}: {@code node module flow} a line, in the same order;
 *   <li>{@code .json}: one object with all of that.
 * </ul>
 *
 * <p>Modules and ranks count from 1. A file is there only when it is complete.
 */
public final class PartitionWriter {

  /** Levels of a tree of modules and nodes. */
  public static final int LEVELS = 2;

  private static final String TREE = ".tree";
  private static final String CLU = ".clu";
  private static final String JSON = ".json";

  private final EdgeListFile.Graph graph;
  private final Partition partition;
  private final double oneLevel;

  /** The nodes, in the order in which they are written. */
  private final int[] order;

  /**
   * Prepares the writing.
   *
   * @param oneLevel codelength with all nodes in one module
   */
  public PartitionWriter(EdgeListFile.Graph graph, Partition partition, double oneLevel) {
    this.graph = graph;
    this.partition = partition;
    this.oneLevel = oneLevel;
    order = order(graph.network(), partition.modules());
  }

  private static int[] order(FlowNetwork network, int[] modules) {
    var order = new int[modules.length];
    Arrays.setAll(order, i -> i);
    IntArrays.stableSort(
        order,
        (a, b) ->
            modules[a] != modules[b]
                ? Integer.compare(modules[a], modules[b])
                : Double.compare(network.strength(b), network.strength(a)));
    return order;
  }

  /** Whether a file has a suffix that selects a form. */
  public static boolean knows(Path file) {
    var name = file.toString();
    return name.endsWith(TREE) || name.endsWith(CLU) || name.endsWith(JSON);
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
    if (name.endsWith(TREE)) {
      writeTree(writer);
    } else if (name.endsWith(CLU)) {
      writeClu(writer);
    } else {
      writeJson(writer);
    }
  }

  private void writeTree(Writer writer) throws IOException {
    writeHeader(writer);
    writer.write("# path flow name node_id\n");
    int rank = 0;
    for (int i = 0; i < order.length; i++) {
      rank = rank(i, rank);
      int id = graph.ids()[order[i]];
      writer.write(
          module(order[i]) + ":" + rank + " " + flow(order[i]) + " \"" + id + "\" " + id + "\n");
    }
  }

  private void writeClu(Writer writer) throws IOException {
    writeHeader(writer);
    writer.write("# node_id module flow\n");
    for (int node : order) {
      writer.write(graph.ids()[node] + " " + module(node) + " " + flow(node) + "\n");
    }
  }

  private void writeHeader(Writer writer) throws IOException {
    writer.write("# wenliu " + Version.PIPELINE + "\n");
    writer.write(
        "# partitioned into "
            + LEVELS
            + " levels with "
            + partition.moduleCount()
            + " top modules\n");
    writer.write("# codelength " + partition.codelength() + " bits\n");
    writer.write(
        String.format(Locale.ROOT, "# relative codelength savings %.4f%%%n", 100 * savings()));
    writer.write("# flow model undirected\n");
  }

  private void writeJson(Writer writer) throws IOException {
    var mapper = new ObjectMapper();
    var root = mapper.createObjectNode();
    root.put("version", "wenliu " + Version.PIPELINE);
    root.put("codelength", partition.codelength());
    root.put("numLevels", LEVELS);
    root.put("numTopModules", partition.moduleCount());
    root.put("relativeCodelengthSavings", savings());
    root.put("directed", false);
    root.put("flowModel", "undirected");
    var nodes = root.putArray("nodes");
    int rank = 0;
    for (int i = 0; i < order.length; i++) {
      rank = rank(i, rank);
      int id = graph.ids()[order[i]];
      var node = nodes.addObject();
      node.putArray("path").add(module(order[i])).add(rank);
      node.put("name", Integer.toString(id));
      node.put("flow", flow(order[i]));
      node.put("id", id);
    }
    writer.write(mapper.writeValueAsString(root));
    writer.write("\n");
  }

  private int rank(int i, int rankBefore) {
    boolean begins = i == 0 || module(order[i]) != module(order[i - 1]);
    return begins ? 1 : rankBefore + 1;
  }

  private int module(int node) {
    return partition.modules()[node] + 1;
  }

  private double flow(int node) {
    return graph.network().strength(node) / graph.network().totalStrength();
  }

  private double savings() {
    return oneLevel > 0 ? 1 - partition.codelength() / oneLevel : 0;
  }
}
