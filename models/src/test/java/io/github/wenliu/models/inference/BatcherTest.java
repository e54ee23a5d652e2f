package io.github.wenliu.models.inference;

import static io.github.wenliu.models.inference.BatcherPropertyTest.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.BatcherPropertyTest.Counts;
import io.github.wenliu.models.inference.FakeModels.Behaviour;
import io.github.wenliu.models.inference.FakeModels.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatcherTest {

  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofMillis(50);

  private final FakeModels fakes = new FakeModels();
  private final Counts metrics = new Counts();

  @Test
  void rowsOfOneLengthShareABatchWhileOthersAreRun() throws Exception {
    try (var batcher = open(parameters(1, 4, 1000, Duration.ZERO, 100, NEVER))) {
      var blocker = batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF));
      fakes.awaitFirstRun();
      var answers = new ArrayList<CompletableFuture<Integer>>();
      for (int i = 1; i <= 10; i++) {
        answers.add(batcher.submit(row(i, i <= 5 ? 9 : 16)));
      }
      answers.add(batcher.submit(row(11, 17)));
      assertThat(batcher.waiting()).isEqualTo(11);
      assertThat(batcher.inFlight()).isEqualTo(1);
      fakes.releaseDeaf();
      blocker.get();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(i + 1);
      }
    }
    // 9 to 16 positions are padded to the same length; the bucket with the oldest row goes first
    assertThat(fakes.batches).extracting(List::size).containsExactly(1, 4, 4, 2, 1);
    assertThat(metrics.batches.get(1)).containsExactly(4, 36, 64);
  }

  @Test
  void aFullBatchDoesNotWaitForTheLinger() throws Exception {
    try (var batcher = open(parameters(1, 2, 1000, NEVER, 100, NEVER))) {
      var first = batcher.submit(row(1, 5));
      var second = batcher.submit(row(2, 6));
      assertThat(first.get()).isEqualTo(1);
      assertThat(second.get()).isEqualTo(2);
    }
    assertThat(fakes.batches).hasSize(1);
  }

  @Test
  void aRowThatIsAloneIsRunAfterTheLinger() throws Exception {
    try (var batcher = open(parameters(2, 8, 1000, Duration.ofMillis(20), 100, NEVER))) {
      long before = System.nanoTime();
      assertThat(batcher.submit(row(1, 5)).get()).isEqualTo(1);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
    }
  }

  @Test
  void whoeverBringsTooManyRowsWaits() throws Exception {
    try (var batcher = open(parameters(1, 1, 1000, Duration.ZERO, 2, NEVER))) {
      batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF));
      fakes.awaitFirstRun();
      batcher.submit(row(1, 1));
      batcher.submit(row(2, 1));
      var third = CompletableFuture.supplyAsync(() -> batcher.submit(row(3, 1)));
      assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      assertThat(batcher.waiting()).isEqualTo(2);
      fakes.releaseDeaf();
      assertThat(third.get().get()).isEqualTo(3);
    }
  }

  @Test
  void oneBadRowFailsAlone() throws Exception {
    try (var batcher = open(parameters(1, 8, 1000, Duration.ZERO, 100, NEVER))) {
      batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF));
      fakes.awaitFirstRun();
      var good = batcher.submit(row(1, 3));
      var bad = batcher.submit(new Row(2, 3, Behaviour.THROW));
      var fine = batcher.submit(row(3, 3));
      fakes.releaseDeaf();
      assertThat(good.get()).isEqualTo(1);
      assertThat(fine.get()).isEqualTo(3);
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ModelException.class)
          .hasMessageContaining("fake: the run failed");
    }
    assertThat(fakes.batches).extracting(List::size).containsExactly(1, 3, 1, 1, 1);
    assertThat(metrics.failed).hasValue(3 + 1);
  }

  @Test
  void aRunThatHangsFailsItsRowsAndTheWorkerGoesOn() throws Exception {
    try (var batcher = open(parameters(1, 8, 1000, Duration.ZERO, 100, SOON))) {
      var hanging = batcher.submit(new Row(0, 1, Behaviour.HANG));
      assertTimedOut(hanging);
      assertThat(batcher.submit(row(1, 1)).get()).isEqualTo(1);
      assertThat(batcher.leftBehind()).isZero();
    }
    assertThat(fakes.opened).hasValue(1);
    assertThat(fakes.closed).hasValue(1);
    assertThat(metrics.timedOut).hasValue(1);
  }

  @Test
  void aRunThatDoesNotEndIsLeftBehindAndItsWorkerReplaced() throws Exception {
    try (var batcher = open(parameters(1, 8, 1000, Duration.ZERO, 100, SOON))) {
      assertTimedOut(batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF)));
      assertThat(batcher.submit(row(1, 1)).get()).isEqualTo(1);
      assertThat(batcher.leftBehind()).isEqualTo(1);
      assertThat(fakes.opened).hasValue(2);
      fakes.releaseDeaf();
      while (batcher.leftBehind() > 0) {
        Thread.sleep(1);
      }
      assertThat(batcher.inFlight()).isZero();
    }
    while (fakes.closed.get() < 2) {
      Thread.sleep(1);
    }
  }

  @Test
  void tooManyRunsThatHangEndTheBatcherWithAClearMessage() throws Exception {
    try (var batcher = open(parameters(1, 8, 1000, Duration.ZERO, 100, SOON))) {
      for (int i = 0; i < Batcher.MAX_LEFT_BEHIND; i++) {
        assertTimedOut(batcher.submit(new Row(i, 1, Behaviour.HANG_DEAF)));
      }
      // the last is only given up a while after its row was
      while (batcher.leftBehind() < Batcher.MAX_LEFT_BEHIND) {
        Thread.sleep(1);
      }
      assertThatThrownBy(() -> batcher.submit(row(9, 1)).get())
          .hasCauseInstanceOf(ModelException.class)
          .hasMessageContaining("3 runs hang and were left behind");
      assertThat(fakes.opened).hasValue(3);
    } finally {
      fakes.releaseDeaf();
    }
  }

  @Test
  void aGraphThatRunsForEverIsInterruptedAndItsSessionGoesOn() throws Exception {
    var graph = Graphs.open("loop.onnx", Graphs.LOOP);
    var model =
        new BatchModel<Long, Float>() {
          @Override
          public int positions(Long rounds) {
            return 1;
          }

          @Override
          public List<Float> run(List<Long> rows) {
            var rounds = Map.of("rounds", Tensor.of(new long[] {rows.get(0)}));
            return List.of(graph.run(rounds).get("total").numbers()[0]);
          }

          @Override
          public void interrupt() {
            graph.interrupt();
          }

          @Override
          public void close() {
            graph.close();
          }
        };
    var parameters = parameters(1, 1, 1000, Duration.ZERO, 100, Duration.ofMillis(300));
    try (var batcher = new Batcher<>("loop", () -> model, parameters, metrics)) {
      var forEver = batcher.submit(Long.MAX_VALUE);
      assertThatThrownBy(forEver::get).hasMessageContaining("longer than allowed");
      assertThat(batcher.submit(7L).get()).isEqualTo(7f);
      assertThat(batcher.leftBehind()).isZero();
    }
  }

  @Test
  void rowsThatWaitBehindAHangingRunAreAnsweredByItsReplacement() throws Exception {
    try (var batcher = open(parameters(1, 1, 1000, Duration.ZERO, 100, SOON))) {
      var hanging = batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF));
      fakes.awaitFirstRun();
      var behind = batcher.submit(row(1, 1));
      assertTimedOut(hanging);
      assertThat(behind.get()).isEqualTo(1);
    } finally {
      fakes.releaseDeaf();
    }
  }

  @Test
  void closingDoesNotWaitForARunThatHangs() throws Exception {
    var batcher = open(parameters(1, 1, 1000, Duration.ZERO, 100, NEVER));
    var hanging = batcher.submit(new Row(0, 1, Behaviour.HANG_DEAF));
    fakes.awaitFirstRun();
    var waiting = batcher.submit(row(1, 1));
    batcher.close();
    assertThatThrownBy(hanging::get).hasMessageContaining("closed while it ran");
    assertThatThrownBy(waiting::get).hasMessageContaining("is closed");
    assertThat(fakes.closed).hasValue(0);
    fakes.releaseDeaf();
    while (fakes.closed.get() < 1) {
      Thread.sleep(1);
    }
  }

  @Test
  void anAnswerMayCloseTheBatcher() throws Exception {
    var batcher = open(parameters(1, 1, 1000, Duration.ZERO, 100, NEVER));
    var closed = new CountDownLatch(1);
    batcher
        .submit(row(1, 1))
        .thenRun(
            () -> {
              batcher.close();
              closed.countDown();
            });
    closed.await();
  }

  @Test
  void metricsThatThrowLoseNoRow() throws Exception {
    var throwing =
        new InferenceMetrics() {
          @Override
          public void batch(int rows, int tokens, int paddedTokens, long nanos) {
            throw new IllegalStateException("defect");
          }
        };
    try (var batcher =
        new Batcher<>(
            "fake", fakes::open, parameters(1, 1, 99, Duration.ZERO, 9, NEVER), throwing)) {
      for (int i = 0; i < 2; i++) {
        var answer = batcher.submit(row(i, 1));
        assertThatThrownBy(answer::get).hasMessageContaining("defect");
      }
    }
  }

  @Test
  void aModelThatCannotBeOpenedIsToldAtOnceAndNothingStaysOpen() {
    var parameters = parameters(3, 1, 99, Duration.ZERO, 9, NEVER);
    assertThatThrownBy(
            () ->
                new Batcher<>(
                    "fake",
                    () -> {
                      if (fakes.opened.get() == 2) {
                        throw new ModelException("no third");
                      }
                      return fakes.open();
                    },
                    parameters,
                    metrics))
        .hasMessage("no third");
    assertThat(fakes.closed).hasValue(2);
  }

  private Batcher<Row, Integer> open(InferenceParameters parameters) {
    return new Batcher<>("fake", fakes::open, parameters, metrics);
  }

  private static Row row(int number, int positions) {
    return new Row(number, positions, Behaviour.ANSWER);
  }

  private static void assertTimedOut(CompletableFuture<Integer> answer) {
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ModelException.class)
        .matches(e -> ((ModelException) e).isTimedOut())
        .hasMessageContaining("longer than allowed");
  }
}
