package io.github.wenliu.operators.newword;

import java.util.function.BiConsumer;

/**
 * Collects texts by the part of their channel, so that equal texts meet. A batch is packed as a
 * byte {@link WindowBuffers#EPOCH} and an epoch, then texts, each the number of its bytes, its
 * fingerprint and what {@link PackedText} packs, until the next epoch. Not thread-safe.
 */
final class TextBuffers {

  /** Takes a text out of a batch. */
  interface Reader {

    /** The text's bytes are those from one place to another. */
    void text(long fingerprint, byte[] batch, int from, int to);
  }

  /** A channel is cut into this many parts. */
  static final int PARTS = 1 << 6;

  private static final int PART_BITS = 6;

  private final PackedWriter[] buffers = new PackedWriter[PARTS];

  /** The epoch that each buffer's newest texts belong to. */
  private final long[] epochs = new long[PARTS];

  /**
   * Takes in a text.
   *
   * @param isOnce whether the text does not count again in a while, unless it is short
   */
  void add(PackedText text, long epoch, boolean isOnce) {
    if (text.length() == 0) {
      return;
    }
    int part = (int) (text.hash() >>> Long.SIZE - PART_BITS);
    var buffer = buffers[part];
    if (buffer == null) {
      buffer = new PackedWriter();
      buffers[part] = buffer;
    }
    if (buffer.length() == 0 || epochs[part] != epoch) {
      epochs[part] = epoch;
      WindowBuffers.writeEpoch(buffer, epoch);
    }
    buffer.writeCount(text.length());
    buffer.writeLong(isOnce ? text.fingerprint() : PackedText.NONE);
    text.writeTo(buffer);
  }

  /** Hands out all that was collected, by part, and forgets it. */
  void drain(BiConsumer<Integer, byte[]> consumer) {
    for (int part = 0; part < PARTS; part++) {
      var buffer = buffers[part];
      if (buffer != null && buffer.length() > 0) {
        consumer.accept(part, buffer.toByteArray());
        buffer.clear();
      }
    }
  }

  /** Skips the texts of an epoch. */
  static void skipEpoch(PackedReader batch) {
    while (!batch.isAtEnd() && batch.peekByte() != WindowBuffers.EPOCH) {
      int bytes = (int) batch.readCount();
      batch.skipBytes(Long.BYTES + bytes);
    }
  }

  /** Reads the texts of the one epoch that a batch holds. */
  static void read(byte[] batch, Reader reader) {
    var texts = new PackedReader(batch, new RunNames());
    WindowBuffers.readEpoch(texts);
    while (!texts.isAtEnd()) {
      int bytes = (int) texts.readCount();
      long fingerprint = texts.readLong();
      int from = texts.position();
      texts.skipBytes(bytes);
      reader.text(fingerprint, batch, from, from + bytes);
    }
  }
}
