package io.github.wenliu.operators.flood;

/**
 * Too much of what comes turns into dead letters; the job stops rather than drain the topic into
 * them.
 */
public final class FloodException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param flood the guard that saw it
   * @param what what is wrong with so many: "records are no documents"
   * @param lastOrigin where the last of them stands
   * @param lastClass its error class
   * @param remedy what to look at, or to set
   */
  public FloodException(
      FloodGuard flood, String what, String lastOrigin, String lastClass, String remedy) {
    super(
        "%d of the last %d %s (last: %s, %s); the job stops and keeps its place. %s, or raise deadLetters.flood.share, then start the job again from its newest checkpoint"
            .formatted(flood.rejected(), flood.seen(), what, lastOrigin, lastClass, remedy));
  }
}
