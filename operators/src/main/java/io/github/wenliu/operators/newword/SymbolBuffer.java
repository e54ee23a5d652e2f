package io.github.wenliu.operators.newword;

/**
 * Collects the symbols of texts, packed as a byte {@link WindowBuffers#EPOCH} and an epoch, then
 * texts as {@link PackedText} packs them, until the next epoch. Not thread-safe.
 */
final class SymbolBuffer {

  private final PackedWriter out = new PackedWriter();
  private long newestEpoch;

  /** Takes in a text that counts for an epoch. */
  void add(PackedText text, long epoch) {
    if (text.length() > 0) {
      begin(epoch);
      text.writeTo(out);
    }
  }

  /** Takes in a text that is packed in some bytes and counts for an epoch. */
  void add(byte[] packed, int from, int to, long epoch) {
    begin(epoch);
    out.writeBytes(packed, from, to);
  }

  private void begin(long epoch) {
    if (out.length() == 0 || epoch != newestEpoch) {
      newestEpoch = epoch;
      WindowBuffers.writeEpoch(out, epoch);
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
