package io.github.wenliu.models.extract;

import java.util.List;

/**
 * One block of the numbers that stand for a position of a text.
 *
 * <p>Done in two steps. {@link #find} looks up what there is to know about a window and says it in
 * a few integers; it runs where the text comes from, and what it gives may wait in a queue. {@link
 * #write} spreads them out to {@link #width} floats a position; it runs where the model does,
 * straight into the memory of the batch. Safe for many threads.
 */
sealed interface Feature permits RowFeature, WordFeature, LexiconFeature {

  /** Floats of a position. */
  int width();

  /**
   * Looks up a window.
   *
   * @param window the window
   * @param hints spans of positions that something else knows, within the window
   * @return what {@link #write} wants to know; its layout is the feature's own
   */
  int[] find(KeyWindow window, List<WindowHint> hints);

  /**
   * Writes a position; {@code out} is zero there before.
   *
   * @param found what {@link #find} gave
   * @param position in the window
   * @param at where the block begins
   */
  void write(int[] found, int position, float[] out, int at);
}
