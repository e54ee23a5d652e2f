package io.github.wenliu.models.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Models that answer a row with its number, or misbehave as the row says; remembers what they were
 * asked. A real model cannot be made to do all of this.
 */
final class FakeModels {

  enum Behaviour {
    /** Answers. */
    ANSWER,
    /** Throws, with all that is in its batch. */
    THROW,
    /** Runs until it is interrupted. */
    HANG,
    /** Runs until {@link FakeModels#releaseDeaf}, whoever interrupts. */
    HANG_DEAF,
    /** Gives an answer too few. */
    FORGET
  }

  record Row(int number, int positions, Behaviour behaviour) {}

  /** Every batch that a model was asked to run, in the order in which they began. */
  final List<List<Row>> batches = new ArrayList<>();

  private final List<Row> answered = new ArrayList<>();

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch deaf = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);

  BatchModel<Row, Integer> open() {
    opened.incrementAndGet();
    return new Model();
  }

  /** Rows of batches that were answered; a run that was let go may still answer. */
  List<Row> answeredSoFar() {
    synchronized (batches) {
      return List.copyOf(answered);
    }
  }

  /** Lets those end that do not hear. */
  void releaseDeaf() {
    deaf.countDown();
  }

  /** Waits until the first batch is being run. */
  void awaitFirstRun() throws InterruptedException {
    entered.await();
  }

  private final class Model implements BatchModel<Row, Integer> {

    private final Object monitor = new Object();
    private boolean running;
    private boolean interrupted;

    @Override
    public int positions(Row row) {
      return row.positions();
    }

    @Override
    public List<Integer> run(List<Row> rows) {
      synchronized (batches) {
        batches.add(rows);
      }
      entered.countDown();
      synchronized (monitor) {
        running = true;
        interrupted = false;
      }
      try {
        for (Row row : rows) {
          behave(row);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        synchronized (monitor) {
          running = false;
        }
      }
      boolean forgets = rows.stream().anyMatch(row -> row.behaviour() == Behaviour.FORGET);
      if (!forgets) {
        synchronized (batches) {
          answered.addAll(rows);
        }
      }
      return rows.stream().skip(forgets ? 1 : 0).map(Row::number).toList();
    }

    private void behave(Row row) throws InterruptedException {
      switch (row.behaviour()) {
        case ANSWER, FORGET -> {}
        case THROW -> throw new IllegalArgumentException("row " + row.number());
        case HANG -> {
          synchronized (monitor) {
            while (!interrupted) {
              monitor.wait();
            }
          }
          throw new ModelException("interrupted");
        }
        case HANG_DEAF -> deaf.await();
      }
    }

    @Override
    public void interrupt() {
      synchronized (monitor) {
        interrupted = running;
        monitor.notifyAll();
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
