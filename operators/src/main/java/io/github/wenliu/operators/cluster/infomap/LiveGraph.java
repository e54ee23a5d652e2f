package io.github.wenliu.operators.cluster.infomap;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * An undirected weighted graph that changes edge by edge. The row of a node is sorted by neighbour
 * and has room to grow; when it is full it moves into a piece of the next larger size, and its old
 * one waits for another row of that size. So nothing is ever swept together, and no edge or node is
 * an object.
 *
 * <p>The strength of a node is the sum of its row in order, and nothing else: it has the same bits
 * whatever happened before.
 *
 * <p>Reading or changing an edge: O(log d) to find it, and moving what is behind it in two rows of
 * length d. Memory: 24 bytes an edge times the slack of its row, at most 1.5 as long as it grows,
 * and 33 a node.
 */
final class LiveGraph extends Rows {

  private static final int NO_PIECE = -1;
  private static final int GRADES = 60;
  private static final int SPARSE = 4;

  // Of each node: where its row begins, how many neighbours it has, the size of its piece.
  private int[] begin = new int[0];
  private int[] degree = new int[0];
  private byte[] grade = new byte[0];

  private int[] target = new int[0];
  private double[] weight = new double[0];

  /** Pieces from here on have never been used. */
  private int used;

  /** Of each grade, the begin of the piece that became free last; its first target is the next. */
  private final int[] free = new int[GRADES];

  private double[] strength = new double[0];
  private final CompensatedSum total = new CompensatedSum();

  private int nodes;
  private int edges;

  LiveGraph() {
    Arrays.fill(free, NO_PIECE);
  }

  /** A copy of an undirected network without self-links. */
  static LiveGraph of(FlowNetwork network) {
    var graph = new LiveGraph();
    graph.grow(network.nodes());
    graph.target = new int[network.target.length + network.target.length / SPARSE];
    graph.weight = new double[graph.target.length];
    for (int node = 0; node < network.nodes(); node++) {
      int size = network.degree(node);
      graph.take(node, gradeOf(size));
      System.arraycopy(network.target, network.first[node], graph.target, graph.begin[node], size);
      System.arraycopy(network.weight, network.first[node], graph.weight, graph.begin[node], size);
      graph.degree[node] = size;
      graph.edges += size;
    }
    graph.edges /= 2;
    return graph;
  }

  int nodes() {
    return nodes;
  }

  int edges() {
    return edges;
  }

  /** Whether searches are cheap beside it; see {@link Trials}. */
  boolean isLarge() {
    return Trials.isLarge(edges);
  }

  int degree(int node) {
    return degree[node];
  }

  /** Makes room for nodes 0 … {@code count - 1}. */
  void grow(int count) {
    if (count > begin.length) {
      int capacity = Math.max(count, begin.length + begin.length / 2);
      begin = Arrays.copyOf(begin, capacity);
      degree = Arrays.copyOf(degree, capacity);
      strength = Arrays.copyOf(strength, capacity);
      grade = Arrays.copyOf(grade, capacity);
    }
    if (count > nodes) {
      Arrays.fill(grade, nodes, count, (byte) NO_PIECE);
      nodes = count;
    }
  }

  double weight(int one, int other) {
    int place = find(one, other);
    return place < 0 ? 0 : weight[place];
  }

  /**
   * Sets the weight of an edge between two different nodes; of weight 0 there is none. Strengths
   * follow with {@link #renew}.
   *
   * @return the weight before
   */
  double set(int one, int other, double value) {
    double before = put(one, other, value);
    put(other, one, value);
    edges += (value > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    return before;
  }

  private double put(int node, int other, double value) {
    int place = find(node, other);
    double before = place < 0 ? 0 : weight[place];
    if (value > 0) {
      int at = place < 0 ? insert(node, other, -place - 1) : place;
      weight[at] = value;
    } else if (place >= 0) {
      remove(node, place);
    }
    return before;
  }

  /** The place of a neighbour, or that where it would stand, as {@link Arrays#binarySearch} has. */
  private int find(int node, int other) {
    return Arrays.binarySearch(target, begin[node], begin[node] + degree[node], other);
  }

  private int insert(int node, int other, int where) {
    int rank = where - begin[node];
    if (grade[node] == NO_PIECE || degree[node] == sizeOf(grade[node])) {
      resize(node, gradeOf(degree[node] + 1));
    }
    int place = begin[node] + rank;
    int behind = degree[node] - rank;
    System.arraycopy(target, place, target, place + 1, behind);
    System.arraycopy(weight, place, weight, place + 1, behind);
    target[place] = other;
    degree[node]++;
    return place;
  }

  private void remove(int node, int place) {
    int behind = begin[node] + degree[node] - place - 1;
    System.arraycopy(target, place + 1, target, place, behind);
    System.arraycopy(weight, place + 1, weight, place, behind);
    degree[node]--;
    if (degree[node] * SPARSE <= sizeOf(grade[node])) {
      resize(node, gradeOf(degree[node]));
    }
  }

  private void resize(int node, int newGrade) {
    int from = begin[node];
    int old = grade[node];
    if (old == newGrade) {
      return;
    }
    take(node, newGrade);
    System.arraycopy(target, from, target, begin[node], degree[node]);
    System.arraycopy(weight, from, weight, begin[node], degree[node]);
    if (old != NO_PIECE) {
      target[from] = free[old];
      free[old] = from;
    }
  }

  private void take(int node, int newGrade) {
    grade[node] = (byte) newGrade;
    if (newGrade == NO_PIECE) {
      begin[node] = 0;
    } else if (free[newGrade] != NO_PIECE) {
      begin[node] = free[newGrade];
      free[newGrade] = target[begin[node]];
    } else {
      begin[node] = used;
      used = Math.addExact(used, sizeOf(newGrade));
      if (used > target.length) {
        int capacity = Math.max(used, target.length + target.length / SPARSE);
        target = Arrays.copyOf(target, capacity);
        weight = Arrays.copyOf(weight, capacity);
      }
    }
  }

  /** 2, 3, 4, 6, 8, 12, … */
  private static int sizeOf(int grade) {
    return (grade % 2 == 0 ? 2 : 3) << grade / 2;
  }

  /** The least grade that has room for so many; none for none. */
  private static int gradeOf(int size) {
    if (size == 0) {
      return NO_PIECE;
    }
    int grade = Math.max(0, 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(size) - 2));
    while (sizeOf(grade) < size) {
      grade++;
    }
    return grade;
  }

  /**
   * Adds up a row anew.
   *
   * @return the strength before
   */
  double renew(int node) {
    double before = strength[node];
    double sum = 0;
    for (int place = begin[node]; place < end(node); place++) {
      sum += weight[place];
    }
    strength[node] = sum;
    total.add(sum - before);
    return before;
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    for (int node = 0; node < nodes; node++) {
      for (int place = begin[node]; place < end(node); place++) {
        weight[place] = StrictMath.scalb(weight[place], exponent);
      }
    }
    addUp();
  }

  /** Adds up everything anew. */
  void addUp() {
    total.clear();
    for (int node = 0; node < nodes; node++) {
      strength[node] = 0;
      renew(node);
    }
  }

  /** A copy that does not change. */
  FlowNetwork freeze() {
    var first = new int[nodes + 1];
    for (int node = 0; node < nodes; node++) {
      first[node + 1] = first[node] + degree[node];
    }
    var targets = new int[first[nodes]];
    var weights = new double[first[nodes]];
    for (int node = 0; node < nodes; node++) {
      System.arraycopy(target, begin[node], targets, first[node], degree[node]);
      System.arraycopy(weight, begin[node], weights, first[node], degree[node]);
    }
    double[] strengths = Arrays.copyOf(strength, nodes);
    return FlowNetwork.view(
        first,
        targets,
        weights,
        strengths,
        new double[nodes],
        FlowTerms.PLAIN,
        FlowNetwork.total(strengths));
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(nodes);
    for (int node = 0; node < nodes; node++) {
      int above = -find(node, node) - 1;
      out.writeInt(end(node) - above);
      for (int place = above; place < end(node); place++) {
        out.writeInt(target[place]);
        out.writeDouble(weight[place]);
      }
    }
    total.write(out);
  }

  /** The graph that {@link #write} wrote. */
  static LiveGraph read(DataInput in) throws IOException {
    var graph = new LiveGraph();
    graph.grow(in.readInt());
    for (int node = 0; node < graph.nodes; node++) {
      int above = in.readInt();
      for (int i = 0; i < above; i++) {
        graph.set(node, in.readInt(), in.readDouble());
      }
    }
    graph.addUp();
    graph.total.read(in);
    return graph;
  }

  @Override
  int begin(int node) {
    return begin[node];
  }

  @Override
  int end(int node) {
    return begin[node] + degree[node];
  }

  @Override
  int[] target() {
    return target;
  }

  @Override
  double[] weight() {
    return weight;
  }

  @Override
  double strength(int node) {
    return strength[node];
  }

  @Override
  double cut(int node) {
    return strength[node];
  }

  @Override
  double outside(int node) {
    return 0;
  }

  @Override
  FlowTerms terms() {
    return FlowTerms.PLAIN;
  }

  @Override
  double totalStrength() {
    return total.value();
  }
}
