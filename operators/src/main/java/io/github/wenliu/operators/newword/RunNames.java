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

  /**
   * The number of a symbol.
   *
   * @param code its number elsewhere
   * @param name the run's characters there, {@code null} for a code point
   */
  int code(int code, String name) {
    return name == null ? code : code(name);
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

  /** Writes the names in the order of their numbers. */
  void write(PackedWriter out) {
    out.writeCount(names.size());
    names.forEach(out::writeRun);
  }

  /** Reads what {@link #write} wrote; there must be no names yet. */
  void read(PackedReader in) {
    for (long left = in.readCount(); left > 0; left--) {
      code(in.readRun());
    }
  }
}
