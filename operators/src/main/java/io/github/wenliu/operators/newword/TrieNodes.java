package io.github.wenliu.operators.newword;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The frequent n-grams of a trie with their counts, in the order in which they came: what is
 * extended stands before what extends it. All that is known of one stands together, as that is what
 * memory is fast at. Not thread-safe.
 */
final class TrieNodes {

  /** Bits of a symbol. */
  static final int SYMBOL_BITS = 21;

  /** Bytes a node takes. */
  static final int BYTES = 48;

  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  // A node's record: what it extends and by which symbol; its count; of its extensions that are
  // rare the sum of phi; how many differ (upper half) and how many occur once (lower half); their
  // occurrences (upper bits) and the count of the most frequent (lower bits); Extensions.chance of
  // those of them that were forgotten.
  private static final int FIELDS = 6;
  private static final int COUNT = 1;
  private static final int SUM = 2;
  private static final int DIFFERENT_ONCE = 3;
  private static final int OCCURRENCES_MOST = 4;
  private static final int CHANCE = 5;

  private static final int DIFFERENT_SHIFT = 32;
  private static final long ONCE_MASK = 0xFFFF_FFFFL;
  private static final int OCCURRENCES_SHIFT = 3;
  private static final int MOST_MASK = RareWindows.MAX_WINDOWS;

  private long[] records = new long[8 * FIELDS];

  /** Nodes are numbered from 1 on. */
  private int end = 1;

  /** The number behind the last node. */
  int end() {
    return end;
  }

  /** How many nodes there is room for. */
  int capacity() {
    return records.length / FIELDS;
  }

  /**
   * Adds a node.
   *
   * @param extended the node that it extends, or {@code ~symbol} if it extends a single symbol
   * @param by the symbol by which it does
   */
  int add(int extended, int by) {
    if (end * FIELDS == records.length) {
      records = Arrays.copyOf(records, FIELDS * (end + (end >> 2) + 2));
    }
    records[end * FIELDS] = (long) extended << SYMBOL_BITS | by;
    return end++;
  }

  boolean is(int node, int extended, int by) {
    return records[node * FIELDS] == ((long) extended << SYMBOL_BITS | by);
  }

  /** The node that a node extends, or {@code ~symbol} if it has two symbols. */
  int extended(int node) {
    return (int) (records[node * FIELDS] >> SYMBOL_BITS);
  }

  /** The last symbol. */
  int symbol(int node) {
    return (int) records[node * FIELDS] & SYMBOL_MASK;
  }

  long count(int node) {
    return records[node * FIELDS + COUNT];
  }

  void count(int node, long more) {
    records[node * FIELDS + COUNT] += more;
  }

  /** A rare extension of a node has become more frequent, or, with {@code after} 0, is none. */
  void tally(int node, int before, int after) {
    int at = node * FIELDS;
    records[at + SUM] += Phi.of(after) - Phi.of(before);
    long different = (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
    long once = (after == 1 ? 1 : 0) - (before == 1 ? 1 : 0);
    records[at + DIFFERENT_ONCE] += (different << DIFFERENT_SHIFT) + once;
    long rest = records[at + OCCURRENCES_MOST];
    long most = Math.max(rest & MOST_MASK, after);
    records[at + OCCURRENCES_MOST] =
        (rest & ~MOST_MASK) + ((long) (after - before) << OCCURRENCES_SHIFT) | most;
  }

  /** Adds to the {@link Extensions#chance} of those extensions of a node that were forgotten. */
  void keepChance(int node, long more) {
    records[node * FIELDS + CHANCE] += more;
  }

  /** Tells of the extensions of a node that are rare, but the chance of those that are there. */
  void tellRare(int node, Extensions extensions) {
    int at = node * FIELDS;
    extensions.addRare(
        records[at + SUM],
        records[at + OCCURRENCES_MOST] & MOST_MASK,
        records[at + DIFFERENT_ONCE] >>> DIFFERENT_SHIFT,
        records[at + DIFFERENT_ONCE] & ONCE_MASK,
        records[at + OCCURRENCES_MOST] >>> OCCURRENCES_SHIFT,
        records[at + CHANCE]);
  }

  /** Gives all symbols new numbers. */
  void renumber(IntUnaryOperator renumbering) {
    for (int node = 1; node < end; node++) {
      int extended = extended(node);
      long of = extended < 0 ? ~renumbering.applyAsInt(~extended) : extended;
      records[node * FIELDS] = of << SYMBOL_BITS | renumbering.applyAsInt(symbol(node));
    }
  }

  /** Writes all nodes. */
  void write(PackedWriter out) {
    out.writeCount(end);
    for (int node = 1; node < end; node++) {
      int extended = extended(node);
      if (extended < 0) {
        out.writeCount(0);
        out.writeCount(~extended);
      } else {
        out.writeCount(node - extended);
      }
      out.writeCount(symbol(node));
      out.writeCount(count(node));
      long differentOnce = records[node * FIELDS + DIFFERENT_ONCE];
      out.writeCount(differentOnce >>> DIFFERENT_SHIFT);
      if (differentOnce != 0) {
        out.writeCount(differentOnce & ONCE_MASK);
        out.writeCount(records[node * FIELDS + OCCURRENCES_MOST]);
        out.writeCount(records[node * FIELDS + SUM]);
        out.writeCount(records[node * FIELDS + CHANCE]);
      } else {
        out.writeByte((int) records[node * FIELDS + OCCURRENCES_MOST]);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static TrieNodes of(PackedReader in) {
    int end = (int) in.readCount();
    var nodes = new TrieNodes();
    nodes.records = new long[end * FIELDS];
    while (nodes.end < end) {
      int distance = (int) in.readCount();
      int extended = distance == 0 ? ~(int) in.readCount() : nodes.end - distance;
      int node = nodes.add(extended, (int) in.readCount());
      int at = node * FIELDS;
      nodes.records[at + COUNT] = in.readCount();
      long different = in.readCount();
      if (different != 0) {
        nodes.records[at + DIFFERENT_ONCE] = different << DIFFERENT_SHIFT | in.readCount();
        nodes.records[at + OCCURRENCES_MOST] = in.readCount();
        nodes.records[at + SUM] = in.readCount();
        nodes.records[at + CHANCE] = in.readCount();
      } else {
        nodes.records[at + OCCURRENCES_MOST] = in.readByte();
      }
    }
    return nodes;
  }
}
