package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The modules of a graph that changes: their sums and those of the whole map equation, their nodes,
 * and their debt, that is by how much edges have changed since a module was searched last.
 *
 * <p>The sums over everything are compensated, so that the length is exact to rounding after any
 * number of changes; the sums of a module are plain and are added up anew now and then.
 */
final class LiveModules {

  private static final int NONE = Modules.NONE;

  // From so many nodes on a module bears its full share of debt, with fewer in proportion, but not
  // less than that.
  private static final double FULL_SIZE = 64;
  private static final double LEAST_SHARE = 0.1;

  private final LiveGraph graph;
  private final Modules modules;
  private final Neighbourhood near = new Neighbourhood(0);

  // The nodes of a module: a list from its head on; ends with NONE.
  private int[] head = new int[0];
  private int[] next = new int[0];
  private int[] previous = new int[0];

  /** Weight by which the edges of a node, and of all nodes of a module, have changed. */
  private double[] nodeDebt = new double[0];

  private double[] debt = new double[0];

  // Sums over all modules of cuts and terms, and over all nodes of f(strength).
  private final CompensatedSum cuts = new CompensatedSum();
  private final CompensatedSum terms = new CompensatedSum();
  private final CompensatedSum visits = new CompensatedSum();

  // Nodes that have moved since this was asked last, and where they were before.
  private final IntArrayList moved = new IntArrayList();
  private boolean[] isMoved = new boolean[0];
  private int[] before = new int[0];

  /** Modules whose debt has grown since this was asked last; some more than once. */
  private final IntArrayList indebted = new IntArrayList();

  LiveModules(LiveGraph graph) {
    this.graph = graph;
    modules = new Modules(graph, new int[0], Parts.whole(0));
  }

  /** Makes room for so many nodes and modules. */
  void grow(int capacity) {
    int old = next.length;
    modules.grow(capacity);
    near.grow(capacity);
    head = Arrays.copyOf(head, capacity);
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
    Arrays.fill(head, old, capacity, NONE);
    nodeDebt = Arrays.copyOf(nodeDebt, capacity);
    debt = Arrays.copyOf(debt, capacity);
    isMoved = Arrays.copyOf(isMoved, capacity);
    before = Arrays.copyOf(before, capacity);
  }

  /** Module of each node, {@link Modules#NONE} for one without edges; may be longer. */
  int[] of() {
    return modules.of();
  }

  double cut(int module) {
    return modules.cut(module);
  }

  double strength(int module) {
    return modules.strength(module);
  }

  int size(int module) {
    return modules.members(module);
  }

  int anEmpty() {
    return modules.anEmpty();
  }

  double cuts() {
    return cuts.value();
  }

  double codelength() {
    double total = graph.totalStrength();
    return total > 0
        ? (BinaryLogarithm.times(cuts.value()) + terms.value() - visits.value()) / total
        : 0;
  }

  /** The nodes of a module, ascending. */
  int[] nodes(int module) {
    var nodes = new int[modules.members(module)];
    int at = head[module];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = at;
      at = next[at];
    }
    Arrays.sort(nodes);
    return nodes;
  }

  /** Says that the weight of an edge has changed by so much. */
  void change(int one, int other, double by) {
    int[] of = modules.of();
    if (of[one] != of[other]) {
      adjust(of[one], by, 0);
      adjust(of[other], by, 0);
      modules.putIndex(cuts.value());
    }
    lend(one, Math.abs(by));
    lend(other, Math.abs(by));
  }

  private void lend(int node, double by) {
    nodeDebt[node] += by;
    int module = modules.of()[node];
    if (module != NONE) {
      debt[module] += by;
      indebted.add(module);
    }
  }

  private void adjust(int module, double cut, double strength) {
    if (module != NONE) {
      take(module);
      modules.put(module, modules.cut(module) + cut, modules.strength(module) + strength);
      give(module);
    }
  }

  private void take(int module) {
    cuts.add(-modules.cut(module));
    terms.add(-modules.term(module));
  }

  private void give(int module) {
    cuts.add(modules.cut(module));
    terms.add(modules.term(module));
  }

  /** Takes over the strength of a node from its row. */
  void renew(int node) {
    double old = graph.renew(node);
    double now = graph.strength(node);
    visits.add(-BinaryLogarithm.times(old));
    visits.add(BinaryLogarithm.times(now));
    modules.renew(node);
    adjust(modules.of()[node], 0, now - old);
  }

  /** Puts a node with edges that is in no module alone. */
  void enter(int node) {
    modules.enter(node);
    int module = modules.of()[node];
    give(module);
    modules.putIndex(cuts.value());
    link(node, module);
    debt[module] = nodeDebt[node];
    indebted.add(module);
    record(node, NONE);
  }

  /** Takes a node without edges out of its module. */
  void leave(int node) {
    int module = modules.of()[node];
    record(node, module);
    take(module);
    unlink(node, module);
    modules.leave(node);
    give(module);
    modules.putIndex(cuts.value());
    repay(node, module);
    nodeDebt[node] = 0;
  }

  private void repay(int node, int module) {
    debt[module] = modules.members(module) == 0 ? 0 : Math.max(0, debt[module] - nodeDebt[node]);
  }

  /**
   * Moves a node to the module of a neighbour or alone, if that gains.
   *
   * @return whether it moved
   */
  boolean improve(int node, double leastGain) {
    near.gather(graph, modules.of(), node);
    int best = modules.best(node, near, -leastGain, true);
    boolean moves = best != modules.of()[node];
    if (moves) {
      shift(node, best);
    }
    near.forget();
    return moves;
  }

  /**
   * Moves a node.
   *
   * @param to a module with nodes, or {@link #anEmpty}
   */
  void move(int node, int to) {
    near.gather(graph, modules.of(), node);
    shift(node, to);
    near.forget();
  }

  private void shift(int node, int to) {
    int from = modules.of()[node];
    take(from);
    take(to);
    unlink(node, from);
    modules.move(node, to, near);
    link(node, to);
    give(from);
    give(to);
    modules.putIndex(cuts.value());
    repay(node, from);
    debt[to] += nodeDebt[node];
    indebted.add(to);
    record(node, from);
  }

  private void link(int node, int module) {
    previous[node] = NONE;
    next[node] = head[module];
    if (head[module] != NONE) {
      previous[head[module]] = node;
    }
    head[module] = node;
  }

  private void unlink(int node, int module) {
    if (previous[node] == NONE) {
      head[module] = next[node];
    } else {
      next[previous[node]] = next[node];
    }
    if (next[node] != NONE) {
      previous[next[node]] = previous[node];
    }
  }

  private void record(int node, int from) {
    if (!isMoved[node]) {
      isMoved[node] = true;
      before[node] = from;
      moved.add(node);
    }
  }

  /** The nodes that are in other modules than when this was asked last. */
  Moved takeMoved() {
    int[] nodes = moved.toIntArray();
    Arrays.sort(nodes);
    int[] of = modules.of();
    int size = 0;
    for (int node : nodes) {
      isMoved[node] = false;
      if (before[node] != of[node]) {
        nodes[size++] = node;
      }
    }
    moved.clear();
    var taken = new Moved(Arrays.copyOf(nodes, size), new int[size], new int[size]);
    for (int i = 0; i < size; i++) {
      taken.before()[i] = before[nodes[i]];
      taken.now()[i] = of[nodes[i]];
    }
    return taken;
  }

  /**
   * The modules whose debt is above a share of their strength and has grown of late, ascending; of
   * a module with few nodes, which costs little to search, less of it is enough.
   */
  int[] takeIndebted(double share) {
    int[] taken =
        indebted
            .intStream()
            .filter(module -> debt[module] > share * bearable(module))
            .sorted()
            .distinct()
            .toArray();
    indebted.clear();
    return taken;
  }

  private double bearable(int module) {
    double size = Math.max(LEAST_SHARE, Math.min(1, modules.members(module) / FULL_SIZE));
    return size * modules.strength(module);
  }

  /** Says that a module has just been searched. */
  void settle(int module) {
    for (int node = head[module]; node != NONE; node = next[node]) {
      nodeDebt[node] = 0;
    }
    debt[module] = 0;
  }

  /** Adds up everything anew. */
  void addUp() {
    graph.addUp();
    int[] of = modules.of();
    var cut = new double[of.length];
    var strength = new double[of.length];
    visits.clear();
    for (int node = 0; node < graph.nodes(); node++) {
      if (of[node] != NONE) {
        modules.renew(node);
        visits.add(BinaryLogarithm.times(graph.strength(node)));
        strength[of[node]] += graph.strength(node);
        cut[of[node]] += cut(node, of);
      }
    }
    cuts.clear();
    terms.clear();
    for (int module = 0; module < of.length; module++) {
      if (modules.members(module) > 0) {
        modules.put(module, cut[module], strength[module]);
        give(module);
      }
    }
    modules.putIndex(cuts.value());
  }

  private double cut(int node, int[] of) {
    double cut = 0;
    for (int place = graph.begin(node); place < graph.end(node); place++) {
      if (of[graph.target()[place]] != of[node]) {
        cut += graph.weight()[place];
      }
    }
    return cut;
  }

  /** Multiplies all weights by a power of two. */
  void scale(int exponent) {
    graph.scale(exponent);
    for (int i = 0; i < nodeDebt.length; i++) {
      nodeDebt[i] = StrictMath.scalb(nodeDebt[i], exponent);
      debt[i] = StrictMath.scalb(debt[i], exponent);
    }
    addUp();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(next.length);
    modules.write(out);
    for (int i = 0; i < next.length; i++) {
      out.writeDouble(nodeDebt[i]);
      out.writeDouble(debt[i]);
    }
    cuts.write(out);
    terms.write(out);
    visits.write(out);
  }

  /** The modules that {@link #write} wrote, of the same graph. */
  static LiveModules read(LiveGraph graph, DataInput in) throws IOException {
    var read = new LiveModules(graph);
    read.grow(in.readInt());
    read.modules.read(in);
    for (int i = 0; i < read.next.length; i++) {
      read.nodeDebt[i] = in.readDouble();
      read.debt[i] = in.readDouble();
    }
    read.cuts.read(in);
    read.terms.read(in);
    read.visits.read(in);
    read.modules.putIndex(read.cuts.value());
    for (int node = 0; node < graph.nodes(); node++) {
      if (read.of()[node] != NONE) {
        read.link(node, read.of()[node]);
      }
    }
    return read;
  }
}
