package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/**
 * Moves nodes one by one to the module, among those of their neighbours and an empty one, with
 * which the map equation is shortest, until no move is worth while. A queue has the nodes that may
 * want to move: at first all, in random order; later the neighbours of each that moved, unless they
 * are where it went. That a node is looked at only if something next to it changed costs no quality
 * [1] [2].
 *
 * <p>What a move changes is O(1) in sums over modules: moving node {@code u} from {@code A} to
 * {@code B} changes the cut of {@code A} by {@code 2 w(u, A) - c_u}, that of {@code B} by {@code
 * c_u - 2 w(u, B)}. The terms of modules are kept, so that a candidate costs three logarithms.
 *
 * <p>Of a network that is made of parts without edges between them, each part may have a map
 * equation of its own: then its index has the way out as one more word, and no module reaches
 * beyond it.
 *
 * <p>O(edges of the nodes looked at), in practice 4 to 20 times a node.
 *
 * <p>[1] Bae, Halperin, West, Rosvall and Howe: Scalable and efficient flow-based community
 * detection for large-scale graph analysis, TKDD 2017. [2] Traag, Waltman and van Eck: From Louvain
 * to Leiden, Scientific Reports 2019.
 */
final class MoveLoop {

  /** Gains below this share of all strength, in bits, are none. */
  static final double LEAST_GAIN = 1e-10;

  private static final int VISITS_PER_NODE = 60;

  private final FlowNetwork network;
  private final int[] part;
  private final double leastGain;

  /** Module of each node. */
  private final int[] module;

  // Of each module: strength, cut, f(out + strength) - f(out) - f(in), number of nodes. Of an
  // undirected network both in and out are the cut.
  private final double[] strength;
  private final double[] cut;
  private final double[] term;
  private final int[] members;

  // What a flow with more than undirected edges adds: sums over each module, and what enters it.
  private final FlowTerms flow;
  private final double[] imbalance;
  private final double[] jump;
  private final double[] landing;
  private final double[] enter;

  /** The term of each node as a module of its own. */
  private final double[] nodeTerm;

  /** Modules without nodes: the first {@link #empties}. */
  private final int[] empty;

  private int empties;

  // Of each part: sum of what enters its modules and what leaves it, and f of it.
  private final double[] index;
  private final double[] indexTerm;

  // Nodes that may want to move: a ring, in which each stands at most once.
  private final int[] queue;
  private final boolean[] queued;
  private int head;
  private int waiting;

  // Of the node that is looked at: modules of its neighbours, and the weight to each of them.
  private final int[] near;
  private final double[] link;
  private final boolean[] isNear;
  private int nears;

  /** Change by the best move of the node that is looked at. */
  private double bestChange;

  /** Modules that a node came to or went from. */
  private final boolean[] touched;

  /** Nodes that moved. */
  private final boolean[] moved;

  /** By how much moves have changed the length, in raw weights; never above 0. */
  private double change;

  /**
   * Prepares moves.
   *
   * @param initial module of each node in [0, nodes), taken over and changed
   */
  MoveLoop(FlowNetwork network, int[] initial, Parts parts) {
    int nodes = network.nodes();
    this.network = network;
    part = parts.of();
    module = initial;
    leastGain = LEAST_GAIN * network.totalStrength();
    strength = new double[nodes];
    cut = new double[nodes];
    term = new double[nodes];
    members = new int[nodes];
    empty = new int[nodes];
    flow = network.terms;
    int sums = flow.plain() ? 0 : nodes;
    imbalance = new double[sums];
    jump = new double[sums];
    landing = new double[sums];
    enter = new double[sums];
    nodeTerm = new double[nodes];
    index = parts.exit().clone();
    indexTerm = new double[index.length];
    queue = new int[nodes];
    queued = new boolean[nodes];
    near = new int[nodes];
    link = new double[nodes];
    isNear = new boolean[nodes];
    touched = new boolean[nodes];
    moved = new boolean[nodes];
    addUp();
  }

  private void addUp() {
    for (int node = 0; node < module.length; node++) {
      int own = module[node];
      members[own]++;
      nodeTerm[node] = network.term(node);
      strength[own] += network.strength[node];
      double out = network.outside[node];
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        if (module[network.target[place]] != own) {
          out += network.weight[place];
        }
      }
      cut[own] += out;
      if (flow.plain()) {
        index[part[node]] += out;
      } else {
        addTerms(node, own);
      }
    }
    if (!flow.plain()) {
      enterAll();
    }
    for (int number = module.length - 1; number >= 0; number--) {
      if (flow.plain()) {
        term[number] = term(cut[number], strength[number]);
      }
      if (members[number] == 0) {
        empty[empties++] = number;
      }
    }
    for (int number = 0; number < index.length; number++) {
      indexTerm[number] = BinaryLogarithm.times(index[number]);
    }
  }

  private void addTerms(int node, int own) {
    imbalance[own] += flow.imbalance()[node];
    jump[own] += flow.jump()[node];
    landing[own] += flow.landing()[node];
  }

  private void enterAll() {
    var seen = new boolean[module.length];
    for (int node = 0; node < module.length; node++) {
      int own = module[node];
      if (!seen[own]) {
        seen[own] = true;
        enter[own] = flow.enter(cut[own], imbalance[own], jump[own], landing[own]);
        term[own] = term(cut[own], strength[own], imbalance[own], jump[own], landing[own]);
        index[part[node]] += enter[own];
      }
    }
  }

  private double term(
      double cutSum, double strengthSum, double imbalanceSum, double jumpSum, double landingSum) {
    return flow.term(cutSum, strengthSum, imbalanceSum, jumpSum, landingSum);
  }

  /** What a module adds to the length, but for its share of the index. */
  static double term(double cut, double strength) {
    return BinaryLogarithm.times(cut + strength) - 2 * BinaryLogarithm.times(cut);
  }

  /**
   * Moves nodes until none wants to.
   *
   * @param start whether a node is looked at even if nothing next to it changes
   * @return whether any moved
   */
  boolean run(boolean[] start, SplitMix chance) {
    for (int node = 0; node < module.length; node++) {
      if (start[node]) {
        enqueue(node);
      }
    }
    chance.shuffle(queue, waiting);
    long visits = (long) VISITS_PER_NODE * module.length;
    while (waiting > 0 && visits-- > 0) {
      int node = queue[head];
      head = head + 1 == queue.length ? 0 : head + 1;
      waiting--;
      queued[node] = false;
      visit(node);
    }
    return change < 0;
  }

  /** By how much all moves together changed the length, times the strength of the network. */
  double change() {
    return change;
  }

  /** Whether nodes came to a module or went from it. */
  boolean isTouched(int number) {
    return touched[number];
  }

  /** Whether a node moved. */
  boolean isMoved(int node) {
    return moved[node];
  }

  private void enqueue(int node) {
    int tail = head + waiting;
    queue[tail >= queue.length ? tail - queue.length : tail] = node;
    queued[node] = true;
    waiting++;
  }

  private void visit(int node) {
    gather(node);
    int from = module[node];
    double linkFrom = link[from];
    int best = best(node, from, linkFrom, -leastGain, true);
    if (best != from) {
      change += bestChange;
      move(node, from, linkFrom, best, link[best]);
      awaken(node, best);
    }
    forget();
  }

  private void forget() {
    for (int i = 0; i < nears; i++) {
      link[near[i]] = 0;
      isNear[near[i]] = false;
    }
  }

  /**
   * Tries to dissolve each small module: its nodes go one by one where they cost least elsewhere,
   * and stay there if that gained in all, which no first move alone would.
   *
   * @param most how many nodes a small module has at most
   * @return whether any was dissolved
   */
  boolean dissolve(int most) {
    double before = change;
    var begin = new int[module.length + 1];
    for (int own : module) {
      begin[own + 1]++;
    }
    for (int number = 0; number < module.length; number++) {
      begin[number + 1] += begin[number];
    }
    int[] end = Arrays.copyOf(begin, module.length);
    var sorted = new int[module.length];
    for (int node = 0; node < module.length; node++) {
      sorted[end[module[node]]++] = node;
    }
    for (int number = 0; number < module.length; number++) {
      int size = begin[number + 1] - begin[number];
      if (size > 1 && size <= most && members[number] == size) {
        dissolve(number, Arrays.copyOfRange(sorted, begin[number], begin[number + 1]));
      }
    }
    return change < before;
  }

  private void dissolve(int number, int[] nodes) {
    for (int node : nodes) {
      if (module[node] != number) {
        return;
      }
    }
    double gain = 0;
    int gone = 0;
    while (gone < nodes.length) {
      int node = nodes[gone];
      gather(node);
      int to = best(node, number, link[number], Double.POSITIVE_INFINITY, false);
      if (to != number) {
        gain += bestChange;
        move(node, number, link[number], to, link[to]);
        gone++;
      }
      forget();
      if (to == number) {
        break;
      }
    }
    if (gone == nodes.length && gain < -leastGain) {
      change += gain;
      for (int node : nodes) {
        awaken(node, module[node]);
      }
      return;
    }
    while (gone-- > 0) {
      int node = nodes[gone];
      gather(node);
      move(node, module[node], link[module[node]], number, link[number]);
      forget();
    }
  }

  /**
   * The module where the length is least, of those that change it by less than a limit; where the
   * node is, if there is none.
   */
  private int best(int node, int from, double linkFrom, double limit, boolean orEmpty) {
    return flow.plain()
        ? bestModule(node, from, linkFrom, limit, orEmpty)
        : bestModuleOfFlow(node, from, linkFrom, limit, orEmpty);
  }

  private void gather(int node) {
    int count = 0;
    for (int place = network.first[node]; place < network.first[node + 1]; place++) {
      int candidate = module[network.target[place]];
      if (!isNear[candidate]) {
        isNear[candidate] = true;
        near[count++] = candidate;
      }
      link[candidate] += network.weight[place];
    }
    nears = count;
  }

  private int bestModule(int node, int from, double linkFrom, double limit, boolean orEmpty) {
    double nodeCut = network.cut[node];
    double nodeStrength = network.strength[node];
    double indexWithout = index[part[node]] + 2 * linkFrom;
    // What counts the same for all candidates: leaving.
    double leave = -indexTerm[part[node]] - term[from];
    int best = from;
    bestChange = limit;
    if (members[from] > 1) {
      leave += term(rest(cut[from] - nodeCut + 2 * linkFrom), rest(strength[from] - nodeStrength));
      double candidate = leave + BinaryLogarithm.times(indexWithout) + nodeTerm[node];
      if (orEmpty && candidate < bestChange) {
        bestChange = candidate;
        best = empty[empties - 1];
      }
    }
    for (int i = 0; i < nears; i++) {
      int to = near[i];
      if (to != from) {
        double candidate =
            leave
                + BinaryLogarithm.times(rest(indexWithout - 2 * link[to]))
                + term(rest(cut[to] + nodeCut - 2 * link[to]), strength[to] + nodeStrength)
                - term[to];
        if (candidate < bestChange) {
          bestChange = candidate;
          best = to;
        }
      }
    }
    return best;
  }

  /** The same of a flow with more than undirected edges. */
  private int bestModuleOfFlow(int node, int from, double linkFrom, double limit, boolean orEmpty) {
    double nodeCut = network.cut[node];
    double nodeStrength = network.strength[node];
    double nodeImbalance = flow.imbalance()[node];
    double nodeJump = flow.jump()[node];
    double nodeLanding = flow.landing()[node];
    double indexWithout = index[part[node]] - enter[from];
    double leave = -indexTerm[part[node]] - term[from];
    int best = from;
    bestChange = limit;
    if (members[from] > 1) {
      double cutLeft = rest(cut[from] - nodeCut + 2 * linkFrom);
      double imbalanceLeft = imbalance[from] - nodeImbalance;
      double jumpLeft = rest(jump[from] - nodeJump);
      double landingLeft = rest(landing[from] - nodeLanding);
      indexWithout += flow.enter(cutLeft, imbalanceLeft, jumpLeft, landingLeft);
      leave +=
          term(cutLeft, rest(strength[from] - nodeStrength), imbalanceLeft, jumpLeft, landingLeft);
      double nodeEnter = flow.enter(nodeCut, nodeImbalance, nodeJump, nodeLanding);
      double candidate =
          leave + BinaryLogarithm.times(rest(indexWithout + nodeEnter)) + nodeTerm[node];
      if (orEmpty && candidate < bestChange) {
        bestChange = candidate;
        best = empty[empties - 1];
      }
    }
    for (int i = 0; i < nears; i++) {
      int to = near[i];
      if (to != from) {
        double cutThere = rest(cut[to] + nodeCut - 2 * link[to]);
        double imbalanceThere = imbalance[to] + nodeImbalance;
        double jumpThere = jump[to] + nodeJump;
        double landingThere = landing[to] + nodeLanding;
        double enterThere = flow.enter(cutThere, imbalanceThere, jumpThere, landingThere);
        double candidate =
            leave
                + BinaryLogarithm.times(rest(indexWithout - enter[to] + enterThere))
                + term(
                    cutThere, strength[to] + nodeStrength, imbalanceThere, jumpThere, landingThere)
                - term[to];
        if (candidate < bestChange) {
          bestChange = candidate;
          best = to;
        }
      }
    }
    return best;
  }

  /** What is left after a subtraction that rounding may have carried below 0. */
  private static double rest(double difference) {
    return Math.max(0, difference);
  }

  private void move(int node, int from, double linkFrom, int to, double linkTo) {
    int own = part[node];
    moved[node] = true;
    touched[from] = true;
    touched[to] = true;
    module[node] = to;
    double enterBefore = 0;
    if (flow.plain()) {
      index[own] = rest(index[own] + 2 * (linkFrom - linkTo));
    } else {
      enterBefore = enter[from] + enter[to];
      carry(node, from, to);
    }
    if (members[to]++ == 0) {
      empties--;
    }
    set(to, cut[to] + network.cut[node] - 2 * linkTo, strength[to] + network.strength[node]);
    if (--members[from] == 0) {
      empty[empties++] = from;
      set(from, 0, 0);
    } else {
      set(
          from,
          cut[from] - network.cut[node] + 2 * linkFrom,
          strength[from] - network.strength[node]);
    }
    if (!flow.plain()) {
      index[own] = rest(index[own] + enter[from] + enter[to] - enterBefore);
    }
    indexTerm[own] = BinaryLogarithm.times(index[own]);
  }

  private void carry(int node, int from, int to) {
    imbalance[to] += flow.imbalance()[node];
    jump[to] += flow.jump()[node];
    landing[to] += flow.landing()[node];
    imbalance[from] -= flow.imbalance()[node];
    jump[from] = rest(jump[from] - flow.jump()[node]);
    landing[from] = rest(landing[from] - flow.landing()[node]);
  }

  private void set(int number, double newCut, double newStrength) {
    cut[number] = rest(newCut);
    strength[number] = rest(newStrength);
    if (flow.plain()) {
      term[number] = term(cut[number], strength[number]);
    } else if (members[number] == 0) {
      imbalance[number] = 0;
      jump[number] = 0;
      landing[number] = 0;
      enter[number] = 0;
      term[number] = 0;
    } else {
      enter[number] = flow.enter(cut[number], imbalance[number], jump[number], landing[number]);
      term[number] =
          term(cut[number], strength[number], imbalance[number], jump[number], landing[number]);
    }
  }

  private void awaken(int node, int to) {
    for (int place = network.first[node]; place < network.first[node + 1]; place++) {
      int other = network.target[place];
      if (!queued[other] && module[other] != to) {
        enqueue(other);
      }
    }
  }
}
