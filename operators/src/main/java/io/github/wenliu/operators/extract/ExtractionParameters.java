package io.github.wenliu.operators.extract;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How documents are extracted.
 *
 * @param onFailure what becomes of a document on which the model fails
 * @param capacity documents that one subtask has under way at most
 * @param timeout how long one document may take, waiting for its batch included; longer than a run
 * @param inference how models are run
 * @param directory folder of the user's own model packages, or {@code null}
 * @param repository address that packages may be fetched from, or {@code null}
 * @param cache folder where fetched packages are kept, or {@code null} for one among the temporary
 *     files
 */
public record ExtractionParameters(
    FailurePolicy onFailure,
    int capacity,
    Duration timeout,
    InferenceParameters inference,
    String directory,
    String repository,
    String cache)
    implements Serializable {

  public ExtractionParameters {
    if (onFailure == null || timeout == null || inference == null) {
      throw new IllegalArgumentException("onFailure, timeout and inference must be given");
    }
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive but is " + capacity);
    }
    if (timeout.compareTo(inference.timeout()) <= 0) {
      throw new IllegalArgumentException(
          "timeout must be longer than a run of the model may take, %s, but is %s"
              .formatted(inference.timeout(), timeout));
    }
  }
}
