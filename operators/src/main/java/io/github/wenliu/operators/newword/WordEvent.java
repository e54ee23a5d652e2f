package io.github.wenliu.operators.newword;

import java.util.Locale;

/**
 * Something that happened to a word, as the topic {@code word-events} tells it.
 *
 * @param channel tenant
 * @param epoch the version in which it happened
 * @param seq rank among the events of the version, in the order of the words' code points, from 0
 * @param word the word
 * @param type what happened
 * @param reason why, in a few words for people
 * @param timeMillis event time of the end of the version
 * @param score the statistics at that moment, {@code null} where there are none
 * @param by the longer word that absorbs it, where the type is {@link Type#UPGRADED}
 */
public record WordEvent(
    String channel,
    long epoch,
    long seq,
    String word,
    Type type,
    String reason,
    long timeMillis,
    WordScore score,
    String by) {

  /** What can happen to a word. */
  public enum Type {
    /** It became a word, or one again. */
    ANNOUNCED,
    /** A longer word took its place. */
    UPGRADED,
    /** Its score fell below 0 but not below the point of no return. */
    HELD,
    /** It is no word any more. */
    RETRACTED,
    /** Somebody said that it is a word. */
    PINNED,
    /** Somebody said that it is none. */
    BANNED,
    /** A ban was taken back, and that alone does not announce it. */
    RELEASED;

    /** The name in output events. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public WordEvent {
    if (channel == null || word == null || type == null || reason == null) {
      throw new IllegalArgumentException("an event has a channel, a word, a type and a reason");
    }
  }
}
