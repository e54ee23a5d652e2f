package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A shard of a channel and direction beside its state. State holds a packed trie, the base, and a
 * log of the batches that came since; so what a checkpoint writes grows with what came, and the
 * base is written anew once the log is about as large. In memory stands the trie itself, or, where
 * memory does not suffice, nothing but what state does not have yet. Not thread-safe.
 */
final class NgramShard {

  /** A log shorter than this is never folded into its base. */
  private static final int MIN_LOG_BYTES = 1 << 14;

  /** Shards grow alike; that they are not all packed at the same version they differ in this. */
  private static final int SPREAD = 16;

  private final int minCount;
  private final double largestLog;

  /** All windows up to the last version; {@code null} if it has to be read from state. */
  private NgramTrie trie;

  /** What came for later versions than the last, if there is a trie. */
  private final List<byte[]> waiting = new ArrayList<>();

  /** What the log in state lacks. */
  private final List<byte[]> unsaved = new ArrayList<>();

  private long baseBytes;
  private long logBytes;

  /** Whether the trie is not what its base and the log make. */
  private boolean isPruned;

  /**
   * @param number of the shard
   * @param isInState whether there is something in state
   */
  NgramShard(int number, int minCount, boolean isInState) {
    this.minCount = minCount;
    this.largestLog = 0.75 + 0.5 * (number % SPREAD) / SPREAD;
    this.trie = isInState ? null : new NgramTrie(minCount);
  }

  /** Takes a batch in. */
  void add(byte[] batch) {
    unsaved.add(batch);
    if (trie != null) {
      waiting.add(batch);
    }
    logBytes += batch.length;
  }

  boolean isInMemory() {
    return trie != null;
  }

  /**
   * Reads what is in state.
   *
   * @param base may be {@code null}
   */
  void read(byte[] base, Iterable<byte[]> log) {
    trie = base == null ? new NgramTrie(minCount) : NgramTrie.of(base, minCount);
    baseBytes = base == null ? 0 : base.length;
    logBytes = 0;
    for (byte[] batch : log) {
      waiting.add(batch);
      logBytes += batch.length;
    }
    for (byte[] batch : unsaved) {
      waiting.add(batch);
      logBytes += batch.length;
    }
  }

  /** The windows up to the last version. */
  NgramTrie trie() {
    return trie;
  }

  /**
   * Counts the windows that wait for the first of some versions.
   *
   * @param lastEpochs of the versions, ascending
   * @return for each version, in its order, the batch that is to be added to the trie; those of the
   *     first one have been
   */
  byte[][] count(long[] lastEpochs) {
    var parts = new PackedWriter[lastEpochs.length + 1];
    Arrays.setAll(parts, i -> new PackedWriter());
    for (byte[] batch : waiting) {
      var reader = new PackedReader(batch, trie.runs());
      while (!reader.isAtEnd()) {
        int start = reader.position();
        long epoch = WindowBuffers.readEpoch(reader);
        int part = 0;
        while (part < lastEpochs.length && epoch > lastEpochs[part]) {
          part++;
        }
        if (part == 0) {
          trie.addEpoch(reader);
        } else {
          WindowBuffers.skipEpoch(reader);
          parts[part].writeBytes(batch, start, reader.position());
        }
      }
    }
    byte[][] packed = new byte[parts.length][];
    Arrays.setAll(packed, i -> parts[i].toByteArray());
    byte[] later = packed[lastEpochs.length];
    waiting.clear();
    if (later.length > 0) {
      waiting.add(later);
    }
    return packed;
  }

  /** Forgets n-grams; see {@link NgramTrie#prune}. */
  void prune(SymbolLogs logs) {
    trie.prune(logs);
    isPruned = true;
  }

  /** Whether the base must be written anew: the log has become long, or does not say all. */
  boolean isBaseOld() {
    return isPruned || logBytes > Math.max(MIN_LOG_BYTES, largestLog * baseBytes);
  }

  /** The new base; {@link #waiting} is the new log. */
  byte[] pack() {
    byte[] base = trie.toByteArray();
    baseBytes = base.length;
    logBytes = waiting.stream().mapToLong(batch -> batch.length).sum();
    unsaved.clear();
    isPruned = false;
    return base;
  }

  List<byte[]> waiting() {
    return waiting;
  }

  /** What has to be added to the log in state. */
  List<byte[]> unsaved() {
    return unsaved;
  }

  /** What was unsaved is in state. */
  void setSaved() {
    unsaved.clear();
  }

  /** Frees the memory; all that came must be saved. */
  void drop() {
    trie = null;
    waiting.clear();
  }
}
