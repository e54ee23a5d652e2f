package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;

/**
 * A change of the knowledge base that waits for its time.
 *
 * @param change what is asked for
 * @param asked whom to answer
 * @param epoch from which it counts
 */
public record ScheduledChange(KbChange change, ControlChange asked, long epoch) {

  /** Names what it is about: {@code channel/id}. */
  String key() {
    return change.channel() + "/" + change.id();
  }
}
