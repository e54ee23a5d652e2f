package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The graph is a function of the epochs that were folded. */
class CooccurrenceGraphPropertyTest {

  private static final int HALF_LIFE = 16;

  @Property(tries = 500)
  void isWhatTheDefinitionSays(
      @ForAll("wholeHalfLives") List<Contexts> epochs,
      @ForAll("parameters") CommunityParameters parameters,
      @ForAll Random random) {
    var graph = new CooccurrenceGraph(parameters);
    var naive = new NaiveGraph(parameters);
    for (var epoch : epochs) {
      epoch.foldInto(graph, random);
      naive.fold(epoch);
      assertThat(edges(graph.freeze())).isEqualTo(naive.frozen());
      assertThat(graph.edges()).isEqualTo(naive.edgeCount());
      assertThat(graph.words()).isEqualTo(naive.wordCount());
      assertThat(graph.prunedEdges()).isEqualTo(naive.pruned());
    }
  }

  @Property(tries = 500)
  void neitherOrderNorARestoreMakesADifference(
      @ForAll("anyEpochs") List<Contexts> epochs,
      @ForAll("parameters") CommunityParameters parameters,
      @ForAll Random random) {
    var one = new CooccurrenceGraph(parameters);
    var other = new CooccurrenceGraph(parameters);
    var rows = new TreeMap<Integer, byte[]>();
    for (var epoch : epochs) {
      epoch.foldInto(one, random);
      epoch.foldInto(other, random);
      if (random.nextBoolean()) {
        store(other, rows);
      }
      if (random.nextBoolean()) {
        store(other, rows);
        other = CooccurrenceGraph.restored(parameters, other.totals(), rows.entrySet());
      }
      assertSame(other, one);
      if (one.isDue()) {
        one.versionTaken();
        other.versionTaken();
      }
    }
    store(other, rows);
    assertThat(rows).hasSize(one.words());
  }

  @Property(tries = 500)
  void theWholeCalendarMayShiftByHalfLives(
      @ForAll("anyEpochs") List<Contexts> epochs,
      @ForAll("parameters") CommunityParameters parameters,
      @ForAll Random random) {
    long shift = HALF_LIFE * (long) random.nextInt(-2_000_000, 2_000_000);
    var one = new CooccurrenceGraph(parameters);
    var other = new CooccurrenceGraph(parameters);
    for (var epoch : epochs) {
      epoch.foldInto(one, random);
      epoch.at(epoch.epoch() + shift).foldInto(other, random);
      assertThat(edges(other.freeze())).isEqualTo(edges(one.freeze()));
      assertThat(other.isDue()).isEqualTo(one.isDue());
      assertThat(other.prunedEdges()).isEqualTo(one.prunedEdges());
    }
  }

  @Property(tries = 500)
  void weightsAreCountsDecayedByTheirAge(
      @ForAll("fewHalfLives") List<Contexts> epochs, @ForAll Random random) {
    var parameters = parameters(EdgeWeighting.COUNT, 0, 1, 1_000, 1_000);
    var graph = new CooccurrenceGraph(parameters);
    var naive = new NaiveGraph(parameters);
    for (var epoch : epochs) {
      epoch.foldInto(graph, random);
      naive.fold(epoch);
    }
    var expected = naive.frozen();
    var found = edges(graph.freeze());
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (pair, weight) -> assertThat(weight / expected.get(pair)).isCloseTo(1, within(1e-12)));
    double one = graph.totals().contexts() / Math.max(naive.contexts(), Double.MIN_NORMAL);
    assertThat(graph.totals().pairs()).isCloseTo(one * naive.pairs(), within(1e-12 * one * 1_000));
  }

  @Property(tries = 200)
  void anEpochMayComeInParts(@ForAll("fewHalfLives") List<Contexts> epochs, @ForAll Random random) {
    var parameters = parameters(EdgeWeighting.COUNT, 0, 1, 1_000, 1_000);
    var whole = new CooccurrenceGraph(parameters);
    var parts = new CooccurrenceGraph(parameters);
    for (var epoch : epochs) {
      epoch.foldInto(whole, random);
      int cut = random.nextInt(epoch.words().size() + 1);
      new Contexts(epoch.epoch(), epoch.words().subList(0, cut)).foldInto(parts, random);
      new Contexts(epoch.epoch(), epoch.words().subList(cut, epoch.words().size()))
          .foldInto(parts, random);
    }
    var found = edges(parts.freeze());
    assertThat(found.keySet()).isEqualTo(edges(whole.freeze()).keySet());
    edges(whole.freeze())
        .forEach(
            (pair, weight) -> assertThat(found.get(pair) / weight).isCloseTo(1, within(1e-12)));
    assertThat(parts.totals().pairsSinceVersion()).isEqualTo(whole.totals().pairsSinceVersion());
  }

  private static void store(CooccurrenceGraph graph, Map<Integer, byte[]> rows) {
    graph.drainChanged(
        (id, row) -> {
          if (row == null) {
            rows.remove(id);
          } else {
            rows.put(id, row);
          }
        });
  }

  private static void assertSame(CooccurrenceGraph found, CooccurrenceGraph expected) {
    var one = found.freeze();
    var other = expected.freeze();
    assertThat(one.names()).containsExactly(other.names());
    assertThat(one.from()).containsExactly(other.from());
    assertThat(one.to()).containsExactly(other.to());
    assertThat(one.weight()).containsExactly(other.weight());
    assertThat(one.recent()).containsExactly(other.recent());
    assertThat(found.recentContexts()).isEqualTo(expected.recentContexts());
    assertThat(found.totals()).isEqualTo(expected.totals());
    assertThat(found.edges()).isEqualTo(expected.edges());
    assertThat(found.words()).isEqualTo(expected.words());
    assertThat(found.isDue()).isEqualTo(expected.isDue());
  }

  /** Edges by their words, having looked at what the record promises of its order. */
  private static Map<List<String>, Double> edges(ClusteringInput input) {
    var edges = new LinkedHashMap<List<String>, Double>();
    var order = new ArrayList<Long>();
    for (int i = 0; i < input.from().length; i++) {
      assertThat(input.from()[i]).isLessThan(input.to()[i]);
      order.add((long) input.from()[i] << Integer.SIZE | input.to()[i]);
      edges.put(
          List.of(input.names()[input.from()[i]], input.names()[input.to()[i]]), input.weight()[i]);
    }
    assertThat(order).isSorted().doesNotHaveDuplicates();
    return edges;
  }

  /** Sums of such weights are exact; some lie so far apart that the landmark moves. */
  @Provide
  Arbitrary<List<Contexts>> wholeHalfLives() {
    return Arbitraries.of(1, 8, 40).flatMap(longest -> Contexts.epochs(HALF_LIFE, longest));
  }

  @Provide
  Arbitrary<List<Contexts>> anyEpochs() {
    return Arbitraries.of(1, HALF_LIFE, 10 * HALF_LIFE, 100 * HALF_LIFE)
        .flatMap(longest -> Contexts.epochs(1, longest));
  }

  /** So few that nothing fades. */
  @Provide
  Arbitrary<List<Contexts>> fewHalfLives() {
    return Contexts.epochs(1, HALF_LIFE / 4);
  }

  @Provide
  Arbitrary<CommunityParameters> parameters() {
    return Combinators.combine(
            Arbitraries.of(EdgeWeighting.class),
            Arbitraries.of(0.0, 0.4, 1.0, 1.5),
            Arbitraries.of(0.4, 0.6, 1.0),
            Arbitraries.of(1, 2, 4, 100),
            Arbitraries.of(1, 3, 12, 25, 1_000))
        .as(CooccurrenceGraphPropertyTest::parameters);
  }

  private static CommunityParameters parameters(
      EdgeWeighting weighting, double minCount, double stopShare, int topK, int maxEdges) {
    return new CommunityParameters(
        PairContext.SENTENCE,
        500,
        HALF_LIFE,
        weighting,
        minCount,
        stopShare,
        topK,
        maxEdges,
        20,
        0.3,
        3,
        2,
        2,
        30);
  }
}
