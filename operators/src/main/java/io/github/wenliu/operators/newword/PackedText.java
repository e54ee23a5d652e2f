package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;

/**
 * The symbols of one text, packed: what is unbroken, each piece its length and its symbols. Two
 * bytes a symbol of Chinese text. Not thread-safe.
 */
final class PackedText {

  /** The fingerprint of a text that counts as often as it is said. */
  static final long NONE = 0;

  /** Symbols of the shortest text that is a repost when it comes again; below, it is small talk. */
  static final int LEAST_SYMBOLS = 8;

  private final PackedWriter out = new PackedWriter();
  private long hash;
  private boolean isShort;

  /** Takes in a text in place of the one before. */
  void read(SymbolCodes text) {
    out.clear();
    int end = text.length();
    int from = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text.code(i) == SymbolCodes.BREAK) {
        if (from < i) {
          out.writeCount(i - from);
          for (int k = from; k < i; k++) {
            int code = text.code(k);
            out.writeSymbol(code, code < SymbolCodes.FIRST_RUN ? null : text.run(code));
          }
        }
        from = i + 1;
      }
    }
    hash = out.hash();
    isShort = text.symbols() < LEAST_SYMBOLS;
  }

  /** The same for texts of the same pieces, and for no others but for one chance in 2^64. */
  long hash() {
    return hash;
  }

  /** The hash of a text that is a repost when it comes again, {@link #NONE} for others. */
  long fingerprint() {
    return isShort ? NONE : hash;
  }

  /** Bytes of the text. */
  int length() {
    return out.length();
  }

  void writeTo(PackedWriter other) {
    other.writeAll(out);
  }
}
