package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedModelsTest {

  private static final SharedModels.Key KEY =
      new SharedModels.Key("abc", "news", InferenceParameters.DEFAULT);

  private final SharedModels shared = new SharedModels();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private final class Opened implements AutoCloseable {
    Opened() {
      opened.incrementAndGet();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void theFirstOpensAndTheLastCloses() {
    var first = shared.acquire(KEY, Opened.class, Opened::new);
    var second = shared.acquire(KEY, Opened.class, Opened::new);
    assertThat(second.value()).isSameAs(first.value());
    first.close();
    first.close();
    assertThat(closed).hasValue(0);
    second.close();
    assertThat(closed).hasValue(1);
    assertThat(shared.size()).isZero();
    shared.acquire(KEY, Opened.class, Opened::new).close();
    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(2);
  }

  @Test
  void otherSchemesAreSomethingElse() {
    var other = new SharedModels.Key("abc", "news+duie", InferenceParameters.DEFAULT);
    try (var one = shared.acquire(KEY, Opened.class, Opened::new);
        var two = shared.acquire(other, Opened.class, Opened::new)) {
      assertThat(one.value()).isNotSameAs(two.value());
    }
  }

  @Test
  void manyWhoAskAtOnceOpenItOnce() {
    var go = new CountDownLatch(1);
    var askers = new ArrayList<CompletableFuture<Opened>>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var answer = new CompletableFuture<Opened>();
      askers.add(answer);
      var thread =
          new Thread(
              () ->
                  answer.complete(
                      shared
                          .acquire(
                              KEY,
                              Opened.class,
                              () -> {
                                go.await();
                                return new Opened();
                              })
                          .value()));
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    assertThat(askers).extracting(CompletableFuture::join).containsOnly(askers.get(0).join());
    assertThat(opened).hasValue(1);
  }

  @Test
  void anOpeningThatFailsFailsForAllWhoWaitAndIsForgotten() throws Exception {
    var go = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var first = new CompletableFuture<Throwable>();
    var second = new CompletableFuture<Throwable>();
    start(
        first,
        () -> {
          begun.countDown();
          go.await();
          throw new ModelException("cannot");
        });
    begun.await();
    start(second, Opened::new);
    // the second may also come after the failure and open it well
    go.countDown();
    assertThat(first.get()).isInstanceOf(ModelException.class).hasMessage("cannot");
    if (second.get() != null) {
      assertThat(second.get()).isInstanceOf(ModelException.class).hasMessage("cannot");
    }
    try (var share = shared.acquire(KEY, Opened.class, Opened::new)) {
      assertThat(share.value()).isNotNull();
    }
  }

  @Test
  void whatFailsOtherwiseIsToldAsAModelThatCannotBeOpened() {
    assertThatThrownBy(
            () ->
                shared.acquire(
                    KEY,
                    Opened.class,
                    () -> {
                      throw new IllegalStateException("odd");
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("odd");
    assertThat(shared.size()).isZero();
  }

  @Test
  void whoeverIsInterruptedWhileWaitingLeavesTheOthersAlone() throws Exception {
    var go = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var opener = new CompletableFuture<Throwable>();
    start(
        opener,
        () -> {
          begun.countDown();
          go.await();
          return new Opened();
        });
    begun.await();
    var waiter = new CompletableFuture<Throwable>();
    Thread waiting = start(waiter, Opened::new);
    waiting.interrupt();
    assertThat(waiter.get()).isInstanceOf(ModelException.class).hasMessageContaining("interrupted");
    go.countDown();
    assertThat(opener.get()).isNull();
    assertThat(opened).hasValue(1);
    assertThat(closed).hasValue(0);
  }

  private Thread start(
      CompletableFuture<Throwable> failure, java.util.concurrent.Callable<Opened> opener) {
    var thread =
        new Thread(
            () -> {
              try {
                shared.acquire(KEY, Opened.class, opener);
                failure.complete(null);
              } catch (RuntimeException e) {
                failure.complete(e);
              }
            });
    thread.start();
    return thread;
  }
}
