package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.ints.IntSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * An undirected graph that changes edge by edge, and modules of its nodes that follow, at a cost of
 * what has changed and not of the whole.
 *
 * <p><b>Idea.</b> Changes of edges are collected; {@link #update} then
 *
 * <ul>
 *   <li>takes over the sums that they change, O(1) a change, and puts new nodes alone;
 *   <li>looks at the ends of the changed edges, unless they were so well off where they are that
 *       the change cannot matter ({@link Margins}), then at the neighbours of nodes that moved,
 *       until none wants to move [1] [2];
 *   <li>searches those modules anew whose edges have changed by more than a share of their strength
 *       since that was done last ({@link LocalRepair}): moves of single nodes cannot take modules
 *       apart or put them together, and what is left undone would grow. Where that brings nothing,
 *       it waits longer ({@link Patience});
 *   <li>takes apart modules that are no longer connected.
 * </ul>
 *
 * <p>Where even that falls behind, a full search of a frozen copy is due, and is taken over if it
 * is clearly better.
 *
 * <p><b>Decay.</b> The map equation depends on ratios of weights only. So with forward decay new
 * counts weigh more and the old are left alone; now and then all is multiplied by a power of two.
 *
 * <p><b>Cost.</b> O(d) for a change at nodes of degree d; a repair costs O(edges of the module)
 * after changes of a share of it. Memory: 24 bytes an edge times the slack of rows, and about 130 a
 * node.
 *
 * <p>The same changes and updates in the same order give the same modules on every machine, also if
 * the state was written and read between updates. Every module is connected. Not thread-safe; what
 * {@link #freeze} gives is a copy.
 *
 * <p>[1] Bae, Halperin, West, Rosvall and Howe: Scalable and efficient flow-based community
 * detection for large-scale graph analysis, TKDD 2017. [2] Sahu: DF Leiden, a dynamic frontier
 * approach to updating communities, 2024.
 */
public final class LivePartition {

  /** The module of a node without edges. */
  public static final int NONE = Modules.NONE;

  private static final int FIRST_CAPACITY = 16;

  private final LiveParameters parameters;
  private final LiveGraph graph;
  private final LiveModules modules;

  // Nodes with changed edges, and pairs of nodes of one module that have lost their edge, one after
  // the other.
  private final IntArrayList touched = new IntArrayList();
  private boolean[] isTouched = new boolean[0];
  private final IntArrayList severed = new IntArrayList();

  private final Frontier frontier;
  private final LocalRepair.Scratch scratch = new LocalRepair.Scratch();
  private final Patience patience = new Patience();

  /** Sum of the changes of weights since a full search began last. */
  private double changed;

  private long repairs;
  private int fadedUpTo;

  /** A graph without edges. */
  public LivePartition(LiveParameters parameters) {
    this(parameters, new LiveGraph());
  }

  private LivePartition(LiveParameters parameters, LiveGraph graph) {
    this(parameters, graph, new LiveModules(graph));
  }

  private LivePartition(LiveParameters parameters, LiveGraph graph, LiveModules modules) {
    this.parameters = parameters;
    this.graph = graph;
    this.modules = modules;
    frontier = new Frontier(graph, modules);
    grow(graph.nodes());
  }

  /**
   * Begins with a network and modules of it.
   *
   * @param network undirected, without self-links
   * @param found module of each node
   */
  public static LivePartition of(FlowNetwork network, int[] found, LiveParameters parameters) {
    require(network);
    var live = new LivePartition(parameters, LiveGraph.of(network));
    for (int node = 0; node < network.nodes(); node++) {
      live.modules.renew(node);
      if (network.degree(node) > 0) {
        live.modules.enter(node);
      }
    }
    live.take(Connectivity.split(network, found));
    live.modules.addUp();
    live.modules.takeMoved();
    return live;
  }

  private static void require(FlowNetwork network) {
    for (int node = 0; node < network.nodes(); node++) {
      if (!network.terms.plain() || network.strength[node] != network.cut[node]) {
        throw new IllegalArgumentException("the network is directed or has self-links");
      }
    }
  }

  /**
   * Makes room for more nodes. By how much depends on their number alone, as the numbers of modules
   * that are free do on this.
   */
  private void grow(int nodes) {
    graph.grow(nodes);
    if (nodes <= isTouched.length) {
      return;
    }
    int capacity = FIRST_CAPACITY;
    while (capacity < nodes) {
      capacity += capacity >> 1;
    }
    isTouched = Arrays.copyOf(isTouched, capacity);
    frontier.grow(capacity);
    scratch.grow(capacity);
    if (modules.of().length < capacity) {
      modules.grow(capacity);
    }
  }

  /** One more than the greatest node that ever had an edge. */
  public int nodes() {
    return graph.nodes();
  }

  /** Number of linked pairs. */
  public int edges() {
    return graph.edges();
  }

  /** Weight of an edge, 0 if there is none. */
  public double weight(int one, int other) {
    return Math.max(one, other) < graph.nodes() ? graph.weight(one, other) : 0;
  }

  /** Adds to the weight of an edge, which must not fall below 0. */
  public void add(int one, int other, double weight) {
    set(one, other, weight(one, other) + weight);
  }

  /**
   * Sets the weight of an edge; of weight 0 there is none. Modules follow with {@link #update}.
   *
   * @throws IllegalArgumentException for a self-link, a negative node, a weight that is none
   */
  public void set(int one, int other, double weight) {
    if (one == other || one < 0 || other < 0) {
      throw new IllegalArgumentException("no edge is " + one + " - " + other);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "edge " + one + " - " + other + " weighs " + weight + ", must be finite, not negative");
    }
    grow(Math.max(one, other) + 1);
    double by = weight - graph.set(one, other, weight);
    if (by != 0) {
      changed += Math.abs(by);
      modules.change(one, other, by);
      touch(one);
      touch(other);
      int module = modules.of()[one];
      if (weight == 0 && module != NONE && module == modules.of()[other]) {
        severed.add(one);
        severed.add(other);
      }
    }
  }

  private void touch(int node) {
    if (!isTouched[node]) {
      isTouched[node] = true;
      touched.add(node);
    }
  }

  /**
   * Lets the modules follow all changes since the last call.
   *
   * @return the nodes that are in other modules than before
   */
  public Moved update() {
    modules.addUpNowAndThen();
    int[] nodes = touched.toIntArray();
    touched.clear();
    Arrays.sort(nodes);
    for (int node : nodes) {
      isTouched[node] = false;
      modules.renew(node);
      if (modules.of()[node] == NONE && graph.degree(node) > 0) {
        modules.enter(node);
      }
    }
    frontier.mend(new LostEdges(severed));
    severed.clear();
    for (int node : nodes) {
      if (graph.degree(node) > 0 && modules.mayMove(node)) {
        frontier.queue().add(node);
      } else if (graph.degree(node) == 0 && modules.of()[node] != NONE) {
        modules.leave(node);
      }
    }
    frontier.walk();
    repair();
    return modules.takeMoved();
  }

  private void repair() {
    var done = new IntOpenHashSet();
    int[] chosen = indebted(done);
    while (chosen.length > 0) {
      repair(chosen);
      done.addAll(IntArrayList.wrap(chosen));
      chosen = indebted(done);
    }
  }

  private int[] indebted(IntSet done) {
    int[] indebted = modules.takeIndebted(parameters.debtShare() * patience.factor());
    return Arrays.stream(indebted).filter(module -> !done.contains(module)).toArray();
  }

  private void repair(int[] chosen) {
    double strength = 0;
    for (int module : chosen) {
      strength += modules.strength(module);
    }
    double before = modules.codelength();
    new LocalRepair(graph, modules, chosen, scratch)
        .run(new SplitMix(parameters.seed() + repairs++), frontier.queue());
    double gain = before - modules.codelength();
    patience.searched(strength / graph.totalStrength(), gain / before);
    for (int module : chosen) {
      modules.settle(module);
    }
    frontier.walk();
  }

  /**
   * Lets the graph become another, and the modules follow it: {@link #set} for each edge that
   * differs, and an {@link #update}. Where more differs than the share at which a full search is
   * due, nothing is done, as a search is then worth its price.
   *
   * @param next undirected, without self-links
   * @return whether it was done
   */
  public boolean follow(FlowNetwork next) {
    require(next);
    var differences = new Differences(graph, graph.nodes(), next);
    if (isMuch(differences.sum(), next.totalStrength())) {
      return false;
    }
    for (int pair = 0; pair < differences.size(); pair++) {
      set(differences.one(pair), differences.other(pair), differences.weight(pair));
    }
    update();
    return true;
  }

  /** Bits a step, of the modules as of the last {@link #update}; O(1). */
  public double codelength() {
    return modules.codelength();
  }

  /** Module of a node, {@link #NONE} if it has no edge. */
  public int module(int node) {
    return modules.of()[node];
  }

  /** Module of each node, any number from 0; {@link #NONE} for one without edges. */
  public int[] modules() {
    return Arrays.copyOf(modules.of(), graph.nodes());
  }

  /** The graph as of the last {@link #update}, to be searched elsewhere. */
  public FlowNetwork freeze() {
    return graph.freeze();
  }

  /** Whether so much has changed since a full search began last that another should. */
  public boolean isSearchDue() {
    return isMuch(changed, graph.totalStrength());
  }

  private boolean isMuch(double change, double strength) {
    return 2 * change > parameters.searchShare() * strength;
  }

  /** Says that a full search begins. */
  public void searchBegun() {
    changed = 0;
  }

  /**
   * Takes over what a full search has found, if it is clearly shorter than what is here. The graph
   * may have changed meanwhile.
   *
   * @param found module of each node of the frozen graph
   * @return the nodes that are in other modules than before; none, if it was not taken
   */
  public Moved adopt(int[] found) {
    var network = graph.freeze();
    var candidate = new int[network.nodes()];
    for (int node = 0; node < candidate.length; node++) {
      candidate[node] = node < found.length ? found[node] : found.length + node;
    }
    int[] groups = Connectivity.split(network, candidate);
    double length = MapEquation.codelength(network, groups);
    if (length < modules.codelength() * (1 - parameters.leastGain())) {
      take(groups);
      modules.addUp();
      for (int node = found.length; node < candidate.length; node++) {
        if (modules.of()[node] != NONE) {
          frontier.queue().add(node);
        }
      }
      frontier.walk();
    }
    return modules.takeMoved();
  }

  private void take(int[] groups) {
    modules.forgetMargins();
    int count = Partition.count(groups);
    var strength = new double[groups.length];
    for (int node = 0; node < groups.length; node++) {
      strength[node] = graph.strength(node);
    }
    int[] numbers = Heirs.of(groups, count, modules.of(), strength);
    for (int node = 0; node < groups.length; node++) {
      int module = modules.of()[node];
      if (module != NONE && numbers[groups[node]] != module) {
        if (numbers[groups[node]] == NONE) {
          numbers[groups[node]] = modules.anEmpty();
        }
        modules.move(node, numbers[groups[node]]);
      }
    }
    for (int node = 0; node < groups.length; node++) {
      if (modules.of()[node] != NONE) {
        modules.settle(modules.of()[node]);
      }
    }
  }

  /** Multiplies all weights by a power of two, which changes nothing else. */
  public void scale(int exponent) {
    modules.scale(exponent);
    changed = StrictMath.scalb(changed, exponent);
  }

  /**
   * Removes edges that weigh little, of the next nodes in turn. Modules follow with {@link
   * #update}.
   *
   * @param threshold weight below which edges go
   * @param rows how many nodes to look at
   * @return how many edges went
   */
  public int fade(double threshold, int rows) {
    int before = graph.edges();
    for (int i = 0; i < Math.min(rows, graph.nodes()); i++) {
      fadedUpTo = fadedUpTo >= graph.nodes() ? 0 : fadedUpTo;
      fade(fadedUpTo++, threshold);
    }
    return before - graph.edges();
  }

  private void fade(int node, double threshold) {
    for (int rank = graph.degree(node) - 1; rank >= 0; rank--) {
      int place = graph.begin(node) + rank;
      if (graph.weight()[place] < threshold) {
        set(node, graph.target()[place], 0);
      }
    }
  }

  /** The weight that so many edges are below, to be faded; O(edges). */
  public double lightest(int count) {
    var weights = new double[graph.edges()];
    int size = 0;
    for (int node = 0; node < graph.nodes(); node++) {
      for (int place = graph.begin(node); place < graph.end(node); place++) {
        if (graph.target()[place] > node) {
          weights[size++] = graph.weight()[place];
        }
      }
    }
    Arrays.sort(weights);
    return count < size ? weights[count] : Double.POSITIVE_INFINITY;
  }

  /** Writes everything but the parameters, between an {@link #update} and the next change. */
  public void write(DataOutput out) throws IOException {
    graph.write(out);
    modules.write(out);
    out.writeDouble(changed);
    out.writeLong(repairs);
    patience.write(out);
    out.writeInt(fadedUpTo);
  }

  /** What {@link #write} wrote, with the same future. */
  public static LivePartition read(LiveParameters parameters, DataInput in) throws IOException {
    var graph = LiveGraph.read(in);
    var live = new LivePartition(parameters, graph, LiveModules.read(graph, in));
    live.changed = in.readDouble();
    live.repairs = in.readLong();
    live.patience.read(in);
    live.fadedUpTo = in.readInt();
    return live;
  }
}
