package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;
import java.io.Serializable;

/**
 * What a record of the topic {@code kb} asks for: an entry is there as it says, or is there no
 * more.
 *
 * @param channel tenant
 * @param id of the entry
 * @param entry {@code null} to delete it
 * @param effectiveFromMillis event time from which it shall count, in epoch milliseconds; {@code
 *     null} for as soon as possible, {@link ControlChange#FOR_ALL_TIME} if it stood there before
 *     the job began, which nobody waits to have answered
 * @param origin where the record stands, {@code topic-partition-offset}
 */
public record KbChange(
    String channel, String id, KbEntry entry, Long effectiveFromMillis, String origin)
    implements Serializable {

  public KbChange {
    if (channel == null || id == null || origin == null) {
      throw new IllegalArgumentException("a change has a channel, an id and an origin");
    }
  }

  /** Whether it stood there before the job began. */
  public boolean isForAllTime() {
    return effectiveFromMillis != null && effectiveFromMillis == ControlChange.FOR_ALL_TIME;
  }

  /** The same change, in force for all time. */
  public KbChange forAllTime() {
    return new KbChange(channel, id, entry, ControlChange.FOR_ALL_TIME, origin);
  }
}
