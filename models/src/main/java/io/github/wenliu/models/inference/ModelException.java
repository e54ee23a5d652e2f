package io.github.wenliu.models.inference;

/**
 * A model package that cannot be used, or a model that failed. The message is one line: what is
 * wrong with which file, what was expected and what was found; never text of a document.
 */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean timedOut;

  public ModelException(String message) {
    this(message, null);
  }

  public ModelException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private ModelException(String message, Throwable cause, boolean timedOut) {
    super(message, cause);
    this.timedOut = timedOut;
  }

  /** A run that took longer than it may. */
  public static ModelException timedOut(String message) {
    return new ModelException(message, null, true);
  }

  /** Whether a run took longer than it may. */
  public boolean isTimedOut() {
    return timedOut;
  }
}
