package io.github.wenliu.operators.document;

/**
 * A record that left the corridor, with its bytes untouched.
 *
 * @param raw the record as it was read
 * @param stage name of the stage that turned it away
 * @param rejection why
 * @param epoch epoch of its effective time
 */
public record DeadLetter(RawRecord raw, String stage, Rejection rejection, long epoch) {

  public DeadLetter {
    if (raw == null || stage == null || rejection == null) {
      throw new IllegalArgumentException("a dead letter has a record, a stage and a reason");
    }
  }
}
