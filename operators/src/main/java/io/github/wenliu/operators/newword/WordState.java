package io.github.wenliu.operators.newword;

/**
 * The state of a word after a version, as the topic {@code words} holds it.
 *
 * @param channel tenant
 * @param epoch the version
 * @param seq rank among the words that the version wrote, in the order of code points, from 0
 * @param word the word
 * @param status {@code null} if it is no word any more: the topic gets a tombstone
 * @param score {@code null} for a pinned word that has not occurred often enough to be scored
 * @param firstSeenMillis event time of the end of the first version that had the word
 * @param lastSeenMillis event time of the end of the last version in which it had become more
 *     frequent
 * @param known whether it is on the list of known words
 * @param absorbedBy the longer word, where the status is {@link WordStatus#ABSORBED}
 */
public record WordState(
    String channel,
    long epoch,
    long seq,
    String word,
    WordStatus status,
    WordScore score,
    Long firstSeenMillis,
    Long lastSeenMillis,
    boolean known,
    String absorbedBy) {

  public WordState {
    if (channel == null || word == null) {
      throw new IllegalArgumentException("a word's state has a channel and a word");
    }
  }
}
