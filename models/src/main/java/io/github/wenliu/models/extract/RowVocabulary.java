package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of characters, or of pairs of them: line {@code i} of a file names row {@code i}, and
 * line 0 is for everything else.
 *
 * <p>A pair is looked up by what its two keys are when written one after the other. Nearly always
 * both are single code points and pack into a {@code long}; the few pairs with a longer key (℃, ㎞)
 * go through a map of strings.
 */
final class RowVocabulary {
  /** The line of what is in no other line. */
  static final String UNKNOWN = "<unk>";

  private final int size;
  private final boolean pairs;

  /** Row by key, or by two keys packed, the second one low. */
  private final Long2IntOpenHashMap rows;

  /** Rows of what does not pack. */
  private final Map<String, Integer> longRows = new HashMap<>();

  private RowVocabulary(String file, List<String> lines, boolean pairs) {
    if (lines.isEmpty() || !lines.get(0).equals(UNKNOWN)) {
      throw new ModelException(file + " does not begin with the line " + UNKNOWN);
    }
    this.size = lines.size();
    this.pairs = pairs;
    this.rows = new Long2IntOpenHashMap(size, 0.5f);
    for (int row = 1; row < size; row++) {
      enter(lines.get(row), row);
    }
  }

  /** A line is the key of a character. */
  static RowVocabulary ofCharacters(String file, List<String> lines) {
    return new RowVocabulary(file, lines, false);
  }

  /** A line is the keys of two characters, one after the other. */
  static RowVocabulary ofBigrams(String file, List<String> lines) {
    return new RowVocabulary(file, lines, true);
  }

  /** The number of rows. */
  int size() {
    return size;
  }

  /** The row of each position of a window; the last one of a window begins no pair. */
  int[] rows(KeyWindow window) {
    int length = window.length();
    var found = new int[length];
    if (!pairs) {
      for (int i = 0; i < length; i++) {
        found[i] = rows.get(window.key(i));
      }
      return found;
    }
    for (int i = 0; i + 1 < length; i++) {
      int first = window.key(i);
      int second = window.key(i + 1);
      found[i] =
          Keys.isCompound(first) || Keys.isCompound(second)
              ? longRows.getOrDefault(Keys.text(first) + Keys.text(second), 0)
              : rows.get(packed(first, second));
    }
    return found;
  }

  private void enter(String line, int row) {
    if (!pairs) {
      int key = Keys.parse(line);
      // A key that no text has is a line that is never found.
      if (key != Keys.NONE) {
        rows.put(key, row);
      }
    } else if (line.codePointCount(0, line.length()) == 2) {
      rows.put(packed(line.codePointAt(0), line.codePointBefore(line.length())), row);
    } else {
      longRows.put(line, row);
    }
  }

  private static long packed(int first, int second) {
    return (long) first << Keys.BITS | second;
  }
}
