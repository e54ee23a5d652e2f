package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CooccurrenceGraphTest {

  private static final int HALF_LIFE = 100;
  private static final int MANY = 1_000;
  private static final CommunityParameters COUNTS = parameters(EdgeWeighting.COUNT, MANY, MANY);

  private final Random random = new Random(5);

  @Test
  void weighsAPairByHowOftenItStandsTogetherOfLate() {
    var graph = new CooccurrenceGraph(COUNTS);
    fold(graph, 0, "淄博 烧烤", "淄博 烧烤", "淄博 旅游");
    fold(graph, HALF_LIFE, "淄博 烧烤");
    assertThat(edges(graph)).isEqualTo(Map.of("淄博 烧烤", 2.0, "旅游 淄博", 0.5));
  }

  /** 淄博 stands in 4 of 8 contexts, 烧烤 in 2, both in 2; 旅游 in 4, in one with 淄博. */
  @Test
  void weighsAPairByMutualInformation() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.PPMI, MANY, MANY));
    fold(graph, 3, "淄博 烧烤", "烧烤 淄博", "淄博 旅游", "淄博", "旅游", "旅游", "旅游", "");
    assertThat(edges(graph)).containsOnlyKeys("淄博 烧烤");
    assertThat(edges(graph).get("淄博 烧烤")).isCloseTo(Math.log(2), within(1e-15));
  }

  @Test
  void leavesOutWordsThatAreInTooManyContexts() {
    var graph = new CooccurrenceGraph(withStopShare(0.25));
    for (int i = 0; i < 150; i++) {
      fold(graph, 0, "的 甲", "乙 丙", "丁", "戊");
    }
    fold(graph, 0, "的 甲");
    assertThat(edges(graph)).isEqualTo(Map.of("丙 乙", 150.0));
  }

  /** Of 199 contexts a quarter is less than 50. */
  @Test
  void knowsNoCommonWordsBeforeThereIsEnoughToTell() {
    var graph = new CooccurrenceGraph(withStopShare(0.25));
    fold(graph, 0, Collections.nCopies(199, "的 甲"));
    assertThat(edges(graph)).isEqualTo(Map.of("甲 的", 199.0));
    fold(graph, 0, "的 甲");
    assertThat(edges(graph)).isEmpty();
  }

  /**
   * 甲 has three neighbours; the two heaviest stay, and 丁 for the sake of 丁, whose only one it is.
   */
  @Test
  void keepsTheHeaviestOfEachEnd() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.COUNT, 1, MANY));
    fold(graph, 0, "甲 乙", "甲 乙", "甲 乙", "甲 丙", "甲 丙", "乙 丙", "甲 丁");
    assertThat(edges(graph)).isEqualTo(Map.of("乙 甲", 3.0, "丙 甲", 2.0, "丁 甲", 1.0));
  }

  @Test
  void leavesOutWhatIsSeenTooSeldomNow() {
    var parameters =
        new CommunityParameters(
            PairContext.SENTENCE,
            9,
            HALF_LIFE,
            EdgeWeighting.COUNT,
            1.5,
            1,
            MANY,
            9,
            1,
            0,
            1,
            1,
            1,
            1);
    var graph = new CooccurrenceGraph(parameters);
    fold(graph, 0, "甲 乙", "甲 乙", "甲 丙");
    assertThat(edges(graph)).isEqualTo(Map.of("乙 甲", 2.0));
    fold(graph, HALF_LIFE / 2);
    assertThat(edges(graph)).as("1.41").isEmpty();
  }

  @Test
  void knowsWhatWasCountedOfLate() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.COUNT, MANY, MANY));
    fold(graph, 0, "甲 乙", "甲 乙", "甲 乙", "甲 乙");
    graph.versionTaken();
    fold(graph, 0, "甲 丙");
    graph.versionTaken();
    fold(graph, 0, "甲 乙");
    double one = graph.recentContexts() / (4 / 4.0 + 1 / 2.0 + 1);
    var input = graph.freeze();
    assertThat(input.names()).containsExactly("丙", "乙", "甲");
    assertThat(input.recent()).containsExactly(one / 2, 2 * one);
    assertThat(graph.recentUnit()).as("before the version is taken").isEqualTo(one / 2);
    for (int version = 0; version < 200; version++) {
      graph.versionTaken();
    }
    fold(graph, 0, "甲 丙");
    assertThat(graph.freeze().recent()[0]).isEqualTo(graph.recentContexts());
    graph.versionTaken();
    assertThat(graph.recentUnit()).as("the landmark has moved").isEqualTo(graph.recentContexts());
  }

  @Test
  void whereAllIsOfLateTheGraphIsTheSame() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.NPMI, MANY, MANY));
    fold(graph, 0, "甲 乙", "甲 乙 丙", "丙 丁", "丙 丁", "丁 甲", "戊 己");
    var input = graph.freeze();
    assertThat(input.recent())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
        .containsExactly(input.weight());
  }

  @Test
  void theWeakestGoBeyondTheBoundAndTheLastByNameAmongEquals() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.COUNT, MANY, 10));
    var contexts = new ArrayList<String>();
    for (String name : List.of("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "𠮷", "Ａ")) {
      contexts.add("中 " + name);
    }
    fold(graph, 0, contexts);
    assertThat(graph.edges()).isEqualTo(10);
    assertThat(graph.prunedEdges()).isZero();
    fold(graph, 0, "中 𠮷", "甲 乙");
    assertThat(graph.edges()).isEqualTo(9);
    assertThat(graph.prunedEdges()).isEqualTo(2);
    assertThat(edges(graph))
        .doesNotContainKeys("乙 甲", "中 Ａ")
        .containsEntry("中 𠮷", 2.0)
        .containsKeys("丁 中", "丙 中", "中 戊");
  }

  @Test
  void wordsWithoutAnEdgeAreBoundedToo() {
    var graph = new CooccurrenceGraph(parameters(EdgeWeighting.COUNT, MANY, 10));
    var alone = IntStream.range(0, 10).mapToObj(i -> "w" + i).toList();
    fold(graph, 0, alone);
    fold(graph, 0, "甲 乙");
    assertThat(graph.words()).isEqualTo(12);
    fold(graph, 0, "丙");
    assertThat(graph.words()).isEqualTo(2);
    assertThat(graph.prunedWords()).isEqualTo(11);
    assertThat(edges(graph)).containsOnlyKeys("乙 甲");
  }

  @Test
  void whatHasFadedIsSweptAndItsRowRemoved() {
    var graph = new CooccurrenceGraph(COUNTS);
    fold(graph, 0, "甲 乙");
    fold(graph, HALF_LIFE, "丙 丁");
    graph.drainChanged((id, row) -> assertThat(row).isNotNull());
    fold(graph, 5 * HALF_LIFE);
    assertThat(graph.edges()).as("a 32nd and a 16th are left").isEqualTo(1);
    assertThat(graph.words()).isEqualTo(2);
    var removed = new ArrayList<Integer>();
    graph.drainChanged(
        (id, row) -> {
          assertThat(row).isNull();
          removed.add(id);
        });
    assertThat(removed).hasSize(2).isSorted();
    fold(graph, 5 * HALF_LIFE, "戊 己");
    var given = new ArrayList<Integer>();
    graph.drainChanged((id, row) -> given.add(id));
    assertThat(given).as("numbers are given again").isEqualTo(removed);
  }

  @Test
  void onlyRowsThatChangedAreGiven() {
    var graph = new CooccurrenceGraph(COUNTS);
    fold(graph, 0, "甲 乙", "丙 丁");
    var before = drained(graph);
    assertThat(before).hasSize(4);
    assertThat(drained(graph)).isEmpty();
    fold(graph, 1, "甲 乙");
    var after = drained(graph);
    assertThat(after.keySet()).hasSize(2);
    assertThat(after.values().stream().map(row -> GraphRow.of(row).name()))
        .containsExactlyInAnyOrder("甲", "乙");
  }

  @Test
  void isDueWhenEnoughPairsCameSinceTheLastVersion() {
    var parameters =
        new CommunityParameters(
            PairContext.SENTENCE,
            9,
            HALF_LIFE,
            EdgeWeighting.COUNT,
            0,
            1,
            9,
            99,
            3,
            0.5,
            1,
            1,
            1,
            1);
    var graph = new CooccurrenceGraph(parameters);
    assertThat(graph.isDue()).as("nothing yet").isFalse();
    fold(graph, 0, "甲 乙", "甲 乙");
    assertThat(graph.isDue()).as("2 of 3").isFalse();
    fold(graph, 0, "甲 乙 丙");
    assertThat(graph.isDue()).as("5 of 3").isTrue();
    graph.versionTaken();
    fold(graph, 0, "甲 乙 丙");
    assertThat(graph.isDue()).as("3 of 3, but no half of 8").isFalse();
    fold(graph, HALF_LIFE);
    assertThat(graph.isDue()).as("3 against half of 4, decayed").isTrue();
  }

  @Test
  void givesANetworkForTheSearch() {
    var graph = new CooccurrenceGraph(COUNTS);
    fold(graph, 0, "甲 乙", "甲 乙", "乙 丙", "丁");
    var input = graph.freeze();
    assertThat(input.names()).containsExactly("丙", "乙", "甲");
    var network = input.network();
    assertThat(IntStream.range(0, 3).mapToDouble(network::strength)).containsExactly(1.0, 3.0, 2.0);
  }

  @Test
  void refusesToGoBackInTime() {
    var graph = new CooccurrenceGraph(COUNTS);
    fold(graph, 7);
    fold(graph, 7);
    assertThatThrownBy(() -> fold(graph, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epoch 6 comes after 7");
  }

  @Test
  void aGraphThatHasSeenNothingGivesNothing() {
    var graph = new CooccurrenceGraph(COUNTS);
    assertThat(graph.freeze().names()).isEmpty();
    assertThat(graph.totals()).isEqualTo(GraphTotals.EMPTY);
    assertThat(drained(graph)).isEmpty();
  }

  /** Folds contexts, each the words between blanks. */
  private void fold(CooccurrenceGraph graph, long epoch, String... contexts) {
    fold(graph, epoch, List.of(contexts));
  }

  private void fold(CooccurrenceGraph graph, long epoch, List<String> contexts) {
    var words = contexts.stream().map(CooccurrenceGraphTest::words).toList();
    new Contexts(epoch, words).foldInto(graph, random);
  }

  private static Set<String> words(String context) {
    return context.isEmpty() ? Set.of() : Set.of(context.split(" "));
  }

  private static Map<Integer, byte[]> drained(CooccurrenceGraph graph) {
    var rows = new HashMap<Integer, byte[]>();
    graph.drainChanged(rows::put);
    return rows;
  }

  /** Weights by the two words with a blank between. */
  private static Map<String, Double> edges(CooccurrenceGraph graph) {
    var input = graph.freeze();
    var edges = new HashMap<String, Double>();
    for (int i = 0; i < input.from().length; i++) {
      edges.put(
          input.names()[input.from()[i]] + " " + input.names()[input.to()[i]], input.weight()[i]);
    }
    return edges;
  }

  private static CommunityParameters parameters(EdgeWeighting weighting, int topK, int maxEdges) {
    return new CommunityParameters(
        PairContext.SENTENCE, 9, HALF_LIFE, weighting, 0, 1, topK, maxEdges, 1, 0, 1, 1, 1, 1);
  }

  private static CommunityParameters withStopShare(double share) {
    return new CommunityParameters(
        PairContext.SENTENCE, 9, HALF_LIFE, EdgeWeighting.COUNT, 0, share, 9, 99, 1, 0, 1, 1, 1, 1);
  }
}
