package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a tokenized text that fits a transformer, with the tokens that stand around every
 * text put around it.
 *
 * @param text the whole
 * @param from first token of the text's own
 * @param to token after the last
 */
record TokenWindow(TokenizedText text, int from, int to) {

  /** Tokens of the row, the surrounding ones included. */
  int positions() {
    return text.prefix() + to - from + text.suffix();
  }

  /** Token of the whole text that stands at a position of the row. */
  int token(int position) {
    if (position < text.prefix()) {
      return position;
    }
    int own = position - text.prefix();
    return own < to - from
        ? text.prefix() + from + own
        : text.prefix() + text.length() + own - (to - from);
  }

  /**
   * Windows over a text, each beginning with a word where that is possible.
   *
   * @param maxPositions most tokens of a row
   * @param overlap least tokens that two neighbours share
   */
  static List<TokenWindow> cut(TokenizedText text, int maxPositions, int overlap) {
    int most = maxPositions - text.prefix() - text.suffix();
    if (most <= 2 * overlap) {
      throw new IllegalArgumentException(
          "%d positions, %d around the text, are too few for an overlap of %d"
              .formatted(maxPositions, maxPositions - most, overlap));
    }
    var windows = new ArrayList<TokenWindow>();
    int from = 0;
    while (text.length() - from > most) {
      int to = from + most;
      windows.add(new TokenWindow(text, from, to));
      int next = to - overlap;
      while (next > from + most / 2 && !text.beginsWord(next)) {
        next--;
      }
      // a word longer than half a window is cut
      from = text.beginsWord(next) ? next : to - overlap;
    }
    if (text.length() > 0) {
      windows.add(new TokenWindow(text, from, text.length()));
    }
    return windows;
  }

  /**
   * Puts the numbers of windows together: where two overlap, each gives the half that is further
   * from its edge.
   *
   * @param answers {@code [tokens of the window, columns]} for each window
   * @return {@code [tokens of the text, columns]}
   */
  static float[] join(List<TokenWindow> windows, List<float[]> answers, int columns) {
    if (windows.size() == 1) {
      return answers.get(0);
    }
    var last = windows.get(windows.size() - 1);
    var joined = new float[last.to * columns];
    int from = 0;
    for (int i = 0; i < windows.size(); i++) {
      var window = windows.get(i);
      int to = i + 1 == windows.size() ? window.to : (windows.get(i + 1).from + window.to) / 2;
      System.arraycopy(
          answers.get(i),
          (from - window.from) * columns,
          joined,
          from * columns,
          (to - from) * columns);
      from = to;
    }
    return joined;
  }
}
