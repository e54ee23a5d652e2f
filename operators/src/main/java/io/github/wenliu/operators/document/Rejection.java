package io.github.wenliu.operators.document;

/**
 * Why a record is not a document.
 *
 * @param errorClass kind of error
 * @param exceptionClass class name of the exception behind it, or of the check that failed
 * @param message one line for the operator of the job; never holds document text
 */
public record Rejection(ErrorClass errorClass, String exceptionClass, String message) {

  public Rejection {
    if (errorClass == null || exceptionClass == null || message == null) {
      throw new IllegalArgumentException("a rejection names its class, exception and message");
    }
  }
}
