package io.github.wenliu.models.text;

/**
 * Tells the places of a text where no word of a lexicon can start, from two bits of a small table.
 *
 * <p>One bit is set for the first three characters of each word, or for all of a shorter one. A
 * place whose bits are not set starts no word; one in five of the others only looks like it. Most
 * places share two characters with some word and three with none, and finding that out in the trie
 * takes several steps through memory that is in no cache.
 */
final class WordStarts {
  private static final int BITS_A_WORD = 8;

  private final long[] bits;
  private final int shift;

  /** Whether there is a word of one character. */
  private boolean single;

  WordStarts(int words) {
    int log = 32 - Integer.numberOfLeadingZeros(Math.max(Long.SIZE, words * BITS_A_WORD) - 1);
    this.bits = new long[1 << log - 6];
    this.shift = 64 - log;
  }

  /** A copy, to add words to. */
  WordStarts(WordStarts from) {
    this.bits = from.bits.clone();
    this.shift = from.shift;
    this.single = from.single;
  }

  /** Whether the table is large enough for so many words. */
  boolean holds(int words) {
    return (long) words * BITS_A_WORD <= (long) bits.length * Long.SIZE;
  }

  void add(String word) {
    add(
        word.charAt(0),
        word.length() < 2 ? 0 : word.charAt(1),
        word.length() < 3 ? 0 : word.charAt(2));
  }

  /** Adds a word by its first characters, 0 for those that it does not have. */
  void add(char first, char second, char third) {
    int place = place(first, second, third);
    bits[place / Long.SIZE] |= 1L << place;
    single |= second == 0;
  }

  /** Whether a word may start at a place and lie before another. */
  boolean maySpan(char[] text, int from, int to) {
    int length = to - from;
    char first = text[from];
    return length > 1 && isSet(place(first, text[from + 1], (char) 0))
        || length > 2 && isSet(place(first, text[from + 1], text[from + 2]))
        || single && isSet(place(first, (char) 0, (char) 0));
  }

  private boolean isSet(int place) {
    return (bits[place / Long.SIZE] & 1L << place) != 0;
  }

  private int place(char first, char second, char third) {
    long key = (long) first << 2 * Character.SIZE | (long) second << Character.SIZE | third;
    return (int) (key * 0x9E3779B97F4A7C15L >>> shift);
  }
}
