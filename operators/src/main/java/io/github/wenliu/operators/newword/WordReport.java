package io.github.wenliu.operators.newword;

/**
 * What the scorer has to say of a word at a version.
 *
 * @param channel tenant
 * @param epoch the version
 * @param score its statistics
 * @param level where its score puts it
 * @param longer the longer candidate that holds almost all of its occurrences, or {@code null}
 * @param firstSeenMillis event time of the end of the first version that had the word
 * @param lastSeenMillis event time of the end of the last version in which it was more frequent
 */
public record WordReport(
    String channel,
    long epoch,
    WordScore score,
    Level level,
    String longer,
    long firstSeenMillis,
    long lastSeenMillis) {

  /** What a score makes of a word. */
  public enum Level {
    /** At least 0. */
    LIVE,
    /** Below 0, and not far enough below for a word that was one. */
    HELD,
    /** No word any more. */
    GONE
  }
}
