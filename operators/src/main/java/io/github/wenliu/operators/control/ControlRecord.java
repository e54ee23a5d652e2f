package io.github.wenliu.operators.control;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import java.io.Serializable;

/**
 * What a record of the topic {@code control} came to: a change, or the reason why it is none.
 * Exactly one of the two is there.
 *
 * @param change what is asked for, or {@code null}
 * @param refusal the answer to a record that asks for nothing sensible, or {@code null}
 */
public record ControlRecord(ControlChange change, ControlAck refusal) implements Serializable {

  public ControlRecord {
    if ((change == null) == (refusal == null) || (refusal != null && refusal.isAccepted())) {
      throw new IllegalArgumentException("a control record is either a change or a refusal");
    }
  }

  public static ControlRecord of(ControlChange change) {
    return new ControlRecord(change, null);
  }

  public static ControlRecord refused(ControlChange change, String reason) {
    return new ControlRecord(null, ControlAck.refused(change, reason));
  }

  /** The same, in force for all time if it is a change. */
  public ControlRecord forAllTime() {
    return change == null ? this : of(change.forAllTime());
  }
}
