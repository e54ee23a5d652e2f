package io.github.wenliu.operators.newword;

import java.util.Arrays;

/**
 * The n-grams of a shard with what one direction knows of them, kept up with every window that
 * comes: a burst trie [1]. An n-gram that occurs often enough is a node with a count. What is rarer
 * has no record: its windows lie, packed, with the node that it extends ({@link RareWindows}), and
 * become nodes when they have become frequent. Every count and every statistic is exact, and a
 * function of the windows alone.
 *
 * <p>Cost: O(1) a symbol of each window, until it leaves the nodes; what a version asks is
 * O(nodes), some hundredths of the windows. Memory: about twenty bytes a distinct window, fifty a
 * node.
 *
 * <p>{@link #prune} forgets what is rare and has not been seen for long; then, and only then,
 * counts are lower bounds. Not thread-safe.
 *
 * <p>[1] Heinz, Zobel and Williams: Burst tries: a fast, efficient data structure for string keys,
 * ACM Transactions on Information Systems 20 (2002).
 */
final class NgramTrie {

  /** Takes each candidate; arrays and extensions are reused. */
  interface Consumer {

    /**
     * @param symbols the candidate in the direction of the windows
     * @param length its symbols
     * @param count its occurrences
     * @param extensions by one more symbol
     * @param parts {@code parts[k]}: occurrences of its first {@code k} symbols, from two to one
     *     less than all
     */
    void candidate(int[] symbols, int length, long count, Extensions extensions, long[] parts);
  }

  private static final int ROOT = 0;

  /** Shares of the slots that are in use at most. */
  private static final double LOAD = 0.7;

  private static final int MIN_SLOTS = 16;

  private static final int MIX_NODE = 0x9E3779B9;
  private static final int MIX_SYMBOL = 0x85EBCA6B;

  private static final long NODE_BYTES = 38;
  private static final long RUN_BYTES = 100;

  private final RunNames runs = new RunNames();

  /** Occurrences from which an n-gram is a node. */
  private final int burst;

  /**
   * What extends what: a hash table of nodes and entries of {@link #rare} by the node they extend
   * and the symbol by which they do. 0 is empty, {@code node << 1} a node, {@code place << 1 | 1}
   * an entry.
   */
  private int[] slots = new int[MIN_SLOTS];

  private int used;
  private RareWindows rare = new RareWindows();

  // The nodes, in the order in which they came: what is extended stands before what extends it.
  private int nodes = 1;
  private int[] parent = new int[8];
  private int[] symbol = new int[8];
  private byte[] depth = new byte[8];
  private long[] count = new long[8];

  // Of a node's extensions that are rare: see Extensions.
  private long[] rareSum = new long[8];
  private int[] rareDifferent = new int[8];
  private int[] rareOnce = new int[8];
  private int[] rareOccurrences = new int[8];
  private byte[] rareMost = new byte[8];

  /** Symbols of windows that are taken apart, for each depth. */
  private final int[][] tails = new int[Ngrams.MAX_ORDER + 1][Ngrams.MAX_ORDER];

  /**
   * @param minCount occurrences below which nobody will ask for an n-gram, at least 2
   */
  NgramTrie(int minCount) {
    this.burst = Math.min(minCount, RareWindows.MAX_WINDOWS + 1);
  }

  /**
   * Takes in windows.
   *
   * @param batch as {@link WindowBuffers} packs them, whatever their epochs
   */
  void add(byte[] batch) {
    var reader = new PackedReader(batch, runs);
    while (!reader.isAtEnd()) {
      WindowBuffers.readEpoch(reader);
      addEpoch(reader);
    }
  }

  /**
   * Takes in the windows of one epoch.
   *
   * @param reader of a batch, with {@link #runs}, behind the epoch
   */
  void addEpoch(PackedReader reader) {
    int[] window = tails[ROOT];
    while (!reader.isAtEnd() && reader.peekByte() != WindowBuffers.EPOCH) {
      int length = reader.readByte();
      for (int k = 0; k < length; k++) {
        window[k] = reader.readSymbol();
      }
      insert(first(window[0]), window, 1, length);
    }
    if (rare.isSparse()) {
      moveTogether();
    }
  }

  /** The node of a single symbol: it is there however rare it is. */
  private int first(int ofSymbol) {
    int slot = slot(ROOT, ofSymbol);
    if (slots[slot] != 0) {
      return slots[slot] >>> 1;
    }
    int node = node(ROOT, ofSymbol);
    take(slot, node << 1);
    return node;
  }

  /** Counts {@code window[at .. end-1]} behind a node. */
  private void insert(int from, int[] window, int at, int end) {
    int node = from;
    for (int k = at; k < end; k++) {
      int slot = slot(node, window[k]);
      int value = slots[slot];
      if (value == 0) {
        tally(node, 0, 1);
        int entry = rare.add(rare.begin(node, window[k]), window, k + 1, end);
        take(slot, entry << 1 | 1);
        return;
      }
      if ((value & 1) == 1) {
        int entry = value >>> 1;
        int windows = rare.windows(entry);
        if (windows + 1 < burst) {
          tally(node, windows, windows + 1);
          slots[slot] = rare.add(entry, window, k + 1, end) << 1 | 1;
        } else {
          burst(slot, entry, window, k + 1, end);
        }
        return;
      }
      node = value >>> 1;
      count[node]++;
    }
  }

  /** Makes a node of an entry, with one more window. */
  private void burst(int slot, int entry, int[] window, int at, int end) {
    int extended = rare.node(entry);
    int windows = rare.windows(entry);
    tally(extended, windows, 0);
    int node = node(extended, rare.symbol(entry));
    count[node] = windows + 1L;
    slots[slot] = node << 1;
    rare.remove(entry);
    rare.forEach(entry, tails[depth[node]], (symbols, length) -> insert(node, symbols, 0, length));
    insert(node, window, at, end);
  }

  /** A rare extension of a node has become more frequent, or, with {@code after} 0, is none. */
  private void tally(int node, int before, int after) {
    rareSum[node] += Phi.of(after) - Phi.of(before);
    rareOccurrences[node] += after - before;
    rareDifferent[node] += (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
    rareOnce[node] += (after == 1 ? 1 : 0) - (before == 1 ? 1 : 0);
    rareMost[node] = (byte) Math.max(rareMost[node], after);
  }

  private int node(int extended, int by) {
    if (nodes == parent.length) {
      int room = nodes + (nodes >> 1);
      parent = Arrays.copyOf(parent, room);
      symbol = Arrays.copyOf(symbol, room);
      depth = Arrays.copyOf(depth, room);
      count = Arrays.copyOf(count, room);
      rareSum = Arrays.copyOf(rareSum, room);
      rareDifferent = Arrays.copyOf(rareDifferent, room);
      rareOnce = Arrays.copyOf(rareOnce, room);
      rareOccurrences = Arrays.copyOf(rareOccurrences, room);
      rareMost = Arrays.copyOf(rareMost, room);
    }
    parent[nodes] = extended;
    symbol[nodes] = by;
    depth[nodes] = (byte) (depth[extended] + 1);
    return nodes++;
  }

  private int slot(int node, int by) {
    int mask = slots.length - 1;
    int hash = node * MIX_NODE + by * MIX_SYMBOL;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0 && !holds(slots[slot], node, by)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean holds(int value, int node, int by) {
    int at = value >>> 1;
    return (value & 1) == 1 ? rare.is(at, node, by) : parent[at] == node && symbol[at] == by;
  }

  private void take(int slot, int value) {
    slots[slot] = value;
    used++;
    if (used > slots.length * LOAD) {
      int[] before = slots;
      slots = new int[2 * before.length];
      used = 0;
      for (int known : before) {
        if (known != 0) {
          place(known);
        }
      }
    }
  }

  private void place(int value) {
    int at = value >>> 1;
    boolean isRare = (value & 1) == 1;
    int slot = slot(isRare ? rare.node(at) : parent[at], isRare ? rare.symbol(at) : symbol[at]);
    slots[slot] = value;
    used++;
  }

  /** Moves the entries together. */
  private void moveTogether() {
    var moved = new RareWindows();
    for (int slot = 0; slot < slots.length; slot++) {
      if ((slots[slot] & 1) == 1) {
        slots[slot] = rare.copyTo(moved, slots[slot] >>> 1) << 1 | 1;
      }
    }
    rare = moved;
  }

  /**
   * Forgets the n-grams that are rare and have had no window since the last time. What they extend
   * keeps its statistics; an n-gram that comes back counts from 0 on, as one that is new.
   */
  void prune() {
    int[] before = slots;
    slots = new int[before.length];
    used = 0;
    for (int value : before) {
      if ((value & 1) == 1) {
        int entry = value >>> 1;
        if (rare.isTouched(entry)) {
          rare.setTouched(entry, false);
          place(value);
        } else {
          rare.remove(entry);
        }
      } else if (value != 0) {
        place(value);
      }
    }
    moveTogether();
  }

  /**
   * Hands out the candidates.
   *
   * @param minCount that of the constructor
   */
  void scan(int minCount, Consumer consumer) {
    var extensions = extensions();
    int[] path = new int[Ngrams.MAX_ORDER];
    long[] parts = new long[Ngrams.MAX_WORD];
    for (int node = 1; node < nodes; node++) {
      int length = depth[node];
      if (count[node] < minCount || length < Ngrams.MIN_WORD || length > Ngrams.MAX_WORD) {
        continue;
      }
      path[length - 1] = symbol[node];
      int at = node;
      for (int k = length - 1; k > 0; k--) {
        at = parent[at];
        path[k - 1] = symbol[at];
        parts[k] = count[at];
      }
      if (runs.mayBeWord(path, length)) {
        consumer.candidate(path, length, count[node], extensions[node], parts);
      }
    }
  }

  /** What is known of the extensions of each node. */
  private Extensions[] extensions() {
    var extensions = new Extensions[nodes];
    for (int node = nodes - 1; node > ROOT; node--) {
      if (extensions[node] == null) {
        extensions[node] = new Extensions();
      }
      extensions[node].addRare(
          rareSum[node],
          rareMost[node],
          rareDifferent[node],
          rareOnce[node],
          rareOccurrences[node]);
      int of = parent[node];
      if (extensions[of] == null) {
        extensions[of] = new Extensions();
      }
      extensions[of].add(symbol[node], count[node]);
    }
    return extensions;
  }

  /** The names of the symbols that are Latin runs. */
  RunNames runs() {
    return runs;
  }

  /** Bytes of memory, about. */
  long memory() {
    return NODE_BYTES * parent.length
        + (long) Integer.BYTES * slots.length
        + rare.capacity()
        + RUN_BYTES * runs.size();
  }

  /** Packs the trie: the names of Latin runs, the nodes in their order, then what is rare. */
  byte[] toByteArray() {
    moveTogether();
    var out = new PackedWriter();
    runs.write(out);
    out.writeCount(nodes);
    out.writeCount(used);
    for (int node = 1; node < nodes; node++) {
      out.writeCount(node - parent[node]);
      out.writeCount(symbol[node]);
      out.writeCount(count[node]);
      out.writeCount(rareDifferent[node]);
      if (rareDifferent[node] > 0) {
        out.writeCount(rareOnce[node]);
        out.writeCount(rareOccurrences[node]);
        out.writeByte(rareMost[node]);
        out.writeCount(rareSum[node]);
      }
    }
    rare.write(out);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #toByteArray} packed.
   *
   * @param minCount that of the trie that was packed
   */
  static NgramTrie of(byte[] packed, int minCount) {
    var trie = new NgramTrie(minCount);
    var in = new PackedReader(packed, trie.runs);
    trie.runs.read(in);
    int nodes = (int) in.readCount();
    trie.slots = new int[slotsFor((int) in.readCount())];
    for (int i = 1; i < nodes; i++) {
      int node = trie.node(i - (int) in.readCount(), (int) in.readCount());
      trie.count[node] = in.readCount();
      trie.rareDifferent[node] = (int) in.readCount();
      if (trie.rareDifferent[node] > 0) {
        trie.rareOnce[node] = (int) in.readCount();
        trie.rareOccurrences[node] = (int) in.readCount();
        trie.rareMost[node] = (byte) in.readByte();
        trie.rareSum[node] = in.readCount();
      }
      trie.place(node << 1);
    }
    trie.rare = RareWindows.of(in);
    for (int entry = 0; entry < trie.rare.end(); entry = trie.rare.behind(entry)) {
      trie.place(entry << 1 | 1);
    }
    return trie;
  }

  private static int slotsFor(int entries) {
    int size = MIN_SLOTS;
    while (entries > size * LOAD) {
      size *= 2;
    }
    return size;
  }
}
