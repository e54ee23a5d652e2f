package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.newword.WordReport.Level;

/**
 * What is remembered of a word between versions of the vocabulary.
 *
 * @param level where its score put it when it was last reported; {@code GONE} for one that was
 *     never
 * @param score its statistics then, or {@code null}
 * @param longer the longer candidate that holds almost all of its occurrences, or {@code null}
 * @param firstSeenMillis as in {@link WordState}
 * @param lastSeenMillis as in {@link WordState}
 * @param pinned whether somebody said that it is a word
 * @param banned whether somebody said that it is none
 * @param shown its status in the topic of words, {@code null} if it is not there
 * @param tagged its count in the vocabulary that tags documents, 0 if it is not there
 */
public record VocabularyEntry(
    Level level,
    WordScore score,
    String longer,
    Long firstSeenMillis,
    Long lastSeenMillis,
    boolean pinned,
    boolean banned,
    WordStatus shown,
    long tagged) {

  static final VocabularyEntry NONE =
      new VocabularyEntry(Level.GONE, null, null, null, null, false, false, null, 0);

  VocabularyEntry with(WordReport report) {
    return new VocabularyEntry(
        report.level(),
        report.score(),
        report.longer(),
        report.firstSeenMillis(),
        report.lastSeenMillis(),
        pinned,
        banned,
        shown,
        tagged);
  }

  VocabularyEntry withControl(boolean pinned, boolean banned) {
    return new VocabularyEntry(
        level, score, longer, firstSeenMillis, lastSeenMillis, pinned, banned, shown, tagged);
  }

  VocabularyEntry with(WordStatus shown, long tagged) {
    return new VocabularyEntry(
        level, score, longer, firstSeenMillis, lastSeenMillis, pinned, banned, shown, tagged);
  }

  /** Whether nothing about the word needs to be remembered. */
  boolean isForgettable() {
    return level == Level.GONE && !pinned && !banned && shown == null && tagged == 0;
  }
}
