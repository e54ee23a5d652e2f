package io.github.wenliu.operators.trends;

import java.util.Locale;

/**
 * Something about the heat of a word, as the topic {@code trends} tells it.
 *
 * @param channel tenant
 * @param epoch in which it happened; of a word at the top of a window the last one of the window
 * @param seq rank among the events of the epoch, from 0
 * @param word the word
 * @param type what happened
 * @param burst how hot the word is; of one at the top of a window, how hot it was at most
 * @param rank place at the top of the window, from 1; {@code null} of other types
 * @param timeMillis event time of the end of the epoch
 */
public record TrendEvent(
    String channel,
    long epoch,
    long seq,
    String word,
    Type type,
    Burst burst,
    Integer rank,
    long timeMillis) {

  /** What is told. */
  public enum Type {
    /** It has become hot. */
    HOT,
    /** It is hot no more. */
    COOLED,
    /** It is among the hottest words of a window. */
    TOP;

    /** The name in output events. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TrendEvent {
    if (channel == null || word == null || type == null || burst == null) {
      throw new IllegalArgumentException("an event has a channel, a word, a type and a burst");
    }
    if ((rank == null) == (type == Type.TOP)) {
      throw new IllegalArgumentException("rank is " + rank + " of an event of type " + type);
    }
  }
}
