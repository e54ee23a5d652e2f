package io.github.wenliu.pipeline.files;

/** Not everything was published; the message says in one line what is missing and why. */
public final class PublishException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
