package io.github.wenliu.operators.async;

/** What becomes of a document on which the model fails. */
public enum FailurePolicy {
  /** It leaves as a dead letter and can be sent again. */
  DEAD_LETTER,
  /** It goes on without what the model would have said, flagged {@code error}. */
  PASS
}
