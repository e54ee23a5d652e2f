package io.github.wenliu.operators.async;

import java.io.Serializable;
import java.time.Duration;

/**
 * Bounds of what is under way.
 *
 * @param onFailure what becomes of a document on which the model fails
 * @param capacity documents that one subtask has under way at most
 * @param timeout how long one document may take, waiting for its batch included
 */
public record AnswerParameters(FailurePolicy onFailure, int capacity, Duration timeout)
    implements Serializable {

  public AnswerParameters {
    if (onFailure == null || timeout == null) {
      throw new IllegalArgumentException("onFailure and timeout must be given");
    }
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive but is " + capacity);
    }
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeout must be positive but is " + timeout);
    }
  }
}
