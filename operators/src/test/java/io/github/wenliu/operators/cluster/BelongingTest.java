package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class BelongingTest {

  /** Edges from node 0: 4 into its own community 0, 3 and 2 into others, 1 into none. */
  private static final FlowNetwork STAR =
      FlowNetwork.of(
          6, new int[] {0, 0, 0, 0, 0}, new int[] {1, 2, 3, 4, 5}, new double[] {4, 1, 2, 2, 1});

  private static final int[] COMMUNITY = {0, 0, 1, 1, 2, TrackedCommunities.NONE};

  @Test
  void isTheShareOfTheEdgesThatLeadThere() {
    var member = new Belonging(STAR, COMMUNITY).member(0, "a", 0.5, slot -> "c" + slot);
    assertThat(member)
        .isEqualTo(
            new CommunityMember(
                "a",
                0.5,
                0.4,
                List.of(new CommunityShare("c1", 0.3), new CommunityShare("c2", 0.2))));
  }

  @Test
  void lessThanAFifthIsNotTold() {
    int[] scattered = {0, 0, 1, 2, 3, 0};
    assertThat(new Belonging(STAR, scattered).member(0, "a", 0.5, slot -> "c" + slot).also())
        .extracting(CommunityShare::community)
        .containsExactly("c2", "c3");
  }

  @Test
  void withoutEdgesItBelongsNowhere() {
    var alone = FlowNetwork.of(1, new int[0], new int[0], new double[0]);
    assertThat(new Belonging(alone, new int[1]).member(0, "a", 1, slot -> "c"))
        .isEqualTo(new CommunityMember("a", 1, 0, List.of()));
  }
}
