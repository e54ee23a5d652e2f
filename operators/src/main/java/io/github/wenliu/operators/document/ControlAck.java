package io.github.wenliu.operators.document;

import java.io.Serializable;

/**
 * The answer to a {@link ControlChange}.
 *
 * @param change what was asked for
 * @param epoch the first epoch whose version shows the change; {@code null} if it was refused
 * @param reason why it was refused, or {@code null} if it was accepted
 */
public record ControlAck(ControlChange change, Long epoch, String reason) implements Serializable {

  public ControlAck {
    if (change == null || (epoch == null) == (reason == null)) {
      throw new IllegalArgumentException("an answer has a change, and either an epoch or a reason");
    }
  }

  public boolean isAccepted() {
    return reason == null;
  }

  /** Refuses a change. */
  public static ControlAck refused(ControlChange change, String reason) {
    return new ControlAck(change, null, reason);
  }
}
