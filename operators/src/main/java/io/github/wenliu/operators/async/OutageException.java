package io.github.wenliu.operators.async;

/** Nobody can be asked, which is no document's fault; the task fails and is tried again. */
public class OutageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutageException(String message, Throwable cause) {
    super(message, cause);
  }
}
