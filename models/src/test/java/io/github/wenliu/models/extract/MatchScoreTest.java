package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class MatchScoreTest {

  @Test
  void countsWhatIsFoundExactly() {
    var score = new MatchScore<String>(name -> name.substring(0, 1));
    score.add(Set.of("a1", "a2", "b1"), Set.of("a1", "b2"));
    score.add(Set.of("b1"), Set.of("b1", "c1"));

    assertThat(score.total().precision()).isEqualTo(0.5);
    assertThat(score.total().recall()).isEqualTo(0.5);
    assertThat(score.total().f1()).isEqualTo(0.5);
    assertThat(score.byType()).containsOnlyKeys("a", "b", "c");
    assertThat(score.byType().get("a").f1()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.byType().get("c").gold()).isZero();
    assertThat(score.byType().get("c").f1()).isZero();
  }

  @Test
  void nothingAtAllIsZero() {
    var score = new MatchScore<String>(name -> name);
    score.add(Set.of(), Set.of());
    assertThat(score.total().f1()).isZero();
    assertThat(score.total().precision()).isZero();
    assertThat(score.total().recall()).isZero();
  }
}
