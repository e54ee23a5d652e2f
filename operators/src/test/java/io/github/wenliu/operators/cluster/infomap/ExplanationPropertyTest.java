package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExplanationPropertyTest {

  private static final double CLOSE = 1e-11;
  private static final int ALL = Integer.MAX_VALUE;

  /** A case: a network as a matrix, what of it is of late, and two divisions of some nodes. */
  private static final class Case {

    private final int nodes;
    private final double[][] weight;
    private final double[][] late;
    private final int[] modules;
    private final int[] asked;
    private final int[] before;
    private final int[] now;

    Case(long seed) {
      var chance = new SplitMix(seed);
      nodes = 3 + chance.below(10);
      weight = new double[nodes][nodes];
      late = new double[nodes][nodes];
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < i; j++) {
          weight[i][j] = weight[j][i] = Math.max(0, chance.below(8) - 3);
          // Now and then more is of late than is left.
          late[i][j] = late[j][i] = Math.max(0, chance.below(6) - 2) * chance.share();
        }
      }
      modules = IntStream.range(0, nodes).map(node -> chance.below(3)).toArray();
      asked = IntStream.range(0, nodes).filter(node -> chance.below(4) > 0).toArray();
      before = IntStream.of(asked).map(node -> chance.below(Math.min(3, asked.length))).toArray();
      now = IntStream.of(asked).map(node -> chance.below(Math.min(3, asked.length))).toArray();
    }

    /** Most matrices have an edge with weight 0, which must not show. */
    FlowNetwork network(double[][] matrix) {
      return Graphs.ofMatrix(matrix, nodes).network();
    }

    List<Explanation.Effect> effects(int most) {
      return new Explanation(network(weight), network(late), modules)
          .effects(asked, before, now, most);
    }

    /** By how much the division before is longer. */
    double difference() {
      var network = network(weight);
      return MapEquation.codelength(network, divided(before))
          - MapEquation.codelength(network, divided(now));
    }

    private int[] divided(int[] groups) {
      int[] divided = modules.clone();
      for (int i = 0; i < asked.length; i++) {
        divided[asked[i]] = 3 + groups[i];
      }
      var numbers = new HashMap<Integer, Integer>();
      return IntStream.of(divided)
          .map(module -> numbers.computeIfAbsent(module, one -> numbers.size()))
          .toArray();
    }

    /** The same by taking each addition away and pricing all anew. */
    List<Explanation.Effect> expected() {
      double whole = difference();
      var effects = new ArrayList<Explanation.Effect>();
      for (int one : asked) {
        for (int other : asked) {
          double had = weight[one][other];
          double added = Math.min(had, late[one][other]);
          if (one < other && added > 0) {
            weight[one][other] = weight[other][one] = had - added;
            effects.add(new Explanation.Effect(one, other, whole - difference()));
            weight[one][other] = weight[other][one] = had;
          }
        }
      }
      effects.removeIf(effect -> effect.bits() <= CLOSE);
      return effects;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.longs().map(Case::new);
  }

  @Property(tries = 400)
  void effectsAreThoseOfTheDefinition(@ForAll("cases") Case one) {
    var found =
        new ArrayList<>(one.effects(ALL).stream().filter(effect -> effect.bits() > CLOSE).toList());
    assertThat(found)
        .isSortedAccordingTo(
            Comparator.comparingDouble((Explanation.Effect effect) -> -effect.bits()));

    found.sort(
        Comparator.comparingInt(Explanation.Effect::one)
            .thenComparingInt(Explanation.Effect::other));
    var expected = one.expected();
    // Where the definition is at the bound of what counts, either may leave an effect out.
    found.removeIf(effect -> effect.bits() < 10 * CLOSE);
    expected.removeIf(effect -> effect.bits() < 10 * CLOSE);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).one()).isEqualTo(expected.get(i).one());
      assertThat(found.get(i).other()).isEqualTo(expected.get(i).other());
      assertThat(found.get(i).bits()).isCloseTo(expected.get(i).bits(), within(CLOSE));
    }
  }

  @Property(tries = 100)
  void aQuestionLeavesNothingBehind(@ForAll("cases") Case one) {
    var explanation = new Explanation(one.network(one.weight), one.network(one.late), one.modules);
    var first = explanation.effects(one.asked, one.before, one.now, ALL);
    explanation.effects(new int[] {0, 1}, new int[] {0, 1}, new int[] {0, 0}, 3);

    assertThat(explanation.effects(one.asked, one.before, one.now, ALL)).isEqualTo(first);
    assertThat(explanation.effects(one.asked, one.before, one.now, 2))
        .isEqualTo(first.subList(0, Math.min(2, first.size())));
    assertThat(explanation.effects(one.asked, one.now, one.now, ALL)).isEmpty();
  }

  /** Many cases must have effects, else nothing above was compared. */
  @Example
  void casesHaveEffects() {
    long count =
        IntStream.range(0, 100).filter(seed -> !new Case(seed).effects(ALL).isEmpty()).count();
    assertThat(count).isGreaterThan(50);
  }

  @Example
  void anEdgeThatIsAllThereIsMayBeNew() {
    var pair = Graphs.unweighted(2, new int[][] {{0, 1}}).network();
    var effects =
        new Explanation(pair, pair, new int[] {0, 1})
            .effects(new int[] {0, 1}, new int[] {0, 1}, new int[] {0, 0}, ALL);

    // Two modules of a node each: 3 bits a step; one of both: 1 bit. Without the edge, none.
    assertThat(effects).singleElement().satisfies(effect -> assertThat(effect.bits()).isEqualTo(2));
  }

  @Example
  void refusesWhatDoesNotFit() {
    var two = Graphs.unweighted(2, new int[][] {{0, 1}}).network();
    var three = Graphs.unweighted(3, new int[][] {{0, 1}}).network();

    assertThatThrownBy(() -> new Explanation(two, three, new int[2]))
        .hasMessage("2 nodes, 3 of late, 2 modules");
  }
}
