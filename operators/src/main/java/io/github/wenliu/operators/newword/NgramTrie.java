package io.github.wenliu.operators.newword;

import java.util.function.IntUnaryOperator;

/**
 * The n-grams of a shard with what one direction knows of them, kept up with every window that
 * comes: a burst trie [1]. An n-gram that occurs often enough is a node with a count. What is rarer
 * has no record: its windows lie, packed, with the node that it extends ({@link RareWindows}), and
 * become nodes when they have become frequent. Every count and every statistic is exact, and a
 * function of the windows alone.
 *
 * <p>Cost: O(1) a symbol of each window, until it leaves the nodes; what a version asks is O(nodes
 * and rare n-grams), the latter one look at each in the order of memory. Memory: about twenty bytes
 * a distinct window, fifty a node.
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

  /** Takes each pair of symbols. */
  interface PairConsumer {

    /**
     * @param symbol the first in the direction of the windows
     * @param count the pair's occurrences; 0 if it was forgotten
     */
    void pair(int symbol, long count);
  }

  /** Shares of the slots that are in use at most. */
  private static final double LOAD = 0.7;

  private static final int MIN_SLOTS = 16;

  /** The golden ratio's fraction; of a product with it the upper bits are mixed well. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final int HASH_SHIFT = 32;

  private static final long RUN_BYTES = 100;

  private RunNames runs = new RunNames();

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

  private TrieNodes nodes = new TrieNodes();

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
    int[] window = tails[0];
    while (!reader.isAtEnd() && reader.peekByte() != WindowBuffers.EPOCH) {
      int length = reader.readByte();
      for (int k = 0; k < length; k++) {
        window[k] = reader.readSymbol();
      }
      insert(~window[0], 2, window, 1, length);
    }
    if (rare.isSparse()) {
      moveTogether();
    }
  }

  /**
   * Counts {@code window[at .. end-1]} behind a node.
   *
   * @param from the node, or {@code ~symbol} for a single symbol
   * @param depth symbols of what extends it
   */
  private void insert(int from, int depth, int[] window, int at, int end) {
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
          burst(slot, depth + k - at, window, k + 1, end);
        }
        return;
      }
      node = value >>> 1;
      nodes.count(node, 1);
    }
  }

  /** Makes a node of an entry, with one more window. */
  private void burst(int slot, int depth, int[] window, int at, int end) {
    int entry = slots[slot] >>> 1;
    int extended = rare.node(entry);
    int windows = rare.windows(entry);
    tally(extended, windows, 0);
    int node = nodes.add(extended, rare.symbol(entry));
    nodes.count(node, windows + 1L);
    slots[slot] = node << 1;
    rare.forEach(
        entry, tails[depth], (symbols, length) -> insert(node, depth + 1, symbols, 0, length));
    rare.remove(entry);
    insert(node, depth + 1, window, at, end);
  }

  /** Of a single symbol's extensions nobody asks. */
  private void tally(int extended, int before, int after) {
    if (extended > 0) {
      nodes.tally(extended, before, after);
    }
  }

  private int slot(int node, int by) {
    int mask = slots.length - 1;
    long key = (long) node << TrieNodes.SYMBOL_BITS | by;
    int slot = (int) (key * MIX >>> HASH_SHIFT) & mask;
    while (slots[slot] != 0 && !holds(slots[slot], node, by)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean holds(int value, int node, int by) {
    int at = value >>> 1;
    return (value & 1) == 1 ? rare.is(at, node, by) : nodes.is(at, node, by);
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
    int slot =
        slot(
            isRare ? rare.node(at) : nodes.extended(at),
            isRare ? rare.symbol(at) : nodes.symbol(at));
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
   * keeps its statistics; an n-gram that comes back counts from 0 on, as one that is new. Latin
   * runs that are in no n-gram any more are forgotten, too.
   *
   * @param logs of the symbols' counts as they are now
   */
  void prune(SymbolLogs logs) {
    logs.start(runs);
    for (int entry = 0; entry < rare.end(); entry = rare.behind(entry)) {
      if (rare.windows(entry) > 0 && !rare.isTouched(entry)) {
        forget(entry, logs);
      }
    }
    var names = new RunNames();
    IntUnaryOperator renumbering = code -> names.code(code, runs.name(code));
    nodes.renumber(renumbering);
    rare = rare.untouched(renumbering);
    runs = names;
    placeAll();
  }

  private void forget(int entry, SymbolLogs logs) {
    if (rare.node(entry) > 0) {
      nodes.keepChance(rare.node(entry), rare.windows(entry) * (long) logs.of(rare.symbol(entry)));
    }
    rare.remove(entry);
  }

  /**
   * Hands out the pairs, in any order, and then the candidates.
   *
   * @param minCount that of the constructor
   * @param logs of the symbols' counts
   */
  void scan(int minCount, SymbolLogs logs, PairConsumer pairs, Consumer consumer) {
    logs.start(runs);
    var extensions = extensions(logs, pairs);
    int[] symbols = new int[Ngrams.MAX_ORDER];
    long[] counts = new long[Ngrams.MAX_ORDER];
    int[] candidate = new int[Ngrams.MAX_ORDER];
    long[] parts = new long[Ngrams.MAX_WORD];
    for (int node = 1; node < nodes.end(); node++) {
      if (nodes.count(node) < minCount) {
        continue;
      }
      int length = 1;
      int at = node;
      for (; at > 0; at = nodes.extended(at)) {
        symbols[length - 1] = nodes.symbol(at);
        counts[length - 1] = nodes.count(at);
        length++;
      }
      if (length > Ngrams.MAX_WORD) {
        continue;
      }
      candidate[0] = ~at;
      for (int k = 1; k < length; k++) {
        candidate[k] = symbols[length - 1 - k];
        parts[k] = counts[length - k];
      }
      if (runs.mayBeWord(candidate, length)) {
        consumer.candidate(candidate, length, nodes.count(node), extensions[node], parts);
      }
    }
  }

  /** What is known of the extensions of each node; those of single symbols are the pairs. */
  private Extensions[] extensions(SymbolLogs logs, PairConsumer pairs) {
    var extensions = new Extensions[nodes.end()];
    for (int node = 1; node < extensions.length; node++) {
      extensions[node] = new Extensions();
      nodes.tellRare(node, extensions[node]);
      int extended = nodes.extended(node);
      if (extended > 0) {
        int by = nodes.symbol(node);
        extensions[extended].add(by, nodes.count(node), logs.of(by));
      } else {
        pairs.pair(~extended, nodes.count(node));
      }
    }
    for (int entry = 0; entry < rare.end(); entry = rare.behind(entry)) {
      int extended = rare.node(entry);
      if (extended > 0) {
        extensions[extended].chance += rare.windows(entry) * (long) logs.of(rare.symbol(entry));
      } else {
        pairs.pair(~extended, rare.windows(entry));
      }
    }
    return extensions;
  }

  /** The names of the symbols that are Latin runs. */
  RunNames runs() {
    return runs;
  }

  /** Bytes of memory, about. */
  long memory() {
    return (long) TrieNodes.BYTES * nodes.capacity()
        + (long) Integer.BYTES * slots.length
        + rare.capacity()
        + RUN_BYTES * runs.size();
  }

  /** Packs the trie: the names of Latin runs, the nodes in their order, then what is rare. */
  byte[] toByteArray() {
    moveTogether();
    var out = new PackedWriter();
    runs.write(out);
    nodes.write(out);
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
    trie.nodes = TrieNodes.of(in);
    trie.rare = RareWindows.of(in);
    trie.placeAll();
    return trie;
  }

  /** Makes the hash table of what is there. */
  private void placeAll() {
    int entries = 0;
    for (int entry = 0; entry < rare.end(); entry = rare.behind(entry)) {
      entries++;
    }
    slots = new int[slotsFor(nodes.end() + entries)];
    used = 0;
    for (int node = 1; node < nodes.end(); node++) {
      place(node << 1);
    }
    for (int entry = 0; entry < rare.end(); entry = rare.behind(entry)) {
      place(entry << 1 | 1);
    }
  }

  private static int slotsFor(int entries) {
    int size = MIN_SLOTS;
    while (entries > size * LOAD) {
      size *= 2;
    }
    return size;
  }
}
