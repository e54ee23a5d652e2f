package io.github.wenliu.operators.newword;

/** Distinct windows with their counts, in ascending order of their symbols. */
interface WindowCursor {

  /** Goes to the next window; {@code false} behind the last one. */
  boolean advance();

  /** The window's symbols, the first {@link #length()} of them; reused. */
  int[] symbols();

  int length();

  long count();
}
