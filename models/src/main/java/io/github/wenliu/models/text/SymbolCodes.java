package io.github.wenliu.models.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A text as a sequence of small numbers, for counting: one for each normalised code point of a
 * {@link SymbolKind#TEXT} symbol that is text by itself, one for each {@link SymbolKind#RUN} as a
 * whole, and {@link #BREAK} wherever no word may go on.
 *
 * <p>A code point is its own number. A run's number stands for its characters, letters as they were
 * written, and means something in this object only until the next text. Runs longer than {@value
 * #MAX_RUN} UTF-16 units are breaks: identifiers, not parts of words.
 *
 * <p>Reused from text to text; not thread-safe. O(length of the text).
 */
public final class SymbolCodes {
  /** Stands between symbols that no word may contain both of. */
  public static final int BREAK = 0;

  /** The number of the first run. */
  public static final int FIRST_RUN = Character.MAX_CODE_POINT + 1;

  /** UTF-16 units of the longest run that may be part of a word. */
  public static final int MAX_RUN = 20;

  private static final byte TEXT = (byte) SymbolKind.TEXT.ordinal();
  private static final byte RUN = (byte) SymbolKind.RUN.ordinal();

  private final Map<String, Integer> codeByRun = new HashMap<>();
  private int[] codes = new int[256];
  private String[] runs = new String[16];
  private int length;
  private int symbols;

  /** Takes in a text in place of the one before. */
  public void read(NormalizedText text) {
    length = 0;
    symbols = 0;
    if (!codeByRun.isEmpty()) {
      codeByRun.clear();
    }
    byte[] kinds = text.kinds();
    int[] first = text.firsts();
    char[] normal = text.normal();
    int end = text.symbols();
    if (codes.length < text.normalLength() + 2 * end) {
      codes = new int[2 * (text.normalLength() + 2 * end)];
    }
    byte before = -1;
    for (int i = 0; i < end; i++) {
      byte kind = kinds[i];
      if (kind == TEXT) {
        spread(normal, first[i], first[i + 1]);
      } else if (kind == RUN) {
        if (before == RUN) {
          codes[length++] = BREAK;
        }
        codes[length++] = run(text, i);
      } else if (length > 0 && codes[length - 1] != BREAK) {
        codes[length++] = BREAK;
      }
      before = kind;
    }
  }

  /**
   * Takes in a symbol. What it holds besides text breaks a word, so that a word consists of the
   * same symbols when it is read again: the c of ℃ is not the run c, and a half-width jamo becomes
   * one that is no text by itself.
   */
  private void spread(char[] normal, int from, int to) {
    for (int k = from; k < to; k++) {
      int codePoint = Character.codePointAt(normal, k, to);
      k += Character.charCount(codePoint) - 1;
      if (CodePointClasses.of(codePoint) == CodePointClasses.TEXT) {
        codes[length++] = codePoint;
        symbols++;
      } else {
        codes[length++] = BREAK;
      }
    }
  }

  private int run(NormalizedText text, int symbol) {
    if (text.firsts()[symbol + 1] - text.firsts()[symbol] > MAX_RUN) {
      return BREAK;
    }
    var characters = text.written(symbol);
    int code = codeByRun.computeIfAbsent(characters, unused -> FIRST_RUN + codeByRun.size());
    int index = code - FIRST_RUN;
    if (index == runs.length) {
      runs = Arrays.copyOf(runs, 2 * index);
    }
    runs[index] = characters;
    symbols++;
    return code;
  }

  /** The number of codes, breaks included. */
  public int length() {
    return length;
  }

  /** The number of codes that are no breaks. */
  public int symbols() {
    return symbols;
  }

  /** The code at a place: a code point, a run's number or {@link #BREAK}. */
  public int code(int at) {
    return codes[at];
  }

  /** The characters of a run. */
  public String run(int code) {
    return runs[code - FIRST_RUN];
  }
}
