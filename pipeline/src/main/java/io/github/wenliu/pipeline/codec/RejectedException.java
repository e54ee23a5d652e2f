package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;

/**
 * A record is not a document. The message is for the operator of the job and never holds document
 * text.
 */
final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorClass errorClass;
  private final String exceptionClass;

  RejectedException(ErrorClass errorClass, String message) {
    this(errorClass, message, DocumentDecoder.class.getName());
  }

  RejectedException(ErrorClass errorClass, String message, String exceptionClass) {
    super(message, null, false, false);
    this.errorClass = errorClass;
    this.exceptionClass = exceptionClass;
  }

  Rejection rejection() {
    return new Rejection(errorClass, exceptionClass, getMessage());
  }
}
