package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the Latin runs of one piece of work, from {@link SymbolCodes#FIRST_RUN} on. Code
 * points are their own numbers and need no table.
 */
final class RunNames {

  /** {@code null} until there is a run: most pieces of work have none. */
  private Map<String, Integer> codes;

  private List<String> names = List.of();

  int code(String name) {
    if (codes == null) {
      codes = new HashMap<>();
      names = new ArrayList<>();
    }
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    int code = SymbolCodes.FIRST_RUN + names.size();
    codes.put(name, code);
    names.add(name);
    return code;
  }

  /** The run of a number, {@code null} for a code point. */
  String name(int code) {
    return code < SymbolCodes.FIRST_RUN ? null : names.get(code - SymbolCodes.FIRST_RUN);
  }

  /** Whether a code stands for a run of digits. */
  boolean isNumber(int code) {
    if (code < SymbolCodes.FIRST_RUN) {
      return false;
    }
    var name = name(code);
    for (int i = 0; i < name.length(); i++) {
      if (!Character.isDigit(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A word has a Han character, and no number: 5月 and 300多 are counted but no candidates. */
  boolean mayBeWord(int[] symbols, int length) {
    boolean hasHan = false;
    for (int k = 0; k < length; k++) {
      if (isNumber(symbols[k])) {
        return false;
      }
      hasHan |= Ngrams.isHan(symbols[k]);
    }
    return hasHan;
  }

  int size() {
    return names.size();
  }

  /**
   * Numbers the runs anew, in the order of their characters.
   *
   * @return the new number of each run, in the order of the old ones
   */
  int[] sort() {
    var before = List.copyOf(names);
    names.sort(null);
    codes.clear();
    for (int i = 0; i < names.size(); i++) {
      codes.put(names.get(i), SymbolCodes.FIRST_RUN + i);
    }
    return before.stream().mapToInt(codes::get).toArray();
  }

  /** Symbols in the order in which windows are kept: code points by value, then runs by text. */
  int compare(int a, int b) {
    if (a >= SymbolCodes.FIRST_RUN && b >= SymbolCodes.FIRST_RUN) {
      return name(a).compareTo(name(b));
    }
    return Integer.compare(a, b);
  }
}
