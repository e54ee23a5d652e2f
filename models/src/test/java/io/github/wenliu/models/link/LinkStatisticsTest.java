package io.github.wenliu.models.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LinkStatisticsTest {

  private static LinkStatistics some() {
    var some = new LinkStatistics();
    some.add(LinkStatistics.SURFACE, "北大", true);
    some.add(LinkStatistics.SURFACE, "北大", false);
    some.add(LinkStatistics.NAME, LinkStatistics.pair("北大", "Q1"), true);
    return some;
  }

  @Test
  void countsAndNamesSurviveTheFile() {
    var read = LinkStatistics.read(some().toString().getBytes(StandardCharsets.UTF_8));

    assertThat(read).hasToString(some().toString());
    assertThat(read.of(LinkStatistics.SURFACE, "北大")).isEqualTo(new LinkStatistics.Count(2, 1));
    assertThat(read.namesOf("Q1")).containsExactly("北大");
    assertThat(read.namesOf("Q2")).isEmpty();
  }

  @Test
  void whatADocumentContributedCanBeLeftOut() {
    var all = some();
    all.add(some());

    assertThat(all.without(some(), LinkStatistics.SURFACE, "北大"))
        .isEqualTo(some().of(LinkStatistics.SURFACE, "北大"));
    assertThat(LinkStatistics.NONE.without(some(), LinkStatistics.SURFACE, "北大"))
        .isEqualTo(new LinkStatistics.Count(0, 0));
  }

  @Test
  void aRateGoesFromWhatIsExpectedToWhatWasSeen() {
    assertThat(new LinkStatistics.Count(0, 0).rate(0.1, 2)).isCloseTo(0.1, within(1e-12));
    assertThat(new LinkStatistics.Count(98, 98).rate(0.1, 2)).isCloseTo(0.982, within(1e-12));
  }

  @Test
  void aLineThatIsNoneIsRefused() {
    assertThatThrownBy(() -> LinkStatistics.read("a\tb\t1\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected four fields a line but found 3");
  }
}
