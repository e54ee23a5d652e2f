package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;

/**
 * The symbols on both sides of a mention, in normalised form.
 *
 * @param from first symbol of the mention
 * @param to symbol behind its last
 * @param before empty at the beginning of the text
 * @param behind empty at its end
 */
record Neighbours(int from, int to, String before, String behind) {

  Neighbours(NormalizedText text, Mention mention) {
    this(text, symbolAt(text, mention.start()), symbolAt(text, mention.end()));
  }

  private Neighbours(NormalizedText text, int from, int to) {
    this(
        from,
        to,
        from == 0 ? "" : text.normalized(from - 1, from),
        to >= text.symbols() ? "" : text.normalized(to, to + 1));
  }

  /** The two symbols before the mention. */
  String farBefore(NormalizedText text) {
    return text.normalized(Math.max(0, from - 2), from);
  }

  /** The two symbols behind it. */
  String farBehind(NormalizedText text) {
    return text.normalized(to, Math.min(text.symbols(), to + 2));
  }

  /** The last symbol of the mention. */
  String last(NormalizedText text) {
    return text.normalized(Math.max(from, to - 1), to);
  }

  /** The symbol that begins at a code point, or that it stands in. */
  private static int symbolAt(NormalizedText text, int codePoint) {
    int low = 0;
    int high = text.symbols();
    while (low < high) {
      int middle = low + high >>> 1;
      if (text.end(middle) <= codePoint) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
