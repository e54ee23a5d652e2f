package io.github.wenliu.pipeline.files;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Modules of the nodes of a graph, from a file: {@code node module} a line, of which a {@code .clu}
 * file has more columns, or a {@code .tree} or {@code .ftree} file, {@code path flow "name" node}.
 */
public final class PartitionFile {

  /** Module of a node that the file does not name, and what a top module is in. */
  public static final int NONE = -1;

  /**
   * Modules of modules.
   *
   * @param parents module that each module is in, with a smaller number, or {@link #NONE}
   * @param modules innermost module of each node, {@link #NONE} for what the file does not name
   */
  public record Tree(int[] parents, int[] modules) {}

  private static final int COLUMNS = 2;
  private static final int TREE_COLUMNS = 4;
  private static final char PATH_SEPARATOR = ':';

  /** Where the links between modules begin in a {@code .ftree} file. */
  private static final String LINKS = "*Links";

  private final EdgeListFile.Graph graph;
  private final int[] modules;
  private final IntArrayList parents = new IntArrayList();

  /** Numbers of modules by their path. */
  private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();

  private PartitionFile(EdgeListFile.Graph graph) {
    this.graph = graph;
    modules = new int[graph.ids().length];
    Arrays.fill(modules, NONE);
    numbers.defaultReturnValue(NONE);
  }

  /**
   * Reads the topmost modules of a graph's nodes. What the file says of others is left out.
   *
   * @return module of each node, numbered from 0; {@link #NONE} for what the file does not name
   * @throws IOException with one line for people that names the file and what is wrong with it
   */
  public static int[] read(Path path, EdgeListFile.Graph graph) throws IOException {
    var tree = readTree(path, graph);
    var tops = new int[tree.parents().length];
    int count = 0;
    for (int module = 0; module < tops.length; module++) {
      tops[module] = tree.parents()[module] == NONE ? count++ : tops[tree.parents()[module]];
    }
    return Arrays.stream(tree.modules())
        .map(module -> module == NONE ? NONE : tops[module])
        .toArray();
  }

  /**
   * Reads the modules on all levels.
   *
   * @throws IOException as {@link #read}
   */
  public static Tree readTree(Path path, EdgeListFile.Graph graph) throws IOException {
    var file = new PartitionFile(graph);
    try (var lines = ColumnReader.open(path)) {
      for (var columns = lines.next(); columns != null; columns = lines.next()) {
        if (columns.get(0).equals(LINKS)) {
          break;
        }
        if (columns.get(0).indexOf(PATH_SEPARATOR) > 0) {
          file.addLeaf(columns, lines);
        } else {
          file.addPair(columns, lines);
        }
      }
    }
    return new Tree(file.parents.toIntArray(), file.modules);
  }

  private void addLeaf(List<String> columns, ColumnReader lines) throws IOException {
    if (columns.size() < TREE_COLUMNS) {
      throw lines.wrong("expected path, flow, name and node, found " + columns.size() + " columns");
    }
    var path = columns.get(0);
    // A name may have blanks in it.
    add(
        columns.get(columns.size() - 1),
        path.substring(0, path.lastIndexOf(PATH_SEPARATOR)),
        lines);
  }

  private void addPair(List<String> columns, ColumnReader lines) throws IOException {
    if (columns.size() < COLUMNS) {
      throw lines.wrong("expected a node and its module, found 1 column");
    }
    add(columns.get(0), columns.get(1), lines);
  }

  private void add(String nodeColumn, String path, ColumnReader lines) throws IOException {
    int node = graph.node(lines.node(nodeColumn));
    var steps = path.split(String.valueOf(PATH_SEPARATOR), -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = String.valueOf(lines.integer(steps[i], "a module"));
    }
    if (node < 0) {
      return;
    }
    int module = number(String.join(String.valueOf(PATH_SEPARATOR), steps));
    if (modules[node] != NONE && modules[node] != module) {
      throw lines.wrong("node " + nodeColumn + " is in two modules");
    }
    modules[node] = module;
  }

  private int number(String path) {
    int known = numbers.getInt(path);
    if (known != NONE) {
      return known;
    }
    int end = path.lastIndexOf(PATH_SEPARATOR);
    int parent = end < 0 ? NONE : number(path.substring(0, end));
    parents.add(parent);
    numbers.put(path, parents.size() - 1);
    return parents.size() - 1;
  }
}
