package io.github.wenliu.models.link;

import io.github.wenliu.models.text.NormalizedText;
import java.util.Arrays;

/**
 * A passage as the linking model reads it: a bag of its symbols and of its pairs of neighbouring
 * symbols, each hashed to one of {@link #VOCABULARY} rows. Blanks and punctuation are left out and
 * part neighbours. O(length of the passage).
 */
public final class LinkTokens {

  /** Rows of the embedding; row 0 is padding. */
  public static final int VOCABULARY = 1 << 15;

  private static final int SEED_PAIR = 0x9E3779B9;

  private LinkTokens() {}

  /**
   * The tokens of a whole text from its beginning.
   *
   * @param most tokens
   */
  public static int[] of(NormalizedText text, int most) {
    var bag = new Bag(text, most);
    for (int i = 0; i < text.symbols() && !bag.isFull(); i++) {
      bag.add(i);
      bag.addPair(i - 1);
    }
    return bag.tokens();
  }

  /**
   * The tokens around a mention, the nearest first, without its own.
   *
   * @param from first symbol of the mention
   * @param to symbol after its last
   * @param most tokens
   */
  public static int[] around(NormalizedText text, int from, int to, int most) {
    var bag = new Bag(text, most);
    int left = from - 1;
    int right = to;
    while ((left >= 0 || right < text.symbols()) && !bag.isFull()) {
      if (left >= 0) {
        bag.add(left);
        if (left + 1 < from) {
          bag.addPair(left);
        }
        left--;
      }
      if (right < text.symbols()) {
        bag.add(right);
        if (right > to) {
          bag.addPair(right - 1);
        }
        right++;
      }
    }
    return bag.tokens();
  }

  /** What has been collected. */
  private static final class Bag {
    private final NormalizedText text;
    private final int[] tokens;
    private int size;

    Bag(NormalizedText text, int most) {
      this.text = text;
      this.tokens = new int[most];
    }

    boolean isFull() {
      return size == tokens.length;
    }

    void add(int symbol) {
      if (isWord(symbol)) {
        put(hash(symbol, 0));
      }
    }

    /** The pair that begins at a symbol. */
    void addPair(int first) {
      if (first >= 0 && isWord(first) && isWord(first + 1)) {
        put(hash(first + 1, hash(first, 0) ^ SEED_PAIR));
      }
    }

    private boolean isWord(int symbol) {
      return !text.kind(symbol).isBreak();
    }

    private void put(int hash) {
      if (size < tokens.length) {
        int mixed = hash;
        mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        mixed ^= mixed >>> 16;
        tokens[size++] = 1 + Integer.remainderUnsigned(mixed, VOCABULARY - 1);
      }
    }

    private int hash(int symbol, int seed) {
      int hash = seed;
      var characters = text.normalized(symbol, symbol + 1);
      for (int i = 0; i < characters.length(); i++) {
        hash = 31 * hash + characters.charAt(i);
      }
      return hash;
    }

    int[] tokens() {
      return Arrays.copyOf(tokens, size);
    }
  }
}
