package io.github.wenliu.operators.document;

/** The rule that every span of a text keeps. */
final class Spans {

  private Spans() {}

  /** Throws if the span is empty, negative, or holds more code points than UTF-16 units. */
  static void check(int start, int end, int startUtf16, int endUtf16) {
    if (start < 0 || end <= start || startUtf16 < start || endUtf16 - startUtf16 < end - start) {
      throw new IllegalArgumentException(
          "no span: code points "
              + start
              + ".."
              + end
              + ", UTF-16 "
              + startUtf16
              + ".."
              + endUtf16);
    }
  }
}
