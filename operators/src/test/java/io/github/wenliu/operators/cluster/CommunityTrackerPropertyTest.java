package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for any history of partitions. Each version goes through {@link TrackedStream}, which
 * checks that packed bytes come back, that states and changes of memberships replayed in order are
 * the published communities, that ids never come back and that every change of an id is explained.
 */
class CommunityTrackerPropertyTest {

  private static final int NODES = 24;
  private static final int MODULES = 5;
  private static final int ABSENT = -1;

  /** Some names that UTF-16 puts in another order than code points. */
  private static final String[] NAMES = names();

  /**
   * A partition of some of the nodes.
   *
   * @param modules by node, {@link #ABSENT} for those that are not there
   */
  record Found(int[] modules, double[] flow) {

    TrackedStream to(TrackedStream stream) {
      return to(stream, number -> number);
    }

    TrackedStream to(TrackedStream stream, IntUnaryOperator numbering) {
      var present = new TreeMap<String, Integer>(CodePointOrder::compare);
      var rates = new TreeMap<String, Double>(CodePointOrder::compare);
      for (int node = 0; node < NODES; node++) {
        if (modules[node] != ABSENT) {
          present.put(NAMES[node], numbering.applyAsInt(modules[node]));
          rates.put(NAMES[node], flow[node]);
        }
      }
      return stream.next(present, rates, false);
    }
  }

  @Property(tries = 300)
  void anyHistoryIsTold(
      @ForAll("histories") List<Found> history,
      @ForAll @IntRange(min = 1, max = 3) int hysteresis,
      @ForAll @IntRange(min = 1, max = 4) int minSize) {
    var stream = new TrackedStream(hysteresis, minSize);
    history.forEach(found -> found.to(stream));
  }

  @Property(tries = 150)
  void howModulesAreNumberedDoesNotMatter(
      @ForAll("histories") List<Found> history, @ForAll("numberings") List<Integer> numbering) {
    var stream = new TrackedStream(2, 2);
    var other = new TrackedStream(2, 2);
    for (var found : history) {
      found.to(stream);
      found.to(other, numbering::get);
      assertThat(other.last.states()).isEqualTo(stream.last.states());
      assertThat(other.last.events()).isEqualTo(stream.last.events());
      assertThat(other.last.memberships()).isEqualTo(stream.last.memberships());
      assertThat(other.packed()).isEqualTo(stream.packed());
    }
  }

  @Property(tries = 150)
  void whatStaysAsItIsBecomesQuiet(
      @ForAll("histories") List<Found> history,
      @ForAll @IntRange(min = 1, max = 3) int hysteresis) {
    var stream = new TrackedStream(hysteresis, 2);
    history.forEach(found -> found.to(stream));
    var last = history.get(history.size() - 1);
    for (int i = 0; i < 4 * hysteresis; i++) {
      last.to(stream);
    }
    for (int i = 0; i < 2; i++) {
      last.to(stream);
      assertThat(stream.told()).isEmpty();
      assertThat(stream.last.states()).isEmpty();
      assertThat(stream.last.memberships().joined()).isEmpty();
      assertThat(stream.last.memberships().left()).isEmpty();
    }
  }

  @Property(tries = 150)
  void aCommunityKeepsItsIdWhileMostOfItStaysTogether(
      @ForAll("groupsOfSix") List<Integer> order,
      @ForAll List<@IntRange(max = 3) Integer> moves,
      @ForAll @IntRange(min = 1, max = 3) int hysteresis) {
    int[] modules = new int[NODES];
    double[] flow = new double[NODES];
    Arrays.fill(flow, 1);
    for (int i = 0; i < NODES; i++) {
      modules[order.get(i)] = i % 4;
    }
    var stream = new TrackedStream(hysteresis, 3);
    new Found(modules, flow).to(stream);
    var born = new TreeMap<>(stream.groups());
    for (int move : moves) {
      // Of the six, one goes elsewhere, and comes back before another goes.
      int[] moved = modules.clone();
      moved[order.get(move)] = (move + 1) % 4;
      new Found(moved, flow).to(stream);
      assertThat(stream.groups().keySet()).isEqualTo(born.keySet());
      for (int i = 4; i < NODES; i++) {
        var name = NAMES[order.get(i)];
        assertThat(born.get(stream.memberships.get(name))).contains(name);
      }
    }
  }

  /** Four communities of which each keeps nine tenths of its strength, wherever the rest goes. */
  @Property(tries = 150)
  void anotherPartitionOfTheSameTopicsRenamesNothing(
      @ForAll("groupsOfSix") List<Integer> order,
      @ForAll List<@IntRange(max = 3) Integer> astray,
      @ForAll @IntRange(min = 1, max = 3) int hysteresis) {
    int[] modules = new int[NODES];
    double[] flow = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      modules[order.get(i)] = i % 4;
      // The last of six holds a tenth of what they hold together.
      flow[order.get(i)] = i < 20 ? 9 : 5;
    }
    var stream = new TrackedStream(hysteresis, 3);
    new Found(modules, flow).to(stream);
    var born = new TreeMap<>(stream.memberships);
    for (int version = 0; version < 2 * hysteresis; version++) {
      int[] moved = modules.clone();
      for (int i = 0; i < 4 && i < astray.size(); i++) {
        moved[order.get(20 + i)] = astray.get(i);
      }
      new Found(moved, flow).to(stream, number -> 3 - number);
      assertThat(stream.told()).noneMatch(told -> told.matches("(born|split|died|merged).*"));
      for (int i = 0; i < 20; i++) {
        var name = NAMES[order.get(i)];
        assertThat(stream.memberships.get(name)).isEqualTo(born.get(name));
      }
    }
  }

  @Property(tries = 1000)
  void namesAreInTheOrderOfCodePoints(@ForAll("texts") String one, @ForAll("texts") String other) {
    int expected = Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    assertThat(Integer.signum(CodePointOrder.compare(one, other)))
        .isEqualTo(Integer.signum(expected));
  }

  @Provide
  Arbitrary<List<Found>> histories() {
    // Short steps from the one before, and leaps.
    var steps =
        Combinators.combine(found(), Arbitraries.doubles().between(0, 1), Arbitraries.longs())
            .as(Step::new)
            .withoutEdgeCases();
    return steps
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(CommunityTrackerPropertyTest::walk)
        .withoutEdgeCases();
  }

  /** Where to go, how far, and which nodes go first. */
  record Step(Found goal, double share, long choice) {}

  private static List<Found> walk(List<Step> steps) {
    var history = new ArrayList<Found>();
    Found now = steps.get(0).goal();
    for (var step : steps) {
      int[] modules = now.modules().clone();
      long choice = step.choice();
      for (int node = 0; node < NODES; node++) {
        choice = choice * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        if ((choice >>> 11) * 0x1p-53 < step.share()) {
          modules[node] = step.goal().modules()[node];
        }
      }
      now = new Found(modules, step.goal().flow());
      history.add(now);
    }
    return history;
  }

  @Provide
  Arbitrary<Found> found() {
    var modules = Arbitraries.integers().between(ABSENT, MODULES - 1).array(int[].class);
    // Small whole numbers, for ties.
    var flow = Arbitraries.integers().between(1, 3).map(i -> (double) i).array(double[].class);
    return Combinators.combine(modules.ofSize(NODES), flow.ofSize(NODES))
        .as(Found::new)
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<List<Integer>> numberings() {
    return Arbitraries.shuffle(List.of(0, 1, 2, 3, 4));
  }

  @Provide
  Arbitrary<List<Integer>> groupsOfSix() {
    var nodes = new ArrayList<Integer>();
    for (int node = 0; node < NODES; node++) {
      nodes.add(node);
    }
    return Arbitraries.shuffle(nodes);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "一", "\uFFE5", "𠮷", "\uD7FF")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  private static String[] names() {
    var names = new String[NODES];
    for (int node = 0; node < NODES; node++) {
      names[node] = (node % 3 == 0 ? "𠮷" : node % 3 == 1 ? "\uFFE5" : "一") + node;
    }
    return names;
  }
}
