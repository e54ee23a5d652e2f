package io.github.wenliu.operators.cluster.infomap;

/**
 * The flow of a random walker on a weighted graph, frozen: the rows of all nodes one after another
 * in flat arrays. On an undirected graph the walker visits a node in proportion to its strength.
 *
 * <p>A directed one is kept in the same form: an edge has half of the flow of both its directions,
 * and {@link #terms} what leaves each node beyond what enters it. So moving a node between modules
 * changes the same sums.
 *
 * <p>A network may also be a view of a part of another, or a coarser one whose nodes are groups of
 * the other's: then strengths hold what is inside the groups, which no row tells.
 *
 * <p>O(nodes + edges) to build, but for sorting rows whose edges come out of order; 24 bytes an
 * edge and 28 a node.
 */
public final class FlowNetwork extends Rows {

  /** Neighbours of {@code i} are {@code target[first[i]] … target[first[i + 1] - 1]}. */
  final int[] first;

  /** Every edge between different nodes stands in both rows; self-links stand in none. */
  final int[] target;

  /** Weights of the edges, beside {@link #target}. */
  final double[] weight;

  /** How much a node is visited: of an undirected graph the sum of its weights, self-links once. */
  final double[] strength;

  /**
   * Weight of a node's edges that leave the network, if it is a part of another; they have no row.
   */
  final double[] outside;

  /** Sum of the weights of the edges to other nodes: what a module of this node alone would cut. */
  final double[] cut;

  /** What the flow has beyond undirected edges. */
  final FlowTerms terms;

  private final int edges;
  private final double totalStrength;

  /** A network of given rows; {@code edges} counts the linked pairs, self-links included. */
  FlowNetwork(
      int[] first,
      int[] target,
      double[] weight,
      double[] strength,
      double[] outside,
      FlowTerms terms,
      int edges,
      double totalStrength) {
    this.terms = terms;
    this.first = first;
    this.target = target;
    this.weight = weight;
    this.strength = strength;
    this.outside = outside;
    this.edges = edges;
    this.totalStrength = totalStrength;
    cut = cuts(first, weight);
    for (int node = 0; node < cut.length; node++) {
      cut[node] += outside[node];
    }
  }

  /** A coarser view of a network or of a part of it; the flow is relative to the same total. */
  static FlowNetwork view(
      int[] first,
      int[] target,
      double[] weight,
      double[] strength,
      double[] outside,
      FlowTerms terms,
      double totalStrength) {
    return new FlowNetwork(
        first, target, weight, strength, outside, terms, target.length / 2, totalStrength);
  }

  /** The same edges with other visits and terms. */
  private FlowNetwork with(double[] strengths, FlowTerms ofNodes, double total) {
    return new FlowNetwork(first, target, weight, strengths, outside, ofNodes, edges, total);
  }

  /**
   * The same modules as nodes of a codebook of their own: a module is used as often as it is
   * entered.
   */
  FlowNetwork entered() {
    var enters = new double[nodes()];
    for (int node = 0; node < enters.length; node++) {
      enters[node] = enter(node);
    }
    return with(enters, terms, totalStrength);
  }

  /**
   * Makes a network of edges in any order and direction. Weights of one pair add up, the small ones
   * first, so that neither order nor direction shows in a single bit; edges of weight 0 are none.
   *
   * @param nodes number of nodes; their ids are 0 … {@code nodes - 1}
   * @param from one end of each edge
   * @param to the other; the same one for a self-link
   * @param weight weights, finite and not negative
   * @throws IllegalArgumentException naming the first edge that is none
   */
  public static FlowNetwork of(int nodes, int[] from, int[] to, double[] weight) {
    require(nodes, from, to, weight);
    return new EdgeRows(nodes, from, to, weight).network();
  }

  /**
   * Makes a network of directed edges. The walker follows them, and now and then jumps; see {@link
   * Teleportation}. Weights of parallel arcs add up, those of opposite ones do not.
   *
   * @throws IllegalArgumentException naming the first arc that is none
   */
  public static FlowNetwork directed(
      int nodes, int[] from, int[] to, double[] weight, Teleportation teleportation) {
    require(nodes, from, to, weight);
    total(weight);
    var flow = new DirectedFlow(nodes, from, to, weight, teleportation);
    var half = flow.arcFlow();
    for (int arc = 0; arc < half.length; arc++) {
      half[arc] /= 2;
    }
    var rows = new EdgeRows(nodes, flow.arcFrom(), flow.arcTo(), half).network();
    return rows.with(flow.visits(), flow.terms(), total(flow.visits()));
  }

  /**
   * This undirected network as if all pairs of nodes were linked a little besides [1]: what was not
   * seen may exist, and modules that a few missing edges would explain are not told apart.
   *
   * <p>With strengths {@code s}, degrees {@code k}, {@code u = s / k}, and the sums {@code S},
   * {@code K} and {@code U} of them, a walker leaves a node by the prior with weight {@code c u},
   * {@code c = x (ln N / N) U K / S}, and lands on nodes in proportion to {@code u}.
   *
   * <p>[1] Smiljanic, Blöcker, Edler and Rosvall: Mapping flows on weighted and directed networks
   * with incomplete observations, Journal of Complex Networks 2021.
   *
   * @param share {@code x}: how much the prior counts, 1 for a whole one
   */
  public FlowNetwork regularized(double share) {
    if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the prior counts " + share + ", must be finite and not negative");
    }
    if (terms.jump().length > 0 && !isBalanced()) {
      throw new IllegalArgumentException("only an undirected network can be regularized");
    }
    var unit = new double[nodes()];
    double degrees = 0;
    for (int node = 0; node < unit.length; node++) {
      boolean loops = strength[node] > cut[node];
      int degree = degree(node) + (loops ? 1 : 0);
      unit[node] = degree == 0 ? 0 : strength[node] / degree;
      degrees += degree;
    }
    double units = total(unit);
    if (units == 0) {
      return this;
    }
    double factor = share * Math.log(nodes()) / nodes() * units * degrees / totalStrength;
    var visits = strength.clone();
    var prior = FlowTerms.balanced(nodes());
    for (int node = 0; node < unit.length; node++) {
      visits[node] += factor * unit[node];
      prior.jump()[node] = factor * unit[node];
      prior.landing()[node] = unit[node] / units;
    }
    var ofNodes =
        new FlowTerms(
            prior.imbalance(), prior.jump(), prior.landing(), factor * units, terms.modulePrice());
    return with(visits, ofNodes, total(visits));
  }

  private boolean isBalanced() {
    for (int node = 0; node < terms.imbalance().length; node++) {
      if (terms.imbalance()[node] != 0 || terms.jump()[node] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * This network with a price on each module and node, {@code x / 2 K} bits with the sum {@code K}
   * of all degrees: entropies of few observations are too small by about that much for each word of
   * a codebook.
   *
   * @param share {@code x}: how much the correction counts, 1 for a whole one
   */
  public FlowNetwork entropyCorrected(double share) {
    if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the correction counts " + share + ", must be finite and not negative");
    }
    double price = edges == 0 ? 0 : share * totalStrength / (4.0 * edges);
    var ofNodes = terms.plain() ? FlowTerms.balanced(nodes()) : terms;
    return with(strength, ofNodes.withModulePrice(price), totalStrength);
  }

  private static void require(int nodes, int[] from, int[] to, double[] weight) {
    if (nodes < 0) {
      throw new IllegalArgumentException("nodes is " + nodes + ", must not be negative");
    }
    if (from.length != to.length || from.length != weight.length) {
      throw new IllegalArgumentException(
          from.length
              + " first ends, "
              + to.length
              + " second ends, "
              + weight.length
              + " weights: must be as many");
    }
    for (int edge = 0; edge < from.length; edge++) {
      if (!isNode(from[edge], nodes) || !isNode(to[edge], nodes)) {
        throw new IllegalArgumentException(
            "edge "
                + edge
                + " is "
                + from[edge]
                + " - "
                + to[edge]
                + ", nodes are 0 to "
                + (nodes - 1));
      }
      if (!(weight[edge] >= 0 && weight[edge] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "edge " + edge + " weighs " + weight[edge] + ", must be finite and not negative");
      }
    }
  }

  private static boolean isNode(int id, int nodes) {
    return id >= 0 && id < nodes;
  }

  /** Sums of the weights in each row. */
  static double[] cuts(int[] first, double[] weight) {
    var cuts = new double[first.length - 1];
    for (int node = 0; node < cuts.length; node++) {
      double sum = 0;
      for (int place = first[node]; place < first[node + 1]; place++) {
        sum += weight[place];
      }
      cuts[node] = sum;
    }
    return cuts;
  }

  /** The sum of visits, which must be a number. */
  static double total(double[] strength) {
    var sum = new CompensatedSum();
    for (double one : strength) {
      sum.add(one);
    }
    if (!(sum.value() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the weights add up to more than a number can hold");
    }
    return sum.value();
  }

  @Override
  int begin(int node) {
    return first[node];
  }

  @Override
  int end(int node) {
    return first[node + 1];
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
  double cut(int node) {
    return cut[node];
  }

  @Override
  double outside(int node) {
    return outside[node];
  }

  @Override
  FlowTerms terms() {
    return terms;
  }

  /** How much a node is entered as a module of its own. */
  double enter(int node) {
    return terms.enter(node, cut[node]);
  }

  /** Number of nodes, those without an edge included. */
  public int nodes() {
    return strength.length;
  }

  /** Number of different pairs that are linked, self-links included. */
  public int edges() {
    return edges;
  }

  /**
   * How much a node is visited; of an undirected graph the sum of its weights, a self-link once.
   */
  @Override
  public double strength(int node) {
    return strength[node];
  }

  /**
   * Sum of all nodes' strengths; of an undirected graph twice the weight of the edges, and once
   * that of self-links.
   */
  @Override
  public double totalStrength() {
    return totalStrength;
  }

  /** To how many other nodes a node is linked. */
  public int degree(int node) {
    return first[node + 1] - first[node];
  }

  /** A node's neighbour, by its rank from 0 to {@link #degree} - 1; in the order of the ids. */
  public int neighbour(int node, int rank) {
    return target[first[node] + rank];
  }

  /** Weight of the edge to {@link #neighbour}. */
  public double weight(int node, int rank) {
    return weight[first[node] + rank];
  }
}
