package io.github.wenliu.operators.trends;

/**
 * What is kept of a channel.
 *
 * @param epoch the newest epoch that is counted
 * @param documents all that it has had
 * @param weight the same decayed
 * @param landmark of the decay
 * @param windowOpen whether the window of the epoch has still to tell its words
 */
public record TrendTotals(
    long epoch, long documents, double weight, long landmark, boolean windowOpen) {

  /** Of a channel that has had no document. */
  static final TrendTotals NONE = new TrendTotals(Long.MIN_VALUE, 0, 0, 0, false);
}
