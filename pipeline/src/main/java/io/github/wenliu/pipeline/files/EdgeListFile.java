package io.github.wenliu.pipeline.files;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A graph as a list of edges, {@code u v} or {@code u v weight} a line; without a weight it is 1.
 * Edges of the same nodes add up. Nodes are those that are named.
 */
public final class EdgeListFile {

  /**
   * A graph.
   *
   * @param ids id of each node of the network, ascending
   * @param network the flow along its edges
   */
  public record Graph(int[] ids, FlowNetwork network) {

    /** The node with an id; negative if there is none. */
    public int node(int id) {
      return Arrays.binarySearch(ids, id);
    }
  }

  /** Makes the flow of a list of edges; see {@link FlowNetwork#of}. */
  public interface Flow {

    /** The network of edges in any order. */
    FlowNetwork of(int nodes, int[] from, int[] to, double[] weight);
  }

  private static final int WITHOUT_WEIGHT = 2;
  private static final int WITH_WEIGHT = 3;

  private final IntArrayList from = new IntArrayList();
  private final IntArrayList to = new IntArrayList();
  private final DoubleArrayList weights = new DoubleArrayList();

  private EdgeListFile() {}

  /** Reads a graph of which the edges have no direction. */
  public static Graph read(Path path) throws IOException {
    return read(path, FlowNetwork::of);
  }

  /**
   * Reads a graph.
   *
   * @throws IOException with one line for people that names the file and what is wrong with it
   */
  public static Graph read(Path path, Flow flow) throws IOException {
    var file = new EdgeListFile();
    try (var lines = ColumnReader.open(path)) {
      for (var columns = lines.next(); columns != null; columns = lines.next()) {
        file.add(columns, lines);
      }
    }
    try {
      return file.graph(flow);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private void add(List<String> columns, ColumnReader lines) throws IOException {
    if (columns.size() != WITHOUT_WEIGHT && columns.size() != WITH_WEIGHT) {
      throw lines.wrong("expected two nodes and perhaps a weight, columns: " + columns.size());
    }
    from.add(lines.node(columns.get(0)));
    to.add(lines.node(columns.get(1)));
    weights.add(columns.size() == WITH_WEIGHT ? weight(columns.get(2), lines) : 1);
  }

  private static double weight(String column, ColumnReader lines) throws IOException {
    double weight;
    try {
      weight = Double.parseDouble(column);
    } catch (NumberFormatException e) {
      weight = Double.NaN;
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw lines.wrong("expected a weight of at least 0, found " + column);
    }
    return weight;
  }

  private Graph graph(Flow flow) {
    int[] ids = ids();
    weights.trim();
    return new Graph(
        ids, flow.of(ids.length, nodes(from, ids), nodes(to, ids), weights.elements()));
  }

  private int[] ids() {
    var all = new int[from.size() + to.size()];
    from.getElements(0, all, 0, from.size());
    to.getElements(0, all, from.size(), to.size());
    IntArrays.radixSort(all);
    int size = 0;
    for (int id : all) {
      if (size == 0 || all[size - 1] != id) {
        all[size++] = id;
      }
    }
    return Arrays.copyOf(all, size);
  }

  /** Puts nodes in place of ids. */
  private static int[] nodes(IntArrayList ends, int[] ids) {
    ends.trim();
    int[] nodes = ends.elements();
    Arrays.setAll(nodes, i -> Arrays.binarySearch(ids, nodes[i]));
    return nodes;
  }
}
