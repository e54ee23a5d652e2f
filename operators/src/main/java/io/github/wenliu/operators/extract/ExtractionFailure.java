package io.github.wenliu.operators.extract;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Says why a document could not be extracted, without a word of it. */
final class ExtractionFailure {

  private ExtractionFailure() {}

  /** The reason of a failure. */
  static Rejection of(EnrichedDocument document, Throwable failure) {
    var cause = cause(failure);
    boolean hung = cause instanceof ModelException known && known.isTimedOut();
    // Only the project's own exception is sure to quote nothing.
    var message =
        cause instanceof ModelException
            ? cause.getMessage()
            : "%s failed".formatted(model(document));
    return new Rejection(
        hung ? ErrorClass.INFER_TIMEOUT : ErrorClass.INFER, cause.getClass().getName(), message);
  }

  /** The reason of no answer in time. */
  static Rejection timedOut(EnrichedDocument document, Duration timeout) {
    return new Rejection(
        ErrorClass.INFER_TIMEOUT,
        TimeoutException.class.getName(),
        "%s did not answer within %d ms".formatted(model(document), timeout.toMillis()));
  }

  /** What a failure comes from: futures wrap it. */
  static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String model(EnrichedDocument document) {
    return document.versions().model() + ":" + document.versions().scheme();
  }
}
