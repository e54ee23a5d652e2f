package io.github.wenliu.models.extract;

/**
 * The positions of a text that a model sees at once.
 *
 * @param text the whole text
 * @param from first position
 * @param to position after the last
 */
record KeyWindow(KeySequence text, int from, int to) {

  KeyWindow {
    if (from < 0 || to < from || to > text.length()) {
      throw new IllegalArgumentException(
          "%d-%d is no window of %d positions".formatted(from, to, text.length()));
    }
  }

  int length() {
    return to - from;
  }

  /** Key at a position of the window. */
  int key(int position) {
    return text.key(from + position);
  }
}
