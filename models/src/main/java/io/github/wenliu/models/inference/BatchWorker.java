package io.github.wenliu.models.inference;

import io.github.wenliu.models.inference.BatchQueue.Waiting;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes batches and runs them on its model until the queue is closed or it is left behind; then
 * closes the model. A run belongs to whoever decides it first: the worker that comes back from the
 * model, or the watchdog that gives it up.
 */
final class BatchWorker<R, A> implements Runnable {

  private final String name;
  private final BatchModel<R, A> model;
  private final BatchQueue<R, A> queue;
  private final Batcher<R, A> batcher;
  private final InferenceMetrics metrics;
  private Thread thread;
  private volatile Running<R, A> running;
  private volatile boolean abandoned;

  /**
   * A run under way. Its monitor is held while it is decided and, if it is given up, interrupted.
   */
  private static final class Running<R, A> {
    final List<Waiting<R, A>> batch;
    final long sinceNanos = System.nanoTime();
    private boolean decided;

    Running(List<Waiting<R, A>> batch) {
      this.batch = batch;
    }

    /**
     * Whether the caller is the first to decide it; the model is interrupted before the next run.
     */
    synchronized boolean decide(BatchModel<R, A> toInterrupt) {
      if (decided) {
        return false;
      }
      decided = true;
      if (toInterrupt != null) {
        toInterrupt.interrupt();
      }
      return true;
    }
  }

  BatchWorker(
      String name,
      BatchModel<R, A> model,
      BatchQueue<R, A> queue,
      Batcher<R, A> batcher,
      InferenceMetrics metrics) {
    this.name = name;
    this.model = model;
    this.queue = queue;
    this.batcher = batcher;
    this.metrics = metrics;
  }

  void start(Thread on) {
    thread = on;
    thread.start();
  }

  /** Waits for the end of the thread, or until then; whether it could wait uninterrupted. */
  boolean awaitEnd(long deadlineNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    if (thread == Thread.currentThread() || millis <= 0) {
      return true;
    }
    try {
      thread.join(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void run() {
    try {
      while (!abandoned) {
        List<Waiting<R, A>> batch = queue.take();
        if (batch.isEmpty()) {
          return;
        }
        try {
          long now = System.nanoTime();
          batch.forEach(waiting -> metrics.waited(now - waiting.sinceNanos()));
          answer(batch);
        } catch (RuntimeException | Error e) {
          // a defect of the metrics; no row may be lost to it, and those that have answers keep
          // them
          fail(batch, failed(e));
        }
      }
    } finally {
      batcher.ended(this);
      model.close();
    }
  }

  /**
   * Gives a run up that takes too long.
   *
   * @return nanoseconds until the next look at it; 0 if it was asked to end and did not
   */
  long checkTimeout(long now, long timeoutNanos, long graceNanos) {
    Running<R, A> run = running;
    if (run == null) {
      return Long.MAX_VALUE;
    }
    long taken = now - run.sinceNanos;
    if (taken < timeoutNanos) {
      return timeoutNanos - taken;
    }
    giveUp(run, ModelException.timedOut("%s: a run took longer than allowed".formatted(name)));
    return Math.max(0, timeoutNanos + graceNanos - taken);
  }

  /** Fails the rows of the run under way, if there is one, and asks it to end. */
  void giveUp(ModelException why) {
    Running<R, A> run = running;
    if (run != null) {
      giveUp(run, why);
    }
  }

  /** Lets no batch begin on this worker any more. */
  void abandon() {
    abandoned = true;
  }

  private void giveUp(Running<R, A> run, ModelException why) {
    if (run.decide(model)) {
      batcher.ended(run.batch.size());
      if (why.isTimedOut()) {
        metrics.timedOut(run.batch.size());
      }
      fail(run.batch, why);
    }
  }

  private void answer(List<Waiting<R, A>> batch) {
    var run = new Running<>(batch);
    running = run;
    batcher.begun(batch.size());
    List<A> answers = null;
    Throwable failure = null;
    try {
      answers = model.run(batch.stream().map(Waiting::row).toList());
      if (answers.size() != batch.size()) {
        failure =
            new ModelException(
                "%s: expected %d answers but found %d"
                    .formatted(name, batch.size(), answers.size()));
      }
    } catch (Throwable e) {
      failure = e;
    }
    long nanos = System.nanoTime() - run.sinceNanos;
    boolean mine = run.decide(null);
    running = null;
    if (!mine) {
      return;
    }
    batcher.ended(batch.size());
    if (failure == null) {
      report(batch, nanos);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } else if (batch.size() > 1 && queue.putAlone(batch)) {
      metrics.failed(batch.size());
    } else {
      metrics.failed(batch.size());
      fail(batch, failed(failure));
    }
  }

  private ModelException failed(Throwable failure) {
    return failure instanceof ModelException model
        ? model
        : new ModelException("%s: the run failed: %s".formatted(name, failure), failure);
  }

  private void fail(List<Waiting<R, A>> batch, ModelException why) {
    batch.forEach(waiting -> waiting.answer().completeExceptionally(why));
  }

  private void report(List<Waiting<R, A>> batch, long nanos) {
    int tokens = 0;
    for (Waiting<R, A> waiting : batch) {
      tokens += waiting.positions();
    }
    metrics.batch(batch.size(), tokens, batch.size() * batch.get(0).padded(), nanos);
  }
}
