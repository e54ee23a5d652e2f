package io.github.wenliu.operators.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import org.junit.jupiter.api.Test;

class PartitionMarksTest {

  private static final long BOUND = 5_000;
  private static final long NOW = 1_767_225_600_000L;

  private final PartitionMarks marks = new PartitionMarks(new EpochTime(BOUND, 60_000, 10_000, 2));

  @Test
  void aDocumentInOrderKeepsItsOwnTime() {
    assertThat(marks.advance("t", 0, NOW)).isEqualTo(NOW);
    assertThat(marks.advance("t", 0, NOW + 1)).isEqualTo(NOW + 1);
    assertThat(marks.advance("t", 0, NOW + 1 - BOUND)).isEqualTo(NOW + 1 - BOUND);
  }

  @Test
  void aDocumentFurtherBehindThanTheBoundIsLiftedToIt() {
    marks.advance("t", 0, NOW);
    assertThat(marks.advance("t", 0, NOW - BOUND - 1)).isEqualTo(NOW - BOUND);
    assertThat(marks.advance("t", 0, 0)).isEqualTo(NOW - BOUND);
    assertThat(marks.advance("t", 0, NOW + 1)).as("1970 moved nothing").isEqualTo(NOW + 1);
  }

  @Test
  void withoutAMarkThePartitionStandsAt1970() {
    assertThat(marks.current("t", 0)).isZero();
    assertThat(marks.snapshot()).isEmpty();
  }

  @Test
  void askingForTheCurrentTimeNeverMovesIt() {
    marks.advance("t", 0, NOW);
    assertThat(marks.current("t", 0)).isEqualTo(NOW - BOUND);
    assertThat(marks.current("t", 0)).isEqualTo(NOW - BOUND);
    assertThat(marks.advance("t", 0, NOW - BOUND)).isEqualTo(NOW - BOUND);
  }

  @Test
  void aFirstDocumentFromBefore1970KeepsItsTime() {
    assertThat(marks.advance("t", 0, -NOW)).isEqualTo(-NOW);
    assertThat(marks.current("t", 0)).isEqualTo(-NOW - BOUND);
  }

  @Test
  void partitionsAndTopicsAreApart() {
    marks.advance("t", 0, NOW);
    assertThat(marks.advance("t", 1, 7)).isEqualTo(7);
    assertThat(marks.advance("u", 0, 8)).isEqualTo(8);
    assertThat(marks.snapshot())
        .containsExactlyInAnyOrder(
            new PartitionMark("t", 0, NOW),
            new PartitionMark("t", 1, 7),
            new PartitionMark("u", 0, 8));
  }
}
