package io.github.wenliu.pipeline.files;

import java.util.concurrent.TimeUnit;

/**
 * A bound on records per second, kept on average since the start and never made up for: what was
 * slow stays slow.
 */
public final class Pace {

  /** As fast as it goes. */
  public static final Pace UNBOUNDED = new Pace(Double.POSITIVE_INFINITY);

  private final double nanosPerRecord;

  private long nextNanos;
  private boolean begun;

  /**
   * @param perSecond most records in a second, positive
   */
  public Pace(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond is " + perSecond + ", must be positive");
    }
    this.nanosPerRecord = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /**
   * Admits one record.
   *
   * @param nowNanos the time, of a clock that never runs backwards
   * @return how long to wait before it is sent, in nanoseconds
   */
  public long admit(long nowNanos) {
    if (!begun || nextNanos - nowNanos < 0) {
      nextNanos = nowNanos;
      begun = true;
    }
    long wait = nextNanos - nowNanos;
    nextNanos += (long) nanosPerRecord;
    return wait;
  }

  /** Waits for the turn of one record. */
  public void await() throws InterruptedException {
    long wait = admit(System.nanoTime());
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }
}
