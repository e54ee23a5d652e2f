package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LivePartitionTest {

  private static final double CLOSE = 1e-12;

  /** Six nodes, two triangles and an edge between: 2.3207 bits. */
  private static LivePartition twoTriangles() {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var edges = Graphs.twoTriangles();
    for (int i = 0; i < edges.from().length; i++) {
      live.set(edges.from()[i], edges.to()[i], edges.weight()[i]);
    }
    live.update();
    return live;
  }

  @Test
  void findsWhatASearchFinds() {
    var live = twoTriangles();
    var best = new Infomap(live.freeze()).search(10, 1, (trial, one) -> {});

    assertThat(live.codelength()).isCloseTo(best.codelength(), within(CLOSE));
    assertThat(live.module(0)).isEqualTo(live.module(1)).isEqualTo(live.module(2));
    assertThat(live.module(3)).isEqualTo(live.module(4)).isEqualTo(live.module(5));
    assertThat(live.module(0)).isNotEqualTo(live.module(3));
  }

  @Test
  void aNewNodeJoinsItsNeighbours() {
    var live = twoTriangles();
    live.set(6, 4, 1);
    live.set(6, 5, 1);

    var moved = live.update();

    assertThat(moved.nodes()).containsExactly(6);
    assertThat(moved.before()).containsExactly(LivePartition.NONE);
    assertThat(moved.now()).containsExactly(live.module(4));
  }

  @Test
  void aNodeWithoutEdgesIsInNoModule() {
    var live = twoTriangles();
    live.set(0, 1, 0);
    live.set(0, 2, 0);

    var moved = live.update();

    assertThat(moved.nodes()[0]).isZero();
    assertThat(moved.now()[0]).isEqualTo(LivePartition.NONE);
    assertThat(live.module(0)).isEqualTo(LivePartition.NONE);
    assertThat(live.nodes()).isEqualTo(6);
    assertThat(live.edges()).isEqualTo(5);
  }

  /** Three pairs with an edge from each to a node in their middle, which then loses all edges. */
  @Test
  void whatAnotherNodeHeldTogetherFallsApart() {
    var edges =
        Graphs.unweighted(7, new int[][] {{0, 1}, {2, 3}, {4, 5}, {0, 6}, {2, 6}, {4, 6}})
            .network();
    var live = LivePartition.of(edges, new int[7], LiveParameters.DEFAULT);
    live.set(0, 6, 0);
    live.set(6, 2, 0);
    live.set(4, 6, 0);

    live.update();

    assertThat(live.module(6)).isEqualTo(LivePartition.NONE);
    assertThat(live.module(0)).isEqualTo(live.module(1));
    assertThat(live.module(2)).isEqualTo(live.module(3));
    assertThat(live.module(4)).isEqualTo(live.module(5));
    assertThat(new int[] {live.module(0), live.module(2), live.module(4)}).doesNotHaveDuplicates();
  }

  @Test
  void aChangeOfNothingMovesNothing() {
    var live = twoTriangles();
    live.set(0, 1, 1);

    assertThat(live.update().size()).isZero();
  }

  @Test
  void theLightestEdgesFade() {
    var live = twoTriangles();
    live.set(2, 3, 0.25);
    live.set(0, 1, 0.5);
    live.update();

    assertThat(live.lightest(2)).isEqualTo(1);
    assertThat(live.lightest(7)).isInfinite();
    assertThat(live.fade(live.lightest(2), live.nodes())).isEqualTo(2);
    live.update();
    assertThat(live.weight(2, 3)).isZero();
    assertThat(live.weight(0, 1)).isZero();
    assertThat(live.edges()).isEqualTo(5);
  }

  @Test
  void aFullSearchIsDueWhenMuchHasChanged() {
    var live = twoTriangles();
    assertThat(live.isSearchDue()).isTrue();
    live.searchBegun();
    assertThat(live.isSearchDue()).isFalse();

    live.add(0, 1, 1);
    live.update();
    assertThat(live.isSearchDue()).isFalse();

    live.add(0, 1, 7);
    live.update();
    assertThat(live.isSearchDue()).isTrue();
  }

  @Test
  void turnsAwayWhatIsNoEdge() {
    var live = twoTriangles();

    assertThatThrownBy(() -> live.set(1, 1, 1)).hasMessageContaining("1 - 1");
    assertThatThrownBy(() -> live.set(-1, 1, 1)).hasMessageContaining("-1 - 1");
    assertThatThrownBy(() -> live.set(0, 1, -1)).hasMessageContaining("weighs -1.0");
    assertThatThrownBy(() -> live.add(0, 1, Double.NaN)).hasMessageContaining("weighs NaN");
    var loops = FlowNetwork.of(2, new int[] {0, 0}, new int[] {0, 1}, new double[] {1, 1});
    assertThatThrownBy(() -> LivePartition.of(loops, new int[2], LiveParameters.DEFAULT))
        .hasMessageContaining("self-links");
  }
}
