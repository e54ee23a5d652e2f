package io.github.wenliu.operators.newword;

/** Distinct windows with their counts, in ascending order of their symbols. */
abstract class WindowCursor {

  /** The window's symbols, the first {@link #length} of them; reused. */
  final int[] symbols = new int[Ngrams.MAX_ORDER];

  int length;
  long count;

  /** Goes to the next window; {@code false} behind the last one. */
  abstract boolean advance();
}
