package io.github.wenliu.operators.cluster.infomap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which edges made another division of some nodes shorter than the one before: those to which much
 * was added of late where it tells.
 *
 * <p><b>Idea.</b> Let {@code D} be by how many bits a step the division before is longer than the
 * one now, all other nodes being where they are. Of each edge between the nodes, {@code D} is
 * compared with what it would be without what was added to this edge of late. The difference is
 * what the addition did for the division now: edges between groups that have merged, and edges
 * within the parts of one that has split. Effects of single edges do not add up to {@code D}: the
 * map equation is not linear, and what faded or was added elsewhere has its share.
 *
 * <p><b>Formula.</b> With {@code f(x) = x log2 x}, cuts {@code c}, strengths {@code s}, the sum
 * {@code C} of the cuts and {@code S} of all strengths, {@code D = N / S}, where {@code N} is the
 * difference of
 *
 * <pre>f(C) + Σ_i (f(c_i + s_i) - 2 f(c_i))</pre>
 *
 * of the two divisions; what it has of other modules is the same in both. Taking {@code w} from an
 * edge changes the terms of at most two modules, {@code C} by {@code 2 w} and {@code S} by {@code 2
 * w}: O(1).
 *
 * <p>O(edges) once, and O(edges of the nodes) for each question.
 */
public final class Explanation {

  private static final int NONE = -1;

  /**
   * An edge and what was done by what was added to it.
   *
   * @param one its end with the smaller number
   * @param other the other one
   * @param bits by how many bits a step it favours the division now; positive
   */
  public record Effect(int one, int other, double bits) {}

  private final FlowNetwork whole;
  private final FlowNetwork late;
  private final int[] modules;

  /** Sum of the cuts of all modules. */
  private final double cut;

  /** Place of each node among those that are asked about, or none. */
  private final int[] places;

  /**
   * Prepares questions.
   *
   * @param whole the network, undirected and plain
   * @param late what was added to its edges of late, of the same nodes and in the same unit
   * @param modules module of each node now, any numbers
   */
  public Explanation(FlowNetwork whole, FlowNetwork late, int[] modules) {
    if (!whole.terms.plain() || !late.terms.plain()) {
      throw new IllegalArgumentException("the network is not plain and undirected");
    }
    if (late.nodes() != whole.nodes() || modules.length != whole.nodes()) {
      throw new IllegalArgumentException(
          whole.nodes() + " nodes, " + late.nodes() + " of late, " + modules.length + " modules");
    }
    this.whole = whole;
    this.late = late;
    this.modules = modules;
    var sum = new CompensatedSum();
    for (int node = 0; node < modules.length; node++) {
      for (int place = whole.first[node]; place < whole.first[node + 1]; place++) {
        sum.add(modules[whole.target[place]] == modules[node] ? 0 : whole.weight[place]);
      }
    }
    cut = sum.value();
    places = new int[modules.length];
    Arrays.fill(places, NONE);
  }

  /**
   * The edges between some nodes with the greatest effects, greatest first, of equal ones by their
   * ends.
   *
   * @param nodes the nodes, ascending
   * @param before group of each of them as they were divided before, in [0, nodes); no others are
   *     in these groups
   * @param now the same of how they are divided now
   * @param most how many edges at most; only those that favour the division now are told
   */
  public List<Effect> effects(int[] nodes, int[] before, int[] now, int most) {
    for (int i = 0; i < nodes.length; i++) {
      places[nodes[i]] = i;
    }
    var effects = new ArrayList<Effect>();
    var from = new Division(nodes, before);
    var to = new Division(nodes, now);
    double difference = from.price() - to.price();
    for (int node : nodes) {
      int lately = late.first[node];
      for (int place = whole.first[node]; place < whole.first[node + 1]; place++) {
        int other = whole.target[place];
        while (lately < late.first[node + 1] && late.target[lately] < other) {
          lately++;
        }
        boolean isLate = lately < late.first[node + 1] && late.target[lately] == other;
        if (isLate && other > node && places[other] != NONE) {
          double added = Math.min(whole.weight[place], late.weight[lately]);
          double without =
              from.without(places[node], places[other], added)
                  - to.without(places[node], places[other], added);
          effects.add(new Effect(node, other, effect(difference, without, added)));
        }
      }
    }
    for (int node : nodes) {
      places[node] = NONE;
    }
    return effects.stream()
        .filter(effect -> effect.bits() > 0)
        .sorted(
            Comparator.comparingDouble((Effect effect) -> -effect.bits())
                .thenComparingInt(Effect::one)
                .thenComparingInt(Effect::other))
        .limit(most)
        .toList();
  }

  /** {@code N / S - (N + change) / (S - 2 added)}, without the difference of large numbers. */
  private double effect(double difference, double change, double added) {
    double total = whole.totalStrength();
    double rest = total - 2 * added;
    // Without any weight the length is 0.
    return rest > 0
        ? -(2 * added * difference + change * total) / (total * rest)
        : difference / total;
  }

  /** The terms of groups of the nodes, and the sum of all cuts with them. */
  private final class Division {

    private final int[] groups;
    private final double[] strength;
    private final double[] cuts;
    private double all = cut;

    Division(int[] nodes, int[] groups) {
      this.groups = groups;
      strength = new double[nodes.length];
      cuts = new double[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        int node = nodes[i];
        strength[groups[i]] += whole.strength[node];
        for (int place = whole.first[node]; place < whole.first[node + 1]; place++) {
          int other = whole.target[place];
          double weight = whole.weight[place];
          boolean wasCut = modules[other] != modules[node];
          boolean isInside = places[other] != NONE;
          boolean isCut = !isInside || groups[places[other]] != groups[i];
          cuts[groups[i]] += isCut ? weight : 0;
          // An edge between the nodes comes up from both ends, one that leaves them once.
          double ends = isInside ? weight : 2 * weight;
          all += isCut == wasCut ? 0 : isCut ? ends : -ends;
        }
      }
    }

    double price() {
      var sum = new CompensatedSum();
      sum.add(BinaryLogarithm.times(all));
      for (int group = 0; group < cuts.length; group++) {
        sum.add(price(cuts[group], strength[group]));
      }
      return sum.value();
    }

    private static double price(double cut, double strength) {
      return BinaryLogarithm.times(cut + strength) - 2 * BinaryLogarithm.times(cut);
    }

    /** By how much the price changes without some weight of the edge between two nodes. */
    double without(int one, int other, double weight) {
      int a = groups[one];
      int b = groups[other];
      if (a == b) {
        return BinaryLogarithm.times(cuts[a] + strength[a] - 2 * weight)
            - BinaryLogarithm.times(cuts[a] + strength[a]);
      }
      return BinaryLogarithm.times(all - 2 * weight)
          - BinaryLogarithm.times(all)
          + price(cuts[a] - weight, strength[a] - weight)
          - price(cuts[a], strength[a])
          + price(cuts[b] - weight, strength[b] - weight)
          - price(cuts[b], strength[b]);
    }
  }
}
