package io.github.wenliu.operators.newword;

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

  /** A piece of text that is unbroken, and the hashes of its symbols. */
  private int[] piece = new int[256];

  private int[] hashes = new int[256];

  /**
   * Cuts a text that counts for an epoch, in both directions.
   *
   * @param text as {@link PackedText} packs it
   * @param names of the reader
   * @return the number of its windows
   */
  int add(PackedReader text, RunNames names, long epoch) {
    int windows = 0;
    while (!text.isAtEnd()) {
      int length = readPiece(text, names);
      windows += cutForward(length, names, epoch, 0, Ngrams.SHARDS);
      windows += cutBackward(length, names, epoch, 0, Ngrams.SHARDS);
    }
    return windows;
  }

  /**
   * Cuts the texts of an epoch in one direction, for some of the shards.
   *
   * @param texts of what a {@link SymbolBuffer} packed, behind the epoch
   * @param names of the reader
   * @param fromShard the first shard
   * @param toShard the one behind the last
   * @return the number of their windows
   */
  int addEpoch(
      PackedReader texts,
      RunNames names,
      long epoch,
      Direction direction,
      int fromShard,
      int toShard) {
    int windows = 0;
    while (!texts.isAtEnd() && texts.peekByte() != EPOCH) {
      int length = readPiece(texts, names);
      windows +=
          direction == Direction.FORWARD
              ? cutForward(length, names, epoch, fromShard, toShard)
              : cutBackward(length, names, epoch, fromShard, toShard);
    }
    return windows;
  }

  /** Reads the next piece and hashes its symbols; returns its length. */
  private int readPiece(PackedReader texts, RunNames names) {
    int length = (int) texts.readCount();
    if (piece.length < length) {
      piece = new int[2 * length];
      hashes = new int[2 * length];
    }
    for (int k = 0; k < length; k++) {
      int code = texts.readSymbol();
      piece[k] = code;
      hashes[k] = Ngrams.hash(code, names.name(code));
    }
    return length;
  }

  private int cutForward(int end, RunNames names, long epoch, int fromShard, int toShard) {
    int windows = 0;
    for (int i = 0; i < end - 1; i++) {
      int shard = Ngrams.shard(hashes[i], hashes[i + 1]);
      if (shard >= fromShard && shard < toShard) {
        int length = Math.min(end - i, Ngrams.MAX_ORDER);
        var buffer = buffer(Direction.FORWARD, shard, epoch);
        buffer.writeByte(length);
        for (int k = 0; k < length; k++) {
          write(buffer, piece[i + k], names);
        }
        windows++;
      }
    }
    return windows;
  }

  private int cutBackward(int end, RunNames names, long epoch, int fromShard, int toShard) {
    int windows = 0;
    for (int i = 1; i < end; i++) {
      int shard = Ngrams.shard(hashes[i], hashes[i - 1]);
      if (shard >= fromShard && shard < toShard) {
        int length = Math.min(i + 1, Ngrams.MAX_ORDER);
        var buffer = buffer(Direction.BACKWARD, shard, epoch);
        buffer.writeByte(length);
        for (int k = 0; k < length; k++) {
          write(buffer, piece[i - k], names);
        }
        windows++;
      }
    }
    return windows;
  }

  private static void write(PackedWriter buffer, int code, RunNames names) {
    buffer.writeSymbol(code, names.name(code));
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
      for (int shard = 0; shard < Ngrams.SHARDS; shard++) {
        var buffer = buffers[direction.ordinal()][shard];
        if (buffer != null && buffer.length() > 0) {
          consumer.accept(direction, shard, buffer.toByteArray());
          buffer.clear();
        }
      }
    }
  }
}
