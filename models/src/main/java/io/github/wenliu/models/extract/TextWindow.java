package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text that is short enough for a model.
 *
 * <p>A text that fits is one window, however many sentences it has. A longer one is cut behind the
 * last sentence end in the second half of what fits. Where there is none it is cut hard, and the
 * next window begins so many positions earlier that what the cut went through is whole there.
 *
 * @param from first position
 * @param to position after the last
 * @param cutBefore whether the text was cut hard before it
 * @param cutAfter whether the text was cut hard behind it
 */
record TextWindow(int from, int to, boolean cutBefore, boolean cutAfter) {

  private static final String SENTENCE_ENDS = "。！？!?；;…\n\r\u2028\u2029";
  private static final String CLOSINGS = "”’」』）)》】\"'";

  /**
   * The windows of a text, in order. O(positions).
   *
   * @param text what the positions stand for
   * @param most positions of a window
   * @param overlap positions that two windows share at a hard cut; at most half a window
   */
  static List<TextWindow> cut(String text, KeySequence positions, int most, int overlap) {
    var windows = new ArrayList<TextWindow>();
    int end = positions.length();
    int from = 0;
    boolean cutBefore = false;
    while (end - from > most) {
      int to = sentenceEnd(text, positions, from + most / 2, from + most);
      boolean hard = to < 0;
      to = hard ? from + most : to;
      windows.add(new TextWindow(from, to, cutBefore, hard));
      from = hard ? to - overlap : to;
      cutBefore = hard;
    }
    if (from < end) {
      windows.add(new TextWindow(from, end, cutBefore, false));
    }
    return windows;
  }

  /** The last position after {@code least} and up to {@code most} that begins a sentence, or -1. */
  private static int sentenceEnd(String text, KeySequence positions, int least, int most) {
    for (int to = most; to > least; to--) {
      char next = text.charAt(positions.startUtf16(to));
      if (!isOneOf(SENTENCE_ENDS, next)
          && !isOneOf(CLOSINGS, next)
          && endsSentence(text, positions, to)) {
        return to;
      }
    }
    return -1;
  }

  private static boolean endsSentence(String text, KeySequence positions, int to) {
    int last = to - 1;
    while (last > 0 && isOneOf(CLOSINGS, text.charAt(positions.startUtf16(last)))) {
      last--;
    }
    return isOneOf(SENTENCE_ENDS, text.charAt(positions.startUtf16(last)));
  }

  private static boolean isOneOf(String characters, char c) {
    return characters.indexOf(c) >= 0;
  }

  int length() {
    return to - from;
  }

  /** Whether a hard cut may have gone through a span of the whole text. */
  boolean cuts(ScoredSpan span) {
    return cutBefore && span.first() == from || cutAfter && span.last() == to - 1;
  }
}
