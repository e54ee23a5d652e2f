package io.github.wenliu.operators.cluster.infomap;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Modules whose nodes move one at a time, and the sums over each that the map equation needs.
 *
 * <p>What a move changes is O(1) in these: moving node {@code u} from {@code A} to {@code B}
 * changes the cut of {@code A} by {@code 2 w(u, A) - c_u}, that of {@code B} by {@code c_u - 2 w(u,
 * B)}. The terms of modules are kept, so that a candidate costs three logarithms.
 *
 * <p>Of a network that is made of parts without edges between them, each part may have a map
 * equation of its own: then its index has the way out as one more word, and no module reaches
 * beyond it.
 */
final class Modules {

  static final int NONE = -1;

  private final Rows rows;
  private int[] part;

  /** Module of each node. */
  private int[] module;

  // Of each module: strength, cut, f(out + strength) - f(out) - f(in), number of nodes. Of an
  // undirected network both in and out are the cut.
  private double[] strength;
  private double[] cut;
  private double[] term;
  private int[] members;

  // What a flow with more than undirected edges adds: sums over each module, and what enters it.
  private final FlowTerms flow;
  private final double[] imbalance;
  private final double[] jump;
  private final double[] landing;
  private final double[] enter;

  /** The term of each node as a module of its own. */
  private double[] nodeTerm;

  /** Modules without nodes: the first {@link #empties}. */
  private int[] empty;

  private int empties;

  // Of each part: sum of what enters its modules and what leaves it, and f of it.
  private final double[] index;
  private final double[] indexTerm;

  /** Change by the best move of the node that was looked at last. */
  private double bestChange;

  /**
   * Adds up given modules.
   *
   * @param initial module of each node in [0, nodes), taken over and changed
   */
  Modules(Rows rows, int[] initial, Parts parts) {
    int nodes = initial.length;
    this.rows = rows;
    part = parts.of();
    module = initial;
    strength = new double[nodes];
    cut = new double[nodes];
    term = new double[nodes];
    members = new int[nodes];
    empty = new int[nodes];
    flow = rows.terms();
    int sums = flow.plain() ? 0 : nodes;
    imbalance = new double[sums];
    jump = new double[sums];
    landing = new double[sums];
    enter = new double[sums];
    nodeTerm = new double[nodes];
    index = parts.exit().clone();
    indexTerm = new double[index.length];
    addUp();
  }

  private void addUp() {
    int[] target = rows.target();
    double[] weight = rows.weight();
    for (int node = 0; node < module.length; node++) {
      int own = module[node];
      members[own]++;
      nodeTerm[node] = rows.term(node);
      strength[own] += rows.strength(node);
      double out = rows.outside(node);
      int end = rows.end(node);
      for (int place = rows.begin(node); place < end; place++) {
        if (module[target[place]] != own) {
          out += weight[place];
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

  /** Module of each node, {@link #NONE} for one that is in none. */
  int[] of() {
    return module;
  }

  int members(int number) {
    return members[number];
  }

  double strength(int number) {
    return strength[number];
  }

  double cut(int number) {
    return cut[number];
  }

  double term(int number) {
    return term[number];
  }

  /** A module without nodes; there is one if any has two nodes, or a node is in none. */
  int anEmpty() {
    return empty[empties - 1];
  }

  /**
   * The module where the length is least, of those that change it by less than a limit; where the
   * node is, if there is none.
   *
   * @param near what is around the node
   * @param orEmpty whether the node may also be alone
   */
  int best(int node, Neighbourhood near, double limit, boolean orEmpty) {
    return flow.plain()
        ? bestModule(node, near, limit, orEmpty)
        : bestModuleOfFlow(node, near, limit, orEmpty);
  }

  /** By how much the last {@link #best} would change the length, in raw weights. */
  double bestChange() {
    return bestChange;
  }

  private int bestModule(int node, Neighbourhood near, double limit, boolean orEmpty) {
    int from = module[node];
    double linkFrom = near.link(from);
    double nodeCut = rows.cut(node);
    double nodeStrength = rows.strength(node);
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
    for (int i = 0; i < near.size(); i++) {
      int to = near.module(i);
      if (to != from) {
        double linkTo = near.link(to);
        double candidate =
            leave
                + BinaryLogarithm.times(rest(indexWithout - 2 * linkTo))
                + term(rest(cut[to] + nodeCut - 2 * linkTo), strength[to] + nodeStrength)
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
  private int bestModuleOfFlow(int node, Neighbourhood near, double limit, boolean orEmpty) {
    int from = module[node];
    double nodeCut = rows.cut(node);
    double nodeStrength = rows.strength(node);
    double nodeImbalance = flow.imbalance()[node];
    double nodeJump = flow.jump()[node];
    double nodeLanding = flow.landing()[node];
    double indexWithout = index[part[node]] - enter[from];
    double leave = -indexTerm[part[node]] - term[from];
    int best = from;
    bestChange = limit;
    if (members[from] > 1) {
      double cutLeft = rest(cut[from] - nodeCut + 2 * near.link(from));
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
    for (int i = 0; i < near.size(); i++) {
      int to = near.module(i);
      if (to != from) {
        double cutThere = rest(cut[to] + nodeCut - 2 * near.link(to));
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

  /**
   * Moves a node.
   *
   * @param to a module that has nodes, or the one that {@link #best} names to be alone
   * @param near what is around the node
   */
  void move(int node, int to, Neighbourhood near) {
    int own = part[node];
    int from = module[node];
    double linkFrom = near.link(from);
    double linkTo = near.link(to);
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
    set(to, cut[to] + rows.cut(node) - 2 * linkTo, strength[to] + rows.strength(node));
    if (--members[from] == 0) {
      empty[empties++] = from;
      set(from, 0, 0);
    } else {
      set(from, cut[from] - rows.cut(node) + 2 * linkFrom, strength[from] - rows.strength(node));
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

  // What follows is for an undirected network that changes, in one part.

  /** Makes room for more nodes, which are in no module, and as many modules. */
  void grow(int nodes) {
    int before = module.length;
    part = Arrays.copyOf(part, nodes);
    module = Arrays.copyOf(module, nodes);
    Arrays.fill(module, before, nodes, NONE);
    strength = Arrays.copyOf(strength, nodes);
    cut = Arrays.copyOf(cut, nodes);
    term = Arrays.copyOf(term, nodes);
    members = Arrays.copyOf(members, nodes);
    nodeTerm = Arrays.copyOf(nodeTerm, nodes);
    empty = Arrays.copyOf(empty, nodes);
    for (int number = nodes - 1; number >= before; number--) {
      empty[empties++] = number;
    }
  }

  /** Puts a node that is in no module alone into {@link #anEmpty}. */
  void enter(int node) {
    module[node] = empty[--empties];
    members[module[node]] = 1;
    set(module[node], rows.cut(node), rows.strength(node));
  }

  /** Takes a node without edges out of its module. */
  void leave(int node) {
    int from = module[node];
    module[node] = NONE;
    if (--members[from] == 0) {
      empty[empties++] = from;
      set(from, 0, 0);
    }
  }

  /** Takes over the strength of a node that has changed; that of its module is {@link #put}. */
  void renew(int node) {
    nodeTerm[node] = rows.term(node);
  }

  /** Sets the sums of a module. */
  void put(int number, double newCut, double newStrength) {
    set(number, newCut, newStrength);
  }

  /** Sets the sum of what all modules cut. */
  void putIndex(double cuts) {
    index[0] = cuts;
    indexTerm[0] = BinaryLogarithm.times(cuts);
  }

  /** The state of all modules but for the sum of the cuts. */
  void write(DataOutput out) throws IOException {
    for (int number : module) {
      out.writeInt(number);
    }
    for (int number = 0; number < module.length; number++) {
      if (members[number] > 0) {
        out.writeDouble(cut[number]);
        out.writeDouble(strength[number]);
      }
    }
    for (int i = 0; i < empties; i++) {
      out.writeInt(empty[i]);
    }
  }

  /** Takes over what {@link #write} wrote of as many nodes; the rows are those of that moment. */
  void read(DataInput in) throws IOException {
    Arrays.fill(members, 0);
    for (int node = 0; node < module.length; node++) {
      module[node] = in.readInt();
      if (module[node] != NONE) {
        members[module[node]]++;
        renew(node);
      }
    }
    empties = 0;
    for (int number = 0; number < module.length; number++) {
      if (members[number] > 0) {
        set(number, in.readDouble(), in.readDouble());
      } else {
        empties++;
      }
    }
    for (int i = 0; i < empties; i++) {
      empty[i] = in.readInt();
    }
  }
}
