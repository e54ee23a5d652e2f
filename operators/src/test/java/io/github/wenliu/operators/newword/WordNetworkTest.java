package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordNetworkTest {

  private static final int FEATURES = WordFeature.values().length;

  /** Two units: the first feature less 1, halved, and its opposite; all others weigh nothing. */
  private static List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("# of a test");
    for (WordFeature feature : WordFeature.values()) {
      lines.add(feature.key() + (feature.ordinal() == 0 ? "\t1\t2\t1\t-1" : "\t0\t1\t0\t0"));
    }
    lines.add("bias\t0.25\t0.5");
    lines.add("out\t-3\t2\t10");
    return lines;
  }

  private static double score(double first) {
    double[] features = new double[FEATURES];
    features[0] = first;
    return WordNetwork.of(lines()).score(features);
  }

  @Test
  void unitsThatArePositiveAddUp() {
    // The input is 0: units .25 and .5.
    assertThat(score(1)).isEqualTo(-3 + 2 * .25 + 10 * .5);
    // 1: units 1.25 and -.5.
    assertThat(score(3)).isEqualTo(-3 + 2 * 1.25);
    // -1: units -.75 and 1.5.
    assertThat(score(-1)).isEqualTo(-3 + 10 * 1.5);
  }

  @Test
  void beyondFiveDeviationsAFeatureSaysNothingMore() {
    assertThat(score(11)).isEqualTo(score(1e9)).isEqualTo(-3 + 2 * 5.25);
    assertThat(score(-9)).isEqualTo(score(-1e9));
  }

  @Test
  void theShippedOneKnowsAllFeatures() {
    var network = WordNetwork.resource("count-4.tsv");
    assertThat(network.score(new double[FEATURES])).isFinite();
  }

  @Test
  void aFileOfOtherFeaturesIsRefused() {
    var lines = lines();
    lines.set(2, lines.get(1));
    assertThatThrownBy(() -> WordNetwork.of(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a line begins with logCount, must with leastSplit");
    assertThatThrownBy(() -> WordNetwork.of(List.of("bias\t1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 1 lines, must be " + (FEATURES + 2));
    assertThatThrownBy(() -> WordNetwork.resource("none.tsv"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the resource none.tsv is missing");
  }
}
