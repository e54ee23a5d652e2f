package io.github.wenliu.operators.flood;

/**
 * Tells a few bad records from a flood of them, over a sliding window of the last records, in O(1)
 * a record. It counts records, not time, so that it judges a slow topic and a backfill alike. Not
 * thread-safe.
 */
public final class FloodGuard {

  private final FloodGuardParameters parameters;

  /** Ring of the last {@code window} records: whether each was rejected. */
  private final boolean[] rejectedAt;

  private int position;
  private int seen;
  private int rejected;

  public FloodGuard(FloodGuardParameters parameters) {
    this.parameters = parameters;
    this.rejectedAt = new boolean[parameters.window()];
  }

  /**
   * Counts one record.
   *
   * @return whether the window is now flooded
   */
  public boolean isFlooded(boolean recordRejected) {
    if (seen == rejectedAt.length) {
      rejected -= rejectedAt[position] ? 1 : 0;
    } else {
      seen++;
    }
    rejectedAt[position] = recordRejected;
    rejected += recordRejected ? 1 : 0;
    position = (position + 1) % rejectedAt.length;
    return recordRejected
        && rejected >= parameters.minimum()
        && rejected >= parameters.share() * seen;
  }

  /** How many of the records in the window were rejected. */
  public int rejected() {
    return rejected;
  }

  /** How many records the window holds. */
  public int seen() {
    return seen;
  }
}
