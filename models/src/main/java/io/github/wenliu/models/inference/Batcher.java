package io.github.wenliu.models.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs the rows of many callers in batches. Each worker thread has a model of its own. A row is
 * answered exactly once, by its future, on the thread that ran it.
 *
 * <ul>
 *   <li>A batch that fails is run again row by row, so that a bad row fails alone.
 *   <li>A run that takes longer than the timeout fails its rows and is asked to end. If it does not
 *       end, its worker and its model are left behind and replaced; the model is closed if the run
 *       ever ends. With {@value #MAX_LEFT_BEHIND} left behind at one time the batcher gives up and
 *       refuses everything.
 *   <li>{@link #close} fails what waits, lets runs under way end for a while, and never waits
 *       longer.
 * </ul>
 *
 * @param <R> a row, encoded
 * @param <A> its answer, decoded
 */
public final class Batcher<R, A> implements AutoCloseable {

  static final int MAX_LEFT_BEHIND = 3;

  /** How long a run may go on after it was asked to end, at most. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final String name;
  private final Supplier<? extends BatchModel<R, A>> models;
  private final InferenceMetrics metrics;
  private final long timeoutNanos;
  private final long graceNanos;
  private final BatchQueue<R, A> queue;
  private final AtomicInteger inFlight = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition watched = lock.newCondition();

  /** Those that take batches; under the lock. */
  private final List<BatchWorker<R, A>> workers = new ArrayList<>();

  /** Those that hang; under the lock. */
  private final List<BatchWorker<R, A>> leftBehind = new ArrayList<>();

  private int threads;
  private boolean closed;

  /** Whether the watchdog saw nothing run, so that the next run must wake it. */
  private volatile boolean idle;

  private volatile ModelException refusal;
  private final Thread watchdog;
  private final BatchModel<R, A> measure;

  /**
   * Opens the models and starts the workers.
   *
   * @param name for threads and messages
   * @param models opens a model; called once for each worker and for each replacement
   */
  public Batcher(
      String name,
      Supplier<? extends BatchModel<R, A>> models,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    this.name = name;
    this.models = models;
    this.metrics = metrics;
    this.timeoutNanos = parameters.timeout().toNanos();
    this.graceNanos = Math.min(timeoutNanos, GRACE.toNanos());
    this.queue = new BatchQueue<>(parameters);
    var opened = new ArrayList<BatchModel<R, A>>();
    try {
      for (int i = 0; i < parameters.workers(); i++) {
        opened.add(models.get());
      }
    } catch (RuntimeException | Error e) {
      opened.forEach(BatchModel::close);
      throw e;
    }
    this.measure = opened.get(0);
    this.watchdog = daemon(this::watch, name + " watchdog");
    lock.lock();
    try {
      opened.forEach(this::start);
    } finally {
      lock.unlock();
    }
    watchdog.start();
  }

  /**
   * Gives a row in. Waits where too many wait already, so it must not be called from what continues
   * on an answer.
   *
   * @return the answer, or a {@link ModelException}; what continues on it runs on a worker's thread
   *     and must not block
   */
  public CompletableFuture<A> submit(R row) {
    int positions = measure.positions(row);
    if (positions < 1) {
      throw new IllegalArgumentException("a row has positions but this one has " + positions);
    }
    var answer = new CompletableFuture<A>();
    try {
      if (!queue.put(new BatchQueue.Waiting<>(row, positions, System.nanoTime(), answer))) {
        answer.completeExceptionally(refusal());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(
          new ModelException("%s: interrupted before there was room".formatted(name), e));
    }
    return answer;
  }

  /** Rows that wait. */
  public int waiting() {
    return queue.size();
  }

  /** Rows that are being run. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Runs that hang and were left behind. */
  public int leftBehind() {
    lock.lock();
    try {
      return leftBehind.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<BatchWorker<R, A>> running;
    lock.lock();
    try {
      closed = true;
      running = List.copyOf(workers);
      watched.signalAll();
    } finally {
      lock.unlock();
    }
    queue.close().forEach(waiting -> waiting.answer().completeExceptionally(refusal()));
    long deadline = System.nanoTime() + graceNanos;
    boolean interrupted = false;
    for (BatchWorker<R, A> worker : running) {
      interrupted |= !worker.awaitEnd(deadline);
    }
    for (BatchWorker<R, A> worker : running) {
      worker.giveUp(new ModelException("%s: closed while it ran".formatted(name)));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called by a worker: a run begins. */
  void begun(int rows) {
    inFlight.addAndGet(rows);
    if (idle) {
      lock.lock();
      try {
        idle = false;
        watched.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Called by a worker: a run is over, or has been given up. */
  void ended(int rows) {
    inFlight.addAndGet(-rows);
  }

  /** Called by a worker: its thread ends. */
  void ended(BatchWorker<R, A> worker) {
    lock.lock();
    try {
      workers.remove(worker);
      leftBehind.remove(worker);
    } finally {
      lock.unlock();
    }
  }

  private void start(BatchModel<R, A> model) {
    var worker = new BatchWorker<>(name, model, queue, this, metrics);
    workers.add(worker);
    worker.start(daemon(worker, name + " " + threads++));
  }

  /** Looks at the runs when the oldest may have taken too long; sleeps while nothing runs. */
  private void watch() {
    for (List<BatchWorker<R, A>> some = look(); some != null; some = look()) {
      long now = System.nanoTime();
      long patience = Long.MAX_VALUE;
      for (BatchWorker<R, A> worker : some) {
        // completes futures, so without the lock
        long left = worker.checkTimeout(now, timeoutNanos, graceNanos);
        if (left > 0) {
          patience = Math.min(patience, left);
        } else {
          leaveBehind(worker);
        }
      }
      sleep(patience);
    }
  }

  /** The workers and those left behind, or {@code null} once closed. */
  private List<BatchWorker<R, A>> look() {
    lock.lock();
    try {
      // said before the look, so that a run that begins during it is not missed
      idle = true;
      if (closed) {
        return null;
      }
      var all = new ArrayList<>(workers);
      // one that came to itself in the last moment may have begun another run
      all.addAll(leftBehind);
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void sleep(long nanos) {
    lock.lock();
    try {
      if (nanos < Long.MAX_VALUE) {
        idle = false;
        watched.awaitNanos(nanos);
      } else if (idle && !closed) {
        watched.awaitUninterruptibly();
      }
    } catch (InterruptedException e) {
      // the watchdog ends when the batcher is closed, not when somebody interrupts it
    } finally {
      lock.unlock();
    }
  }

  private void leaveBehind(BatchWorker<R, A> worker) {
    int hanging;
    lock.lock();
    try {
      if (closed || !workers.remove(worker)) {
        return;
      }
      worker.abandon();
      leftBehind.add(worker);
      hanging = leftBehind.size();
    } finally {
      lock.unlock();
    }
    if (hanging >= MAX_LEFT_BEHIND) {
      refuse(
          new ModelException(
              "%s: %d runs hang and were left behind; no more are started"
                  .formatted(name, hanging)));
    } else {
      daemon(this::replace, name + " replacement").start();
    }
  }

  /** Opens a model and starts a worker for it; opening may take long, so it has its own thread. */
  private void replace() {
    BatchModel<R, A> model;
    try {
      model = models.get();
    } catch (RuntimeException | Error e) {
      refuse(new ModelException("%s: cannot be opened again after a run hung".formatted(name), e));
      return;
    }
    lock.lock();
    try {
      if (!closed) {
        start(model);
        return;
      }
    } finally {
      lock.unlock();
    }
    model.close();
  }

  private void refuse(ModelException why) {
    refusal = why;
    queue.close().forEach(waiting -> waiting.answer().completeExceptionally(refusal()));
  }

  private ModelException refusal() {
    ModelException why = refusal;
    return why == null
        ? new ModelException("%s: is closed".formatted(name))
        : new ModelException(why.getMessage(), why);
  }

  private static Thread daemon(Runnable work, String name) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
