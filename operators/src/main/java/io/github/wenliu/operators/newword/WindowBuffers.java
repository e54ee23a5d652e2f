package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;

/**
 * Cuts texts into windows, the longest n-grams that begin at each symbol in either direction, and
 * collects them by shard. A window stands for all n-grams it begins with, so every occurrence of
 * every n-gram of two or more symbols is in exactly one window of each direction.
 *
 * <p>A batch is packed as a byte {@link #EPOCH} and an epoch, then windows, each its length and its
 * symbols in the order of reading, until the next epoch. Not thread-safe; O(symbols).
 */
final class WindowBuffers {

  /** In place of a window's length: an epoch follows. */
  static final int EPOCH = 0;

  /** Takes what was collected. */
  interface Consumer {

    void accept(Direction direction, int shard, byte[] batch);
  }

  private final PackedWriter[][] buffers = new PackedWriter[2][Ngrams.SHARDS];

  /** The epoch that each buffer's newest windows belong to. */
  private final long[][] epochs = new long[2][Ngrams.SHARDS];

  private int[] hashes = new int[256];

  /**
   * Cuts a text that counts for an epoch.
   *
   * @return the number of its windows
   */
  int add(SymbolCodes text, long epoch) {
    int end = text.length();
    if (hashes.length < end) {
      hashes = new int[2 * end];
    }
    for (int i = 0; i < end; i++) {
      int code = text.code(i);
      hashes[i] = Ngrams.hash(code, code < SymbolCodes.FIRST_RUN ? null : text.run(code));
    }
    int windows = 0;
    int from = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text.code(i) == SymbolCodes.BREAK) {
        cut(text, from, i, epoch);
        windows += 2 * Math.max(0, i - from - 1);
        from = i + 1;
      }
    }
    return windows;
  }

  private void cut(SymbolCodes text, int from, int to, long epoch) {
    for (int i = from; i < to - 1; i++) {
      int length = Math.min(to - i, Ngrams.MAX_ORDER);
      var forward = buffer(Direction.FORWARD, Ngrams.shard(hashes[i], hashes[i + 1]), epoch);
      forward.writeByte(length);
      for (int k = 0; k < length; k++) {
        write(forward, text, i + k);
      }
    }
    for (int i = from + 1; i < to; i++) {
      int length = Math.min(i + 1 - from, Ngrams.MAX_ORDER);
      var backward = buffer(Direction.BACKWARD, Ngrams.shard(hashes[i], hashes[i - 1]), epoch);
      backward.writeByte(length);
      for (int k = 0; k < length; k++) {
        write(backward, text, i - k);
      }
    }
  }

  private static void write(PackedWriter buffer, SymbolCodes text, int at) {
    int code = text.code(at);
    buffer.writeSymbol(code, code < SymbolCodes.FIRST_RUN ? null : text.run(code));
  }

  private PackedWriter buffer(Direction direction, int shard, long epoch) {
    int way = direction.ordinal();
    var buffer = buffers[way][shard];
    if (buffer == null) {
      buffer = new PackedWriter();
      buffers[way][shard] = buffer;
    }
    if (buffer.length() == 0 || epochs[way][shard] != epoch) {
      epochs[way][shard] = epoch;
      writeEpoch(buffer, epoch);
    }
    return buffer;
  }

  static void writeEpoch(PackedWriter buffer, long epoch) {
    buffer.writeByte(EPOCH);
    buffer.writeCount(epoch << 1 ^ epoch >> Long.SIZE - 1);
  }

  static long readEpoch(PackedReader reader) {
    reader.readByte();
    long folded = reader.readCount();
    return folded >>> 1 ^ -(folded & 1);
  }

  /** Skips the windows of an epoch. */
  static void skipEpoch(PackedReader reader) {
    while (!reader.isAtEnd() && reader.peekByte() != EPOCH) {
      reader.skipSymbols(reader.readByte());
    }
  }

  /** Hands out all that was collected and forgets it. */
  void drain(Consumer consumer) {
    for (Direction direction : Direction.values()) {
      drain(direction, 1, consumer);
    }
  }

  /**
   * Hands out the windows of a direction's shards that have collected at least so many bytes, and
   * forgets them. Both directions may be drained at a time.
   */
  void drain(Direction direction, int bytes, Consumer consumer) {
    for (int shard = 0; shard < Ngrams.SHARDS; shard++) {
      var buffer = buffers[direction.ordinal()][shard];
      if (buffer != null && buffer.length() >= bytes) {
        consumer.accept(direction, shard, buffer.toByteArray());
        buffer.clear();
      }
    }
  }
}
