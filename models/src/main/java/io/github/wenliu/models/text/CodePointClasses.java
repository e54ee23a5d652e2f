package io.github.wenliu.models.text;

import java.text.Normalizer;

/**
 * What a code point does to the scan, from tables made once per JVM.
 *
 * <p>The tables cover planes 0 and 1 (128 KiB of classes, 128 KiB of replacements); the rest
 * follows from ranges. They spare the scan a call of {@link Normalizer} for all but a few
 * characters.
 */
public final class CodePointClasses {
  /** Needs the normaliser: it becomes several characters, or leaves the basic plane. */
  static final byte SLOW = 0;

  static final byte TEXT = 1;
  static final byte RUN = 2;
  static final byte PUNCTUATION = 3;
  static final byte SPACE = 4;
  static final byte CONTROL = 5;
  static final byte EMOJI = 6;
  static final byte REGIONAL = 7;

  /** The classes from here on belong to the character before them. */
  static final byte FIRST_ATTACHED = 8;

  static final byte MARK = 8;
  static final byte JAMO = 9;
  static final byte IGNORABLE = 10;

  private static final int TABLE = 0x20000;

  /** Class of code point {@code c} of planes 0 and 1. */
  private static final byte[] CLASS = new byte[TABLE];

  /** What the character {@code c} of plane 0 is matched as, where that is one character. */
  private static final char[] FOLDED = new char[0x10000];

  static {
    for (int c = 0; c < TABLE; c++) {
      fill(c);
    }
  }

  private CodePointClasses() {}

  private static void fill(int c) {
    if (c < 0x10000) {
      FOLDED[c] = (char) c;
    }
    byte own = ownClass(c);
    boolean plainHan = c >= 0x3400 && c <= 0x9FFF;
    if (own == TEXT && plainHan || own >= SPACE) {
      CLASS[c] = own;
      return;
    }
    String folded = fold(new String(Character.toChars(c)));
    int first = folded.codePointAt(0);
    if (first != c && isMark(first)) {
      CLASS[c] = MARK;
    } else if (first != c && isJamo(first)) {
      CLASS[c] = JAMO;
    } else if (folded.length() == 1 && c < 0x10000) {
      FOLDED[c] = folded.charAt(0);
      CLASS[c] = ownClass(folded.charAt(0));
    } else {
      CLASS[c] = folded.length() == Character.charCount(c) && first == c ? own : SLOW;
    }
  }

  /** The class of a code point; half a surrogate pair counts as punctuation. */
  static byte of(int codePoint) {
    if (codePoint < TABLE) {
      return CLASS[codePoint];
    }
    if (codePoint >= 0x2F800 && codePoint <= 0x2FA1F) {
      return SLOW;
    }
    return isIgnorable(codePoint) ? IGNORABLE : TEXT;
  }

  static char folded(char c) {
    return FOLDED[c];
  }

  /**
   * NFKC, lower case, and NFKC again because a lower-case letter may compose where a capital did
   * not.
   */
  static String fold(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var lower = new StringBuilder(composed.length());
    composed
        .codePoints()
        .forEach(
            c ->
                lower.appendCodePoint(
                    c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : Character.toLowerCase(c)));
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }

  private static byte ownClass(int c) {
    if (isIgnorable(c)) {
      return IGNORABLE;
    }
    if (c >= 0x1F1E6 && c <= 0x1F1FF) {
      return REGIONAL;
    }
    if (isEmoji(c)) {
      return EMOJI;
    }
    if (isMark(c)) {
      return MARK;
    }
    if (isJamo(c)) {
      return JAMO;
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return SPACE;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> CONTROL;
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN ? RUN : TEXT;
      case Character.DECIMAL_DIGIT_NUMBER -> RUN;
      case Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.PRIVATE_USE,
          Character.FORMAT,
          Character.UNASSIGNED ->
          TEXT;
      default -> PUNCTUATION;
    };
  }

  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** A vowel or a final consonant that joins a Hangul syllable. */
  static boolean isJamo(int c) {
    return c >= 0x1161 && c <= 0x11FF || c >= 0xD7B0 && c <= 0xD7FB;
  }

  static boolean isHangul(int c) {
    return c >= 0x1100 && c <= 0x11FF || c >= 0xAC00 && c <= 0xD7FB || c >= 0xA960 && c <= 0xA97C;
  }

  /** Unicode's Default_Ignorable_Code_Point. */
  public static boolean isIgnorable(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x61C
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c >= 0x180B && c <= 0x180F
        || c >= 0x200B && c <= 0x200F
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2060 && c <= 0x206F
        || c == 0x3164
        || c >= 0xFE00 && c <= 0xFE0F
        || c == 0xFEFF
        || c == 0xFFA0
        || c >= 0xFFF0 && c <= 0xFFF8
        || c >= 0x1BCA0 && c <= 0x1BCA3
        || c >= 0x1D173 && c <= 0x1D17A
        || c >= 0xE0000 && c <= 0xE0FFF;
  }

  /** Emoji by default, without a selector; other symbols become one with U+FE0F. */
  private static boolean isEmoji(int c) {
    if (c >= 0x1F000) {
      boolean enclosedLetter = c >= 0x1F100 && c <= 0x1F16F || c >= 0x1F210 && c <= 0x1F251;
      return c <= 0x1FAFF && !enclosedLetter && !(c >= 0x1F200 && c <= 0x1F202);
    }
    return c >= 0x2600 && c <= 0x27BF && Character.getType(c) == Character.OTHER_SYMBOL
        || c == 0x231A
        || c == 0x231B
        || c >= 0x23E9 && c <= 0x23F3
        || c == 0x25FD
        || c == 0x25FE
        || c == 0x2B1B
        || c == 0x2B1C
        || c == 0x2B50
        || c == 0x2B55;
  }

  /** Whether U+FE0F after this character asks for the emoji form. */
  static boolean takesEmojiForm(int c) {
    int type = Character.getType(c);
    return type == Character.OTHER_SYMBOL
        || type == Character.MATH_SYMBOL
        || c == 0x203C
        || c == 0x2049
        || c == 0x3030;
  }
}
