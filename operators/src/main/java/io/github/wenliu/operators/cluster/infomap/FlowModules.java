package io.github.wenliu.operators.cluster.infomap;

/**
 * Modules of a flow with more than undirected edges: what it adds are sums over each module, which
 * moves change in O(1) as well.
 */
final class FlowModules extends Modules {

  private final FlowTerms flow;

  // Of each module: sums of the terms of its nodes, and what enters it.
  private final double[] imbalance;
  private final double[] jump;
  private final double[] landing;
  private final double[] enter;

  FlowModules(Rows rows, int[] initial, Parts parts) {
    super(rows, initial, parts);
    flow = rows.terms();
    imbalance = new double[initial.length];
    jump = new double[initial.length];
    landing = new double[initial.length];
    enter = new double[initial.length];
  }

  @Override
  void addToIndex(int node, double out) {
    int own = module[node];
    imbalance[own] += flow.imbalance()[node];
    jump[own] += flow.jump()[node];
    landing[own] += flow.landing()[node];
  }

  @Override
  void price() {
    var seen = new boolean[module.length];
    for (int node = 0; node < module.length; node++) {
      int own = module[node];
      if (!seen[own]) {
        seen[own] = true;
        set(own, cut[own], strength[own]);
        index[part[node]] += enter[own];
      }
    }
  }

  @Override
  int best(int node, Neighbourhood near, double limit, boolean orEmpty) {
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
          flow.term(
              cutLeft, rest(strength[from] - nodeStrength), imbalanceLeft, jumpLeft, landingLeft);
      double nodeEnter = flow.enter(nodeCut, nodeImbalance, nodeJump, nodeLanding);
      double candidate =
          leave + BinaryLogarithm.times(rest(indexWithout + nodeEnter)) + nodeTerm[node];
      if (orEmpty && candidate < bestChange) {
        bestChange = candidate;
        best = anEmpty();
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
                + flow.term(
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

  @Override
  void move(int node, int to, Neighbourhood near) {
    int own = part[node];
    int from = module[node];
    double enterBefore = enter[from] + enter[to];
    imbalance[to] += flow.imbalance()[node];
    jump[to] += flow.jump()[node];
    landing[to] += flow.landing()[node];
    imbalance[from] -= flow.imbalance()[node];
    jump[from] = rest(jump[from] - flow.jump()[node]);
    landing[from] = rest(landing[from] - flow.landing()[node]);
    shift(node, to, near);
    index[own] = rest(index[own] + enter[from] + enter[to] - enterBefore);
    indexTerm[own] = BinaryLogarithm.times(index[own]);
  }

  @Override
  void set(int number, double newCut, double newStrength) {
    cut[number] = rest(newCut);
    strength[number] = rest(newStrength);
    if (members[number] == 0) {
      imbalance[number] = 0;
      jump[number] = 0;
      landing[number] = 0;
      enter[number] = 0;
      term[number] = 0;
    } else {
      enter[number] = flow.enter(cut[number], imbalance[number], jump[number], landing[number]);
      term[number] =
          flow.term(
              cut[number], strength[number], imbalance[number], jump[number], landing[number]);
    }
  }
}
