package io.github.wenliu.models.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rows that wait to be run, in buckets of one padded length. A bucket is due when it can fill a
 * batch or when its oldest row has waited for the linger time; of the buckets that are due, the one
 * with the oldest row goes first, so no length starves. Whoever brings more rows than there is room
 * for waits.
 *
 * <p>A put or a take costs O(number of distinct padded lengths that wait).
 *
 * @param <R> a row
 * @param <A> its answer
 */
final class BatchQueue<R, A> {

  private final int capacity;
  private final int maxBatch;
  private final int maxBatchTokens;
  private final long lingerNanos;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  /** By padded length; a bucket that is empty is removed. */
  private final Map<Integer, ArrayDeque<Waiting<R, A>>> buckets = new HashMap<>();

  /** Rows of a batch that failed; each is a batch of its own, before all others. */
  private final ArrayDeque<Waiting<R, A>> alone = new ArrayDeque<>();

  private int size;
  private boolean closed;

  /**
   * A row that waits.
   *
   * @param positions without padding
   * @param sinceNanos when it came
   */
  record Waiting<R, A>(R row, int positions, long sinceNanos, CompletableFuture<A> answer) {

    int padded() {
      return BatchModel.padded(positions);
    }
  }

  BatchQueue(InferenceParameters parameters) {
    this.capacity = parameters.queueCapacity();
    this.maxBatch = parameters.maxBatch();
    this.maxBatchTokens = parameters.maxBatchTokens();
    this.lingerNanos = parameters.linger().toNanos();
  }

  /**
   * Adds a row, as soon as there is room.
   *
   * @return whether it was added: not if the queue is closed
   */
  boolean put(Waiting<R, A> waiting) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (size >= capacity && !closed) {
        room.await();
      }
      if (closed) {
        return false;
      }
      var bucket = buckets.computeIfAbsent(waiting.padded(), padded -> new ArrayDeque<>());
      bucket.add(waiting);
      size++;
      // the others change neither when a worker must wake up nor what it finds
      if (bucket.size() == 1 || bucket.size() == limit(waiting.padded())) {
        arrived.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets rows in again, each to be run alone; they need no room.
   *
   * @return whether they were let in: not if the queue is closed
   */
  boolean putAlone(List<Waiting<R, A>> batch) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      alone.addAll(batch);
      size += batch.size();
      arrived.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, as soon as one is due; nothing once the queue is closed. */
  List<Waiting<R, A>> take() {
    lock.lock();
    try {
      while (!closed) {
        if (!alone.isEmpty()) {
          size--;
          return List.of(alone.remove());
        }
        long patience = Long.MAX_VALUE;
        ArrayDeque<Waiting<R, A>> oldest = null;
        long now = System.nanoTime();
        for (var bucket : buckets.values()) {
          var head = bucket.peek();
          boolean full = bucket.size() >= limit(head.padded());
          long remaining = full ? 0 : lingerNanos - (now - head.sinceNanos());
          if (remaining > 0) {
            patience = Math.min(patience, remaining);
          } else if (oldest == null || head.sinceNanos() - oldest.peek().sinceNanos() < 0) {
            oldest = bucket;
          }
        }
        if (oldest != null) {
          return remove(oldest);
        }
        await(patience);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void await(long nanos) {
    try {
      if (nanos == Long.MAX_VALUE) {
        arrived.awaitUninterruptibly();
      } else {
        arrived.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // a worker ends when the queue is closed, not when somebody interrupts it
    }
  }

  /** Lets nobody in any more and gives back all that waits. */
  List<Waiting<R, A>> close() {
    lock.lock();
    try {
      closed = true;
      var left = new ArrayList<>(alone);
      buckets.values().forEach(left::addAll);
      alone.clear();
      buckets.clear();
      size = 0;
      arrived.signalAll();
      room.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  private List<Waiting<R, A>> remove(ArrayDeque<Waiting<R, A>> bucket) {
    int padded = bucket.peek().padded();
    int rows = Math.min(bucket.size(), limit(padded));
    var batch = new ArrayList<Waiting<R, A>>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(bucket.remove());
    }
    if (bucket.isEmpty()) {
      buckets.remove(padded);
    }
    size -= rows;
    if (size > 0) {
      // somebody must look after what is left, which this worker now cannot
      arrived.signal();
    }
    room.signalAll();
    return batch;
  }

  /** Rows of a full batch of that padded length; at least one. */
  private int limit(int padded) {
    return Math.max(1, Math.min(maxBatch, maxBatchTokens / padded));
  }
}
