package io.github.wenliu.models.extract;

import java.util.Arrays;

/**
 * A text as a model sees it: a sequence of positions, each with a key, and the way back to the
 * original.
 *
 * <p>A position is a code point together with the combining marks and the invisible code points
 * behind it; such code points at the start of the text stand at no position. A span of positions is
 * therefore always a run of whole characters of the original.
 *
 * <p>O(length of the text), whatever it contains.
 */
final class KeySequence {
  private final int length;

  /** Key of position {@code i}; see {@link Keys}. */
  private final int[] keys;

  /** Position {@code i} is the code points {@code start[i] … start[i+1]-1} of the original. */
  private final int[] start;

  /** The same in UTF-16 units; the same array where the text has no surrogate pair. */
  private final int[] startUtf16;

  private KeySequence(int length, int[] keys, int[] start, int[] startUtf16) {
    this.length = length;
    this.keys = keys;
    this.start = start;
    this.startUtf16 = startUtf16;
  }

  /** The positions of any string. */
  static KeySequence of(String text) {
    int units = text.length();
    var keys = new int[units];
    var startUtf16 = new int[units + 1];
    int[] start = startUtf16;
    int length = 0;
    int codePoints = 0;
    for (int at = 0; at < units; codePoints++) {
      int codePoint = text.codePointAt(at);
      int key = Keys.of(codePoint);
      if (key != Keys.NONE) {
        keys[length] = key;
        startUtf16[length] = at;
        start[length++] = codePoints;
      }
      at++;
      if (codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
        at++;
        if (start == startUtf16) {
          start = startUtf16.clone();
        }
      }
    }
    startUtf16[length] = units;
    start[length] = codePoints;
    return new KeySequence(length, keys, start, startUtf16);
  }

  /** The number of positions. */
  int length() {
    return length;
  }

  /** The key at a position. */
  int key(int position) {
    return keys[position];
  }

  /** Where a position starts, in code points; {@code start(length())} is the end of the text. */
  int start(int position) {
    return start[position];
  }

  /** The same in UTF-16 units. */
  int startUtf16(int position) {
    return startUtf16[position];
  }

  /** The first position that starts at a code point of the original or after it. */
  int positionFrom(int codePoint) {
    int found = Arrays.binarySearch(start, 0, length, codePoint);
    return found >= 0 ? found : -found - 1;
  }

  /**
   * A place in UTF-16 units that is given in code points, inside of a position too.
   *
   * @param text what the positions stand for
   */
  int utf16(String text, int codePoint) {
    if (codePoint > start[length]) {
      throw new IllegalArgumentException(
          "the text ends at code point %d, before %d".formatted(start[length], codePoint));
    }
    int position = positionFrom(codePoint);
    return text.offsetByCodePoints(startUtf16[position], codePoint - start[position]);
  }
}
