package io.github.wenliu.pipeline.files;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Modules of the nodes of a graph, from a file: {@code node module} a line, of which a {@code .clu}
 * file has more columns, or a {@code .tree} file, {@code path flow "name" node}, of which the
 * topmost modules are read.
 */
public final class PartitionFile {

  /** Module of a node that the file does not name. */
  public static final int NONE = -1;

  private static final int COLUMNS = 2;
  private static final int TREE_COLUMNS = 4;
  private static final char PATH_SEPARATOR = ':';

  private final EdgeListFile.Graph graph;
  private final int[] modules;
  private final Int2IntOpenHashMap numbers = new Int2IntOpenHashMap();

  private PartitionFile(EdgeListFile.Graph graph) {
    this.graph = graph;
    modules = new int[graph.ids().length];
    Arrays.fill(modules, NONE);
  }

  /**
   * Reads the modules of a graph's nodes. What the file says of others is left out.
   *
   * @return module of each node, numbered from 0; {@link #NONE} for what the file does not name
   * @throws IOException with one line for people that names the file and what is wrong with it
   */
  public static int[] read(Path path, EdgeListFile.Graph graph) throws IOException {
    var file = new PartitionFile(graph);
    try (var lines = ColumnReader.open(path)) {
      for (var columns = lines.next(); columns != null; columns = lines.next()) {
        if (columns.get(0).indexOf(PATH_SEPARATOR) > 0) {
          file.addLeaf(columns, lines);
        } else {
          file.addPair(columns, lines);
        }
      }
    }
    return file.modules;
  }

  private void addLeaf(List<String> columns, ColumnReader lines) throws IOException {
    if (columns.size() < TREE_COLUMNS) {
      throw lines.wrong("expected path, flow, name and node, found " + columns.size() + " columns");
    }
    var path = columns.get(0);
    var module = path.substring(0, path.indexOf(PATH_SEPARATOR));
    // A name may have blanks in it.
    add(columns.get(columns.size() - 1), module, lines);
  }

  private void addPair(List<String> columns, ColumnReader lines) throws IOException {
    if (columns.size() < COLUMNS) {
      throw lines.wrong("expected a node and its module, found 1 column");
    }
    add(columns.get(0), columns.get(1), lines);
  }

  private void add(String nodeColumn, String moduleColumn, ColumnReader lines) throws IOException {
    int node = graph.node(lines.node(nodeColumn));
    int module = lines.integer(moduleColumn, "a module");
    if (node < 0) {
      return;
    }
    int number = numbers.getOrDefault(module, numbers.size());
    if (modules[node] != NONE && modules[node] != number) {
      throw lines.wrong("node " + nodeColumn + " is in two modules");
    }
    numbers.put(module, number);
    modules[node] = number;
  }
}
