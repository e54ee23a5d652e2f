package io.github.wenliu.operators.document;

import java.io.Serializable;

/**
 * The rules of time that all stages share. Event time is cut into epochs; a document of epoch
 * {@code k} is entitled to what was learned up to epoch {@code k - lag}.
 *
 * <p>A watermark {@code w} says that everything with an effective time of at most {@code w} has
 * been seen, so an epoch is closed once the watermark has reached its last millisecond.
 *
 * @param outOfOrdernessMillis how far a document may lie behind the newest of its partition and
 *     keep its own time
 * @param futureBoundMillis how far an event time may lie after the broker's append time and still
 *     be believed
 * @param epochMillis length of an epoch; fixed for the life of the state
 * @param lag how many epochs a version is older than the documents it serves
 */
public record EpochTime(
    long outOfOrdernessMillis, long futureBoundMillis, long epochMillis, int lag)
    implements Serializable {

  /** Five seconds out of order, one minute into the future, epochs of ten seconds, lag two. */
  public static final EpochTime DEFAULT = new EpochTime(5_000, 60_000, 10_000, 2);

  public EpochTime {
    if (epochMillis < 1) {
      throw new IllegalArgumentException("epochMillis is " + epochMillis + ", must be positive");
    }
    if (lag < 1) {
      throw new IllegalArgumentException("lag is " + lag + ", must be at least 1");
    }
    if (outOfOrdernessMillis < 0 || futureBoundMillis < 0) {
      throw new IllegalArgumentException(
          "bounds are "
              + outOfOrdernessMillis
              + " and "
              + futureBoundMillis
              + ", must not be negative");
    }
  }

  /** The same for what is learned with another lag. */
  public EpochTime withLag(int otherLag) {
    return new EpochTime(outOfOrdernessMillis, futureBoundMillis, epochMillis, otherLag);
  }

  /** The epoch that an effective time belongs to. */
  public long epochOf(long effectiveMillis) {
    return Math.floorDiv(effectiveMillis, epochMillis);
  }

  /** The last millisecond of an epoch: a watermark of at least this closes it. */
  public long lastMillisOf(long epoch) {
    return (epoch + 1) * epochMillis - 1;
  }

  /** The newest epoch that a watermark closes; {@code Long.MIN_VALUE} if it closes none. */
  public long lastClosedBy(long watermark) {
    if (watermark == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    return watermark == Long.MAX_VALUE
        ? Long.MAX_VALUE / epochMillis
        : Math.floorDiv(watermark + 1, epochMillis) - 1;
  }

  /**
   * The newest epoch whose version a document of this epoch is entitled to; {@code Long.MIN_VALUE}
   * for the epochs so far back that there is none.
   */
  public long entitledEpoch(long epoch) {
    return epoch < Long.MIN_VALUE + lag ? Long.MIN_VALUE : epoch - lag;
  }

  /** Whether an event time may be believed, given when the broker appended the record. */
  public boolean believes(long eventMillis, long appendMillis) {
    return eventMillis - futureBoundMillis <= appendMillis;
  }
}
