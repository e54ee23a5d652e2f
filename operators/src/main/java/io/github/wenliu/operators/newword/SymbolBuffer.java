package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;

/**
 * Collects the symbols of texts, packed as a byte {@link WindowBuffers#EPOCH} and an epoch, then
 * what is unbroken, each piece its length and its symbols, until the next epoch. Two bytes a symbol
 * of Chinese text. Not thread-safe.
 */
final class SymbolBuffer {

  private final PackedWriter out = new PackedWriter();
  private long newestEpoch;

  /** Takes in a text that counts for an epoch. */
  void add(SymbolCodes text, long epoch) {
    if (out.length() == 0 || epoch != newestEpoch) {
      newestEpoch = epoch;
      WindowBuffers.writeEpoch(out, epoch);
    }
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
  }

  /** Bytes that were collected. */
  int length() {
    return out.length();
  }

  /** Hands out all that was collected and forgets it. */
  byte[] drain() {
    byte[] texts = out.toByteArray();
    out.clear();
    return texts;
  }

  /** Skips the texts of an epoch. */
  static void skipEpoch(PackedReader reader) {
    while (!reader.isAtEnd() && reader.peekByte() != WindowBuffers.EPOCH) {
      reader.skipSymbols((int) reader.readCount());
    }
  }
}
