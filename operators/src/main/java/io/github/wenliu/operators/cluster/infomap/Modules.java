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
class Modules {

  static final int NONE = -1;

  final Rows rows;
  int[] part;

  /** Module of each node. */
  int[] module;

  // Of each module: strength, cut, f(out + strength) - f(out) - f(in), number of nodes. Of an
  // undirected network both in and out are the cut.
  double[] strength;
  double[] cut;
  double[] term;
  int[] members;

  /** The term of each node as a module of its own. */
  double[] nodeTerm;

  /** Modules without nodes: the first {@link #empties}. */
  private int[] empty;

  private int empties;

  // Of each part: sum of what enters its modules and what leaves it, and f of it.
  final double[] index;
  final double[] indexTerm;

  /** Change by the best move of the node that was looked at last. */
  double bestChange;

  /** Change by the next best, or by none, if that is the next best. */
  private double nextChange;

  /** Of any modules; {@link #of(Rows, int[], Parts)} adds them up. */
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
    nodeTerm = new double[nodes];
    index = parts.exit().clone();
    indexTerm = new double[index.length];
  }

  /**
   * Adds up given modules.
   *
   * @param initial module of each node in [0, nodes), taken over and changed
   */
  static Modules of(Rows rows, int[] initial, Parts parts) {
    var modules =
        rows.terms().plain()
            ? new Modules(rows, initial, parts)
            : new FlowModules(rows, initial, parts);
    modules.addUp();
    return modules;
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
      addToIndex(node, out);
    }
    price();
    for (int number = module.length - 1; number >= 0; number--) {
      if (members[number] == 0) {
        empty[empties++] = number;
      }
    }
    for (int number = 0; number < index.length; number++) {
      indexTerm[number] = BinaryLogarithm.times(index[number]);
    }
  }

  /** Adds what a node has beyond strength and cut, and what its edges out of its module enter. */
  void addToIndex(int node, double out) {
    index[part[node]] += out;
  }

  /** Finds the terms of all modules from their sums. */
  void price() {
    for (int number = 0; number < module.length; number++) {
      term[number] = term(cut[number], strength[number]);
    }
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

  /** By how much the last {@link #best} would change the length, in raw weights. */
  double bestChange() {
    return bestChange;
  }

  /**
   * By how much the place that the last {@link #best} named is better than all others, in raw
   * weights; of an undirected network.
   */
  double margin() {
    return nextChange - bestChange;
  }

  /**
   * The module where the length is least, of those that change it by less than a limit; where the
   * node is, if there is none.
   *
   * @param near what is around the node
   * @param orEmpty whether the node may also be alone
   */
  int best(int node, Neighbourhood near, double limit, boolean orEmpty) {
    int from = module[node];
    double linkFrom = near.link(from);
    double nodeCut = rows.cut(node);
    double nodeStrength = rows.strength(node);
    double indexWithout = index[part[node]] + 2 * linkFrom;
    // What counts the same for all candidates: leaving.
    double leave = -indexTerm[part[node]] - term[from];
    int best = from;
    bestChange = limit;
    nextChange = Double.POSITIVE_INFINITY;
    if (members[from] > 1) {
      leave += term(rest(cut[from] - nodeCut + 2 * linkFrom), rest(strength[from] - nodeStrength));
      double candidate = leave + BinaryLogarithm.times(indexWithout) + nodeTerm[node];
      if (orEmpty && candidate < bestChange) {
        nextChange = bestChange;
        bestChange = candidate;
        best = empty[empties - 1];
      } else if (orEmpty) {
        nextChange = candidate;
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
          nextChange = bestChange;
          bestChange = candidate;
          best = to;
        } else if (candidate < nextChange) {
          nextChange = candidate;
        }
      }
    }
    return best;
  }

  /** What is left after a subtraction that rounding may have carried below 0. */
  static double rest(double difference) {
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
    index[own] = rest(index[own] + 2 * (near.link(module[node]) - near.link(to)));
    shift(node, to, near);
    indexTerm[own] = BinaryLogarithm.times(index[own]);
  }

  /** Moves a node, but for the index. */
  final void shift(int node, int to, Neighbourhood near) {
    int from = module[node];
    module[node] = to;
    if (members[to]++ == 0) {
      empties--;
    }
    set(to, cut[to] + rows.cut(node) - 2 * near.link(to), strength[to] + rows.strength(node));
    if (--members[from] == 0) {
      empty[empties++] = from;
      set(from, 0, 0);
    } else {
      set(
          from,
          cut[from] - rows.cut(node) + 2 * near.link(from),
          strength[from] - rows.strength(node));
    }
  }

  /** Sets the sums of a module, and what follows from them. */
  void set(int number, double newCut, double newStrength) {
    cut[number] = rest(newCut);
    strength[number] = rest(newStrength);
    term[number] = term(cut[number], strength[number]);
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
