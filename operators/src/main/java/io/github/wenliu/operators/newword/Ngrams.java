package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.SymbolCodes;

/** The sizes that the counting of n-grams is made for. */
final class Ngrams {

  /** Symbols of the longest n-gram that is counted: one more than a word, for what follows it. */
  static final int MAX_ORDER = 6;

  /** Symbols of the longest word. */
  static final int MAX_WORD = 5;

  /** Symbols of the shortest word. */
  static final int MIN_WORD = 2;

  /** Statistics of a channel and direction are cut into this many shards. */
  static final int SHARDS = 1 << 8;

  /** Candidates of a channel are scored in this many buckets. */
  static final int BUCKETS = 1 << 8;

  private static final int MIX = 0x9E3779B9;
  private static final int INT_BITS = 32;
  private static final int SHARD_BITS = 8;
  private static final int BUCKET_BITS = 8;

  private Ngrams() {}

  /**
   * The shard of all n-grams that begin, in the direction of reading, with two symbols. Two and not
   * one, so that the most frequent character is spread over all of them.
   *
   * @param firstHash hash of the first symbol
   * @param secondHash hash of the second
   */
  static int shard(int firstHash, int secondHash) {
    return (firstHash * 31 + secondHash) * MIX >>> INT_BITS - SHARD_BITS;
  }

  /** The bucket of a candidate, from the hashes of its symbols folded by {@link #fold}. */
  static int bucket(int folded) {
    return folded * MIX >>> INT_BITS - BUCKET_BITS;
  }

  /** Adds a symbol to the hash of a candidate. */
  static int fold(int folded, int symbolHash) {
    return folded * 31 + symbolHash;
  }

  /**
   * The same in every process.
   *
   * @param run the run's characters, if the code stands for one
   */
  static int hash(int code, String run) {
    return code < SymbolCodes.FIRST_RUN ? code : run.hashCode();
  }

  static boolean isHan(int code) {
    return code >= 0x4E00 && code <= 0x9FFF
        || code >= 0x3400 && code <= 0x4DBF
        || code == '〇'
        || code >= 0xF900 && code <= 0xFAFF
        || code >= 0x20000 && code <= 0x3FFFF;
  }
}
