package io.github.wenliu.operators.async;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * Who asks, and how it says that a document was not answered: never with a word of it.
 *
 * @param name in metrics and dead letters
 * @param failed class of documents on which the model failed
 * @param timedOut class of documents that were not answered in time
 * @param flooded what is wrong with a flood of them: "documents could not be extracted"
 */
public record AnswerStage(String name, ErrorClass failed, ErrorClass timedOut, String flooded)
    implements Serializable {

  /**
   * The reason of a failure.
   *
   * @param asked name of the model
   */
  Rejection rejection(String asked, Throwable failure) {
    var cause = cause(failure);
    boolean hung = cause instanceof ModelException known && known.isTimedOut();
    // Only the project's own exception is sure to quote nothing.
    var message = cause instanceof ModelException ? cause.getMessage() : asked + " failed";
    return new Rejection(hung ? timedOut : failed, cause.getClass().getName(), message);
  }

  /**
   * The reason of no answer in time.
   *
   * @param asked name of the model
   */
  Rejection lateness(String asked, Duration timeout) {
    return new Rejection(
        timedOut,
        TimeoutException.class.getName(),
        "%s did not answer within %d ms".formatted(asked, timeout.toMillis()));
  }

  /** What a failure comes from: futures wrap it. */
  static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
