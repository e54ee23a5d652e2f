package io.github.wenliu.pipeline.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the fault test; {@code ./wenliu bench faults} is the long one. */
class SurvivesKillsITCase {

  private static final long DOCUMENTS = 15_000;
  private static final double PER_SECOND = 250;

  @TempDir Path directory;

  @Test
  @Timeout(900)
  void eachInputComesOutOnceWithTheBytesOfAnUndisturbedRun() throws Exception {
    var expected = FaultScenario.undisturbed(directory.resolve("undisturbed"), DOCUMENTS);
    assertThat(expected.inputs()).isEqualTo(DOCUMENTS);
    assertThat(expected.deadLetters()).isPositive();

    try (var scenario =
        new FaultScenario(
            directory.resolve("disturbed"), DOCUMENTS, PER_SECOND, System.out::println)) {
      scenario.start();
      var publishing = scenario.publish();
      scenario.awaitPublished(0.2);
      scenario.killJob();
      scenario.awaitPublished(0.5);
      scenario.killBroker();
      scenario.awaitPublished(0.7);
      scenario.killJob();
      publishing.get();
      var seen = scenario.awaitAll();

      assertThat(seen.inputs()).isEqualTo(DOCUMENTS);
      assertThat(seen.duplicates()).isZero();
      assertThat(seen.differencesTo(expected)).isZero();
      // The control: the same check does see what was written and never committed.
      assertThat(scenario.uncommitted().duplicates()).isPositive();
    }
  }
}
