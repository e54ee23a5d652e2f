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

  // So many changes of sums may go before these are added up anew.
  private static final long LEAST_OPERATIONS = 4_000;
  private static final long OPERATIONS_PER_EDGE = 4;

  private final LiveGraph graph;
  private final Modules modules;
  private final Neighbourhood near = new Neighbourhood(0);

  private final Members members = new Members();
  private final Debts debts = new Debts();
  private final Margins margins = new Margins();

  // Sums over all modules of cuts and terms, and over all nodes of f(strength).
  private final CompensatedSum cuts = new CompensatedSum();
  private final CompensatedSum terms = new CompensatedSum();
  private final CompensatedSum visits = new CompensatedSum();

  /** How often sums have been changed since they were added up. */
  private long operations;

  // Nodes that have moved since this was asked last, and where they were before.
  private final IntArrayList moved = new IntArrayList();
  private boolean[] isMoved = new boolean[0];
  private int[] before = new int[0];

  LiveModules(LiveGraph graph) {
    this.graph = graph;
    modules = Modules.of(graph, new int[0], Parts.whole(0));
  }

  /** Makes room for so many nodes and modules. */
  void grow(int capacity) {
    modules.grow(capacity);
    near.grow(capacity);
    members.grow(capacity);
    debts.grow(capacity);
    margins.grow(capacity);
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
    return members.of(module, modules.members(module));
  }

  /** Says that the weight of an edge has changed by so much. */
  void change(int one, int other, double by) {
    int[] of = modules.of();
    boolean isCut = of[one] != of[other];
    if (isCut) {
      adjust(of[one], by, 0);
      adjust(of[other], by, 0);
      modules.putIndex(cuts.value());
    }
    if (isCut == by > 0) {
      double loss = Math.abs(by) * price(of[one], of[other]);
      margins.lose(one, loss);
      margins.lose(other, loss);
    }
    debts.lend(one, of[one], Math.abs(by));
    debts.lend(other, of[other], Math.abs(by));
  }

  /** What a unit of weight can take from margins that goes from within modules to between them. */
  private double price(int one, int other) {
    if (one == NONE || other == NONE) {
      return Double.POSITIVE_INFINITY;
    }
    return Margins.price(
        cuts.value(),
        modules.cut(one),
        modules.strength(one),
        modules.cut(other),
        modules.strength(other));
  }

  /** Says that any node may want to move. */
  void forgetMargins() {
    margins.clear();
  }

  /** Whether the changes of a node's edges since it was looked at last may make it move. */
  boolean mayMove(int node) {
    return !margins.isLeft(node);
  }

  private void adjust(int module, double cut, double strength) {
    if (module != NONE) {
      take(module);
      modules.set(module, modules.cut(module) + cut, modules.strength(module) + strength);
      give(module);
    }
  }

  private void take(int module) {
    operations++;
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
    members.add(node, module);
    debts.enter(node, module);
    record(node, NONE);
  }

  /** Takes a node without edges out of its module. */
  void leave(int node) {
    int module = modules.of()[node];
    record(node, module);
    take(module);
    members.remove(node, module);
    modules.leave(node);
    give(module);
    modules.putIndex(cuts.value());
    debts.leave(node, module, modules.members(module) == 0);
    debts.forget(node);
  }

  /**
   * Moves a node to the module of a neighbour or alone, if that gains.
   *
   * @return whether it moved
   */
  boolean improve(int node, double leastGain) {
    near.gather(graph, modules.of(), node);
    int best = modules.best(node, near, -leastGain, true);
    double margin = modules.margin();
    boolean moves = best != modules.of()[node];
    if (moves) {
      shift(node, best);
    }
    near.forget();
    margins.set(node, margin);
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
    members.remove(node, from);
    modules.move(node, to, near);
    members.add(node, to);
    give(from);
    give(to);
    modules.putIndex(cuts.value());
    debts.leave(node, from, modules.members(from) == 0);
    debts.enter(node, to);
    record(node, from);
  }

  private void record(int node, int from) {
    margins.set(node, 0);
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

  /** The modules that owe more than a share of their strength and have come to it of late. */
  int[] takeIndebted(double share) {
    return debts.take(share, modules);
  }

  /** Says that a module has just been searched. */
  void settle(int module) {
    debts.settle(module, nodes(module));
  }

  /** Adds up everything anew where rounding may have gathered: O(1) for each change before. */
  void addUpNowAndThen() {
    if (operations > LEAST_OPERATIONS + OPERATIONS_PER_EDGE * graph.edges()) {
      addUp();
    }
  }

  /** Adds up everything anew. */
  void addUp() {
    operations = 0;
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
        modules.set(module, cut[module], strength[module]);
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
    debts.scale(exponent);
    margins.scale(exponent);
    addUp();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(before.length);
    out.writeLong(operations);
    modules.write(out);
    debts.write(out);
    margins.write(out);
    cuts.write(out);
    terms.write(out);
    visits.write(out);
  }

  /** The modules that {@link #write} wrote, of the same graph. */
  static LiveModules read(LiveGraph graph, DataInput in) throws IOException {
    var read = new LiveModules(graph);
    read.grow(in.readInt());
    read.operations = in.readLong();
    read.modules.read(in);
    read.debts.read(in);
    read.margins.read(in);
    read.cuts.read(in);
    read.terms.read(in);
    read.visits.read(in);
    read.modules.putIndex(read.cuts.value());
    for (int node = 0; node < graph.nodes(); node++) {
      if (read.of()[node] != NONE) {
        read.members.add(node, read.of()[node]);
      }
    }
    return read;
  }
}
