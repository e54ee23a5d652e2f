package io.github.wenliu.operators.door;

/**
 * Too many records of the input are bad; the job stops rather than drain the topic into the dead
 * letters.
 */
public final class FloodException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FloodException(int rejected, int seen, String lastOrigin, String lastClass) {
    super(
        rejected
            + " of the last "
            + seen
            + " records are no documents (last: "
            + lastOrigin
            + ", "
            + lastClass
            + "); the job stops and keeps its place. Check the topic and its producer, or raise"
            + " deadLetters.flood.share, then start the job again from its newest checkpoint");
  }
}
