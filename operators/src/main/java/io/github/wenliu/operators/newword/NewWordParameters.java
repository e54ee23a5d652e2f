package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.io.Serializable;
import java.time.Duration;

/**
 * What can be set about new words.
 *
 * @param minCount occurrences below which nothing is a candidate
 * @param hysteresis how far below 0 the score of a word may fall before it is taken back
 * @param versionSymbols symbols that a channel must have read since the last version before the
 *     next one
 * @param versionShare the same, as a share of all that the channel has read; the larger of the two
 *     counts. A version is a pass over all statistics, so the share bounds the work per symbol
 * @param versionMaxSymbols so many symbols are enough however long the channel's past is
 * @param repostsMillis how long after a text counted the same text does not count again; 0 counts
 *     each as often as it comes
 * @param pruneSymbols each time that a channel has read so many symbols, n-grams that are rare and
 *     have not occurred since the last time are forgotten; 0 for never: all counts are exact
 * @param memoryBytes of a subtask for n-grams; what is beyond is read from state at each version
 * @param emitKnown whether words of the list of known words are written, marked as known
 */
public record NewWordParameters(
    int minCount,
    double hysteresis,
    long versionSymbols,
    double versionShare,
    long versionMaxSymbols,
    long repostsMillis,
    long pruneSymbols,
    long memoryBytes,
    boolean emitKnown)
    implements Serializable {

  /**
   * Five occurrences, one below zero, a version every thousand symbols or ten per cent, at most a
   * million, a text once a week.
   */
  public static final NewWordParameters DEFAULT =
      new NewWordParameters(
          5, 1.0, 1_000, 0.1, 1_000_000, Duration.ofDays(7).toMillis(), 0, 256L << 20, false);

  /** Whether n-grams are never forgotten. */
  public boolean isExact() {
    return pruneSymbols == 0;
  }

  /** Whether a text counts as often as it comes. */
  public boolean countsReposts() {
    return repostsMillis == 0;
  }

  /** How many epochs behind its own a text does not count again. */
  long repostEpochs(EpochTime time) {
    return -Math.floorDiv(-repostsMillis, time.epochMillis());
  }

  public NewWordParameters {
    if (minCount < 2) {
      throw new IllegalArgumentException("minCount is " + minCount + ", must be at least 2");
    }
    if (!(hysteresis >= 0)) {
      throw new IllegalArgumentException("hysteresis is " + hysteresis + ", must not be negative");
    }
    if (versionSymbols < 1) {
      throw new IllegalArgumentException(
          "versionSymbols is " + versionSymbols + ", must be positive");
    }
    if (!(versionShare >= 0)) {
      throw new IllegalArgumentException(
          "versionShare is " + versionShare + ", must not be negative");
    }
    if (versionMaxSymbols < 1) {
      throw new IllegalArgumentException(
          "versionMaxSymbols is " + versionMaxSymbols + ", must be positive");
    }
    if (repostsMillis < 0) {
      throw new IllegalArgumentException(
          "repostsMillis is " + repostsMillis + ", must not be negative");
    }
    if (pruneSymbols < 0) {
      throw new IllegalArgumentException(
          "pruneSymbols is " + pruneSymbols + ", must not be negative");
    }
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "memoryBytes is " + memoryBytes + ", must not be negative");
    }
  }
}
