package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CorePropertyTest {

  private static final int REPLICATES = 8;

  record Node(double flow, int missed) {}

  @Provide
  Arbitrary<List<Node>> nodes() {
    var flows = Arbitraries.integers().between(1, 9).map(Integer::doubleValue);
    // Two draws together: most nodes miss few.
    var draws = Arbitraries.integers().between(0, (1 << REPLICATES) - 1);
    var missed = Combinators.combine(draws, draws).as((one, other) -> one & other);
    return Combinators.combine(flows, missed).as(Node::new).list().ofMinSize(1).ofMaxSize(9);
  }

  private static boolean[] chosen(List<Node> nodes, int allowed) {
    return new Core(
            nodes.stream().mapToDouble(Node::flow).toArray(),
            nodes.stream()
                .map(node -> BitSet.valueOf(new long[] {node.missed()}))
                .toArray(BitSet[]::new),
            REPLICATES,
            allowed)
        .choose();
  }

  private static int missed(List<Node> nodes, boolean[] in) {
    int missed = 0;
    for (int i = 0; i < in.length; i++) {
      missed |= in[i] ? nodes.get(i).missed() : 0;
    }
    return missed;
  }

  @Property(tries = 500)
  void staysTogetherAndNothingCanBeAdded(
      @ForAll("nodes") List<Node> nodes, @ForAll @IntRange(max = REPLICATES) int allowed) {
    boolean[] in = chosen(nodes, allowed);

    int missed = missed(nodes, in);
    assertThat(Integer.bitCount(missed)).isLessThanOrEqualTo(allowed);
    for (int i = 0; i < in.length; i++) {
      if (!in[i]) {
        assertThat(Integer.bitCount(missed | nodes.get(i).missed())).isGreaterThan(allowed);
      }
    }
  }

  @Property(tries = 500)
  void isNotFarFromTheLargest(
      @ForAll("nodes") List<Node> nodes, @ForAll @IntRange(max = REPLICATES) int allowed) {
    boolean[] in = chosen(nodes, allowed);

    double flow = 0;
    double largest = 0;
    for (int set = 0; set < 1 << nodes.size(); set++) {
      int missed = 0;
      double sum = 0;
      for (int i = 0; i < in.length; i++) {
        missed |= (set >> i & 1) == 1 ? nodes.get(i).missed() : 0;
        sum += (set >> i & 1) == 1 ? nodes.get(i).flow() : 0;
      }
      largest = Integer.bitCount(missed) <= allowed ? Math.max(largest, sum) : largest;
    }
    for (int i = 0; i < in.length; i++) {
      flow += in[i] ? nodes.get(i).flow() : 0;
    }
    assertThat(flow).isBetween(largest / 2, largest);
  }

  @Property(tries = 100)
  void isWholeIfNobodyMissesMoreThanAllowed(@ForAll("nodes") List<Node> nodes) {
    int missed = missed(nodes, allOf(nodes.size()));

    assertThat(chosen(nodes, Integer.bitCount(missed))).containsOnly(true);
    assertThat(missed(nodes, chosen(nodes, 0))).isZero();
  }

  private static boolean[] allOf(int size) {
    var all = new boolean[size];
    Arrays.fill(all, true);
    return all;
  }
}
