package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MarginsTest {

  private static final double STEP = 1e-7;
  private static final double CLOSE = 1e-5;

  /** The length but for the nodes' own terms, in bits times weights. */
  private static double length(double[] cut, double[] strength) {
    double length = 0;
    double cuts = 0;
    for (int module = 0; module < cut.length; module++) {
      length += Modules.term(cut[module], strength[module]);
      cuts += cut[module];
    }
    return length + BinaryLogarithm.times(cuts);
  }

  @Test
  void thePriceIsTheDifferenceOfTheDerivatives() {
    double[] cut = {3, 2, 4};
    double[] strength = {12, 8, 9};
    double before = length(cut, strength);
    double within =
        length(cut, new double[] {strength[0], strength[1] + 2 * STEP, strength[2]}) - before;
    double between =
        length(
                new double[] {cut[0] + STEP, cut[1] + STEP, cut[2]},
                new double[] {strength[0] + STEP, strength[1] + STEP, strength[2]})
            - before;
    double price = Margins.price(9, cut[0], strength[0], cut[1], strength[1]);

    assertThat((between - within) / STEP).isCloseTo(price, within(CLOSE));
  }

  @Test
  void betweenModulesWithoutCutsItIsInfinite() {
    assertThat(Margins.price(0, 0, 12, 0, 8)).isInfinite();
    assertThat(Margins.price(4, 4, 12, 0, 8)).isInfinite();
  }

  /** Two cliques of six and a node with an edge into each, four times as heavy into the first. */
  @Test
  void aNodeIsLookedAtWhenAChangeMayMatter() {
    var graph = new LiveGraph();
    graph.grow(13);
    for (int one = 0; one < 12; one++) {
      for (int other = one - one % 6; other < one; other++) {
        graph.set(one, other, 1);
      }
    }
    graph.set(12, 0, 4);
    graph.set(12, 6, 1);
    var modules = new LiveModules(graph);
    modules.grow(16);
    for (int node = 0; node < 13; node++) {
      modules.renew(node);
      modules.enter(node);
    }
    for (int node = 0; node < 13; node++) {
      int to = modules.of()[node < 6 || node == 12 ? 0 : 6];
      if (modules.of()[node] != to) {
        modules.move(node, to);
      }
    }
    modules.addUp();
    assertThat(modules.improve(12, 0)).isFalse();

    change(graph, modules, 12, 6, 1.1);
    assertThat(modules.mayMove(12)).isFalse();
    change(graph, modules, 12, 0, 5);
    assertThat(modules.mayMove(12)).isFalse();
    change(graph, modules, 12, 6, 20);
    assertThat(modules.mayMove(12)).isTrue();
    assertThat(modules.improve(12, 0)).isTrue();
    assertThat(modules.of()[12]).isEqualTo(modules.of()[6]);
  }

  private static void change(
      LiveGraph graph, LiveModules modules, int one, int other, double weight) {
    modules.change(one, other, weight - graph.set(one, other, weight));
    modules.renew(one);
    modules.renew(other);
  }
}
