package io.github.wenliu.operators.newword;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The windows that begin with n-grams too rare for a record of their own, packed: for each such
 * n-gram an entry with what its few windows have behind it. About fifteen bytes an n-gram. Not
 * thread-safe.
 *
 * <p>An entry is known by its place, which changes when it grows or when entries are moved
 * together. It begins with one long: the node that the n-gram extends (32 bits), the symbol by
 * which it does (21), its windows (3), whether it was touched since that was last asked (1), the
 * bytes of the entry (7). Then come its windows, each the number of symbols left and these, two
 * bytes or, beyond the first plane and for Latin runs, four.
 */
final class RareWindows {

  /** Windows an entry can hold. */
  static final int MAX_WINDOWS = 7;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int HEAD_BYTES = Long.BYTES;
  private static final int NODE_SHIFT = 32;
  private static final int SYMBOL_SHIFT = 11;
  private static final int SYMBOL_MASK = (1 << TrieNodes.SYMBOL_BITS) - 1;
  private static final int WINDOWS_SHIFT = 8;
  private static final int WINDOWS_MASK = 7;
  private static final int TOUCHED = 1 << 7;
  private static final int SIZE_MASK = TOUCHED - 1;

  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xFF;

  // A symbol that needs four bytes: its upper bits stand in a unit that no character is.
  private static final int LOW_BITS = 11;
  private static final int LOW_MASK = (1 << LOW_BITS) - 1;
  private static final int HIGH = Character.MIN_HIGH_SURROGATE;
  private static final int HIGH_MASK = 0xFC00;

  /** Bytes of an entry without windows, and of a window, at most. */
  private static final int MAX_WINDOW_BYTES = 1 + 4 * (Ngrams.MAX_ORDER - 2);

  private byte[] bytes = new byte[64];
  private int end;
  private int unused;

  /**
   * Begins an entry without windows.
   *
   * @return its place
   */
  int begin(int node, int symbol) {
    room(HEAD_BYTES);
    int at = end;
    LONG.set(bytes, at, (long) node << NODE_SHIFT | (long) symbol << SYMBOL_SHIFT | HEAD_BYTES);
    end += HEAD_BYTES;
    return at;
  }

  /**
   * Adds a window to an entry and marks this as touched.
   *
   * @param symbols {@code symbols[from .. to-1]} stand behind the entry's n-gram
   * @return the entry's new place
   */
  int add(int entry, int[] symbols, int from, int to) {
    long head = head(entry);
    int size = (int) head & SIZE_MASK;
    room(size + MAX_WINDOW_BYTES);
    int at = entry;
    if (entry + size != end) {
      at = end;
      System.arraycopy(bytes, entry, bytes, at, size);
      remove(entry);
      end += size;
    }
    bytes[end++] = (byte) (to - from);
    for (int k = from; k < to; k++) {
      write(symbols[k]);
    }
    LONG.set(bytes, at, (head & ~SIZE_MASK | TOUCHED) + (1 << WINDOWS_SHIFT) + (end - at));
    return at;
  }

  private void write(int symbol) {
    if (symbol < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      unit(symbol);
    } else {
      unit(HIGH | symbol >>> LOW_BITS);
      unit(symbol & LOW_MASK);
    }
  }

  private void unit(int unit) {
    bytes[end++] = (byte) (unit >>> BYTE_BITS);
    bytes[end++] = (byte) unit;
  }

  private void room(int more) {
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(end + more, bytes.length >> 2));
    }
  }

  private long head(int entry) {
    return (long) LONG.get(bytes, entry);
  }

  int node(int entry) {
    return (int) (head(entry) >>> NODE_SHIFT);
  }

  int symbol(int entry) {
    return (int) (head(entry) >>> SYMBOL_SHIFT) & SYMBOL_MASK;
  }

  /** Whether an entry is that of a node's extension. */
  boolean is(int entry, int node, int symbol) {
    return head(entry) >> SYMBOL_SHIFT == ((long) node << TrieNodes.SYMBOL_BITS | symbol);
  }

  /** How many windows an entry has. */
  int windows(int entry) {
    return (int) (head(entry) >>> WINDOWS_SHIFT) & WINDOWS_MASK;
  }

  boolean isTouched(int entry) {
    return (head(entry) & TOUCHED) != 0;
  }

  /** All entries, none of them touched, with new numbers of their symbols. */
  RareWindows untouched(IntUnaryOperator renumbering) {
    var renumbered = new RareWindows();
    int[] window = new int[Ngrams.MAX_ORDER];
    for (int entry = 0; entry < end; entry = behind(entry)) {
      if (windows(entry) > 0) {
        int node = node(entry);
        int of = node < 0 ? ~renumbering.applyAsInt(~node) : node;
        int[] place = {renumbered.begin(of, renumbering.applyAsInt(symbol(entry)))};
        forEach(
            entry,
            window,
            (symbols, length) -> {
              for (int k = 0; k < length; k++) {
                symbols[k] = renumbering.applyAsInt(symbols[k]);
              }
              place[0] = renumbered.add(place[0], symbols, 0, length);
            });
        LONG.set(renumbered.bytes, place[0], renumbered.head(place[0]) & ~TOUCHED);
      }
    }
    return renumbered;
  }

  /** Takes the windows of an entry, one after the other. */
  interface Consumer {

    /** {@code symbols[0 .. length-1]} stand behind the entry's n-gram; reused. */
    void window(int[] symbols, int length);
  }

  /**
   * Hands out the windows of an entry.
   *
   * @param into for their symbols; the entry may move meanwhile
   */
  void forEach(int entry, int[] into, Consumer consumer) {
    byte[] read = bytes;
    int windows = windows(entry);
    int at = entry + HEAD_BYTES;
    for (int i = 0; i < windows; i++) {
      int length = read[at++];
      for (int k = 0; k < length; k++) {
        int unit = (read[at] & BYTE_MASK) << BYTE_BITS | read[at + 1] & BYTE_MASK;
        at += 2;
        if ((unit & HIGH_MASK) == HIGH) {
          int low = (read[at] & BYTE_MASK) << BYTE_BITS | read[at + 1] & BYTE_MASK;
          unit = (unit & ~HIGH_MASK) << LOW_BITS | low;
          at += 2;
        }
        into[k] = unit;
      }
      consumer.window(into, length);
    }
  }

  /** Forgets an entry: it has no windows then. */
  void remove(int entry) {
    long head = head(entry);
    unused += (int) head & SIZE_MASK;
    LONG.set(bytes, entry, head & ~((long) WINDOWS_MASK << WINDOWS_SHIFT));
  }

  /** Whether moving the entries together would free a good part of the memory. */
  boolean isSparse() {
    return unused > 1 << 10 && unused > end >> 2;
  }

  /** Copies an entry into another place. */
  int copyTo(RareWindows other, int entry) {
    int size = (int) head(entry) & SIZE_MASK;
    other.room(size);
    int at = other.end;
    System.arraycopy(bytes, entry, other.bytes, at, size);
    other.end += size;
    return at;
  }

  /** The place behind the last entry. */
  int end() {
    return end;
  }

  /** The place behind an entry, where the next one is. */
  int behind(int entry) {
    return entry + ((int) head(entry) & SIZE_MASK);
  }

  /** Writes all entries; there must be none that was removed. */
  void write(PackedWriter out) {
    out.writeCount(end);
    out.writeBytes(bytes, 0, end);
  }

  /** Reads what {@link #write} wrote. */
  static RareWindows of(PackedReader in) {
    var rare = new RareWindows();
    rare.end = (int) in.readCount();
    rare.bytes = in.readBytes(rare.end);
    return rare;
  }

  /** Bytes of memory. */
  int capacity() {
    return bytes.length;
  }
}
