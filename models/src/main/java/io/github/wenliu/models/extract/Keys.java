package io.github.wenliu.models.extract;

import io.github.wenliu.models.text.CodePointClasses;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The key under which a code point is looked up: NFKC and lower case, white space as a blank, half
 * a surrogate pair as U+FFFD.
 *
 * <p>A key is a number. A key of one code point is that code point; one of several ("km" for ㎞) has
 * a number from {@link #FIRST_COMPOUND} on. All numbers are below 2^{@value #BITS}, so three fit
 * into a {@code long}. The table (768 KiB) is made once per JVM and covers the planes on which a
 * code point is not its own key; a look-up is one read.
 */
final class Keys {
  /** Belongs to the position before it and has no key. */
  static final int NONE = -1;

  /** Bits of a key. */
  static final int BITS = 21;

  /** White space of any kind. */
  static final int BLANK = ' ';

  static final int FIRST_COMPOUND = Character.MAX_CODE_POINT + 1;

  private static final int REPLACEMENT = 0xFFFD;
  private static final int TABLE = 0x30000;

  /** Key of the code point {@code c} of the first three planes. */
  private static final int[] KEY = new int[TABLE];

  /** Keys of several code points; number {@code FIRST_COMPOUND + i} is the i-th. */
  private static final List<String> COMPOUNDS = new ArrayList<>();

  private static final Map<String, Integer> COMPOUND_NUMBERS = new HashMap<>();

  static {
    for (int c = 0; c < TABLE; c++) {
      KEY[c] = isItsOwn(c) ? c : compute(c);
    }
  }

  private Keys() {}

  /** The key of a code point, or {@link #NONE}. */
  static int of(int codePoint) {
    if (codePoint < TABLE) {
      return KEY[codePoint];
    }
    return CodePointClasses.isIgnorable(codePoint) ? NONE : codePoint;
  }

  /** The number of a key that is written out, or {@link #NONE} if no code point has it. */
  static int parse(String key) {
    if (key.isEmpty()) {
      return NONE;
    }
    int first = key.codePointAt(0);
    return Character.charCount(first) == key.length()
        ? first
        : COMPOUND_NUMBERS.getOrDefault(key, NONE);
  }

  /** Whether a key has several code points. */
  static boolean isCompound(int key) {
    return key >= FIRST_COMPOUND;
  }

  /** A key written out. */
  static String text(int key) {
    return isCompound(key) ? COMPOUNDS.get(key - FIRST_COMPOUND) : Character.toString(key);
  }

  /** Ideographs, Hangul syllables and private use: most of the table, and no work for ICU. */
  private static boolean isItsOwn(int c) {
    return c >= 0x3400 && c <= 0x9FFF
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xE000 && c <= 0xF8FF
        || c >= 0x20000 && c <= 0x2F7FF;
  }

  private static int compute(int c) {
    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      return REPLACEMENT;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || CodePointClasses.isIgnorable(c)) {
      return NONE;
    }
    if (isWhite(c)) {
      return BLANK;
    }
    var key =
        Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    if (key.codePoints().allMatch(Keys::isWhite)) {
      return BLANK;
    }
    int first = key.codePointAt(0);
    return Character.charCount(first) == key.length() ? first : compound(key);
  }

  private static int compound(String key) {
    return COMPOUND_NUMBERS.computeIfAbsent(
        key,
        added -> {
          COMPOUNDS.add(added);
          return FIRST_COMPOUND + COMPOUNDS.size() - 1;
        });
  }

  /** Unicode's White_Space and the four separators of ASCII. */
  private static boolean isWhite(int c) {
    return c >= 0x09 && c <= 0x0D
        || c >= 0x1C && c <= 0x20
        || c == 0x85
        || Character.isSpaceChar(c);
  }
}
