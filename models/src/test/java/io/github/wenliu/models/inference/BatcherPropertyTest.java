package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.FakeModels.Behaviour;
import io.github.wenliu.models.inference.FakeModels.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BatcherPropertyTest {

  private static final Duration NEVER = Duration.ofMinutes(10);

  @Property(tries = 60)
  void everyRowIsAnsweredOnceAndBatchesAreOfOneLengthAndNotTooLarge(
      @ForAll("rows") List<Row> rows, @ForAll("shapes") InferenceParameters parameters)
      throws Exception {
    var fakes = new FakeModels();
    var metrics = new Counts();
    List<CompletableFuture<Integer>> answers;
    try (var batcher = new Batcher<>("fake", fakes::open, parameters, metrics)) {
      answers = submitFromThreeThreads(batcher, rows);
      for (int i = 0; i < rows.size(); i++) {
        expect(rows.get(i), answers.get(i));
      }
    }
    assertThat(fakes.closed).hasValue(fakes.opened.get());
    assertThat(fakes.opened).hasValue(parameters.workers());
    assertThat(fakes.answeredSoFar()).doesNotHaveDuplicates();
    assertThat(metrics.waited).hasValueGreaterThanOrEqualTo(rows.size());
    assertThat(metrics.rows).hasValue(fakes.answeredSoFar().size());
    for (List<Row> batch : fakes.batches) {
      int padded = BatchModel.padded(batch.get(0).positions());
      assertThat(batch).allMatch(row -> BatchModel.padded(row.positions()) == padded);
      assertThat(batch.size()).isLessThanOrEqualTo(parameters.maxBatch());
      assertThat(batch.size() == 1 || batch.size() * padded <= parameters.maxBatchTokens())
          .isTrue();
    }
  }

  @Property(tries = 20)
  void closingLeavesNoRowWithoutAnAnswer(
      @ForAll("rows") List<Row> rows, @ForAll("shapes") InferenceParameters parameters)
      throws Exception {
    var fakes = new FakeModels();
    var batcher = new Batcher<>("fake", fakes::open, parameters, InferenceMetrics.NONE);
    var closing = CompletableFuture.runAsync(batcher::close);
    var answers = submitFromThreeThreads(batcher, rows);
    for (int i = 0; i < rows.size(); i++) {
      try {
        assertThat(answers.get(i).get(1, TimeUnit.MINUTES)).isEqualTo(rows.get(i).number());
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(ModelException.class);
      }
    }
    closing.join();
    assertThatThrownBy(() -> batcher.submit(new Row(0, 1, Behaviour.ANSWER)).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ModelException.class)
        .hasMessageContaining("fake: is closed");
    assertThat(fakes.closed).hasValue(fakes.opened.get());
  }

  @Property(tries = 10)
  void runsThatHangLoseNoOtherRow(
      @ForAll("rows") List<Row> rows,
      @ForAll @IntRange(min = 0, max = 79) int hanging,
      @ForAll @IntRange(min = 0, max = 79) int deaf)
      throws Exception {
    var mixed = new ArrayList<>(rows);
    int positions = mixed.get(0).positions();
    mixed.set(hanging % mixed.size(), new Row(hanging % mixed.size(), positions, Behaviour.HANG));
    mixed.set(deaf % mixed.size(), new Row(deaf % mixed.size(), positions, Behaviour.HANG_DEAF));
    var fakes = new FakeModels();
    var parameters = parameters(2, 4, 200, Duration.ofMillis(1), 20, Duration.ofMillis(300));
    try (var batcher = new Batcher<>("fake", fakes::open, parameters, InferenceMetrics.NONE)) {
      var answers = submitFromThreeThreads(batcher, mixed);
      for (int i = 0; i < mixed.size(); i++) {
        Row row = mixed.get(i);
        try {
          assertThat(answers.get(i).get(1, TimeUnit.MINUTES)).isEqualTo(row.number());
          assertThat(row.behaviour()).isEqualTo(Behaviour.ANSWER);
        } catch (ExecutionException e) {
          // a row that answers may still share a batch with one that hangs, and its fate
          assertThat(e.getCause()).isInstanceOf(ModelException.class);
          boolean timedOut = ((ModelException) e.getCause()).isTimedOut();
          boolean hangs =
              row.behaviour() == Behaviour.HANG || row.behaviour() == Behaviour.HANG_DEAF;
          assertThat(timedOut || !hangs && row.behaviour() != Behaviour.ANSWER).isTrue();
        }
      }
    } finally {
      fakes.releaseDeaf();
    }
    assertThat(fakes.answeredSoFar())
        .filteredOn(row -> row.behaviour() != Behaviour.HANG_DEAF)
        .doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Behaviour> behaviours =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, Arbitraries.just(Behaviour.ANSWER)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Behaviour.THROW)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Behaviour.FORGET)));
    return Combinators.combine(Arbitraries.integers().between(1, 60), behaviours)
        .as((positions, behaviour) -> new Row(0, positions, behaviour))
        .list()
        .ofMinSize(1)
        .ofMaxSize(80)
        .map(BatcherPropertyTest::numbered);
  }

  private static List<Row> numbered(List<Row> rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new Row(i, rows.get(i).positions(), rows.get(i).behaviour()))
        .toList();
  }

  @Provide
  Arbitrary<InferenceParameters> shapes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 200),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, 20))
        .as(
            (workers, maxBatch, tokens, linger, capacity) ->
                parameters(workers, maxBatch, tokens, Duration.ofMillis(linger), capacity, NEVER));
  }

  static InferenceParameters parameters(
      int workers,
      int maxBatch,
      int maxBatchTokens,
      Duration linger,
      int queueCapacity,
      Duration timeout) {
    return new InferenceParameters(
        Provider.CPU,
        0,
        false,
        1,
        workers,
        maxBatch,
        maxBatchTokens,
        linger,
        queueCapacity,
        timeout,
        1 << 20);
  }

  private static void expect(Row row, CompletableFuture<Integer> answer) throws Exception {
    if (row.behaviour() == Behaviour.ANSWER) {
      assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(row.number());
    } else {
      assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
          .hasCauseInstanceOf(ModelException.class);
    }
  }

  private static List<CompletableFuture<Integer>> submitFromThreeThreads(
      Batcher<Row, Integer> batcher, List<Row> rows) throws Exception {
    var pool = new ForkJoinPool(3);
    try {
      return pool.submit(
              () ->
                  IntStream.range(0, rows.size())
                      .parallel()
                      .mapToObj(i -> batcher.submit(rows.get(i)))
                      .toList())
          .get(1, TimeUnit.MINUTES);
    } finally {
      pool.shutdown();
    }
  }

  /** Adds up what it is told. */
  static final class Counts implements InferenceMetrics {
    final AtomicInteger rows = new AtomicInteger();
    final AtomicInteger waited = new AtomicInteger();
    final AtomicInteger timedOut = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final List<int[]> batches = new ArrayList<>();

    @Override
    public void batch(int rows, int tokens, int paddedTokens, long nanos) {
      this.rows.addAndGet(rows);
      synchronized (batches) {
        batches.add(new int[] {rows, tokens, paddedTokens});
      }
    }

    @Override
    public void waited(long nanos) {
      waited.incrementAndGet();
    }

    @Override
    public void failed(int rows) {
      failed.addAndGet(rows);
    }

    @Override
    public void timedOut(int rows) {
      timedOut.addAndGet(rows);
    }
  }
}
