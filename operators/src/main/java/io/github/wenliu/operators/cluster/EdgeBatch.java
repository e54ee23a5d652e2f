package io.github.wenliu.operators.cluster;

import java.util.Arrays;

/**
 * Counts of pairs of words on their way to the graph: of one channel, and of those pairs whose
 * first word falls into one bucket.
 *
 * @param channel tenant
 * @param bucket of the first words
 * @param names the words; the empty one stands for the contexts, whatever they hold
 * @param epochs the epochs that there are counts of, ascending
 * @param ends entries of {@code epochs[i]} are {@code ends[i-1] … ends[i]-1}, those of the first
 *     from 0
 * @param entries entry {@code i} is {@code entries[3i], entries[3i+1], entries[3i+2]}: the numbers
 *     of two words, and in how many contexts they stood together; where both are the same, in how
 *     many the word stood
 */
public record EdgeBatch(
    String channel, int bucket, String[] names, long[] epochs, int[] ends, int[] entries) {

  /** Buckets of a channel: many, so that no subtask of a few has far more than another. */
  static final int BUCKETS = 64;

  /** In place of a word: the contexts themselves. */
  static final String CONTEXTS = "";

  /** Numbers that make an entry. */
  static final int ENTRY = 3;

  /** The key under which the pairs of the bucket are counted. */
  public String key() {
    return channel + "/" + bucket;
  }

  /** The bucket of the pairs with this first word. */
  static int bucketOf(String first) {
    int hash = first.hashCode() * 0x9E3779B9;
    return hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS);
  }

  /** Where the entries of an epoch begin. */
  int startOf(int epoch) {
    return epoch == 0 ? 0 : ends[epoch - 1];
  }

  boolean isUpTo(long epoch) {
    return epochs[epochs.length - 1] <= epoch;
  }

  /** What belongs to later epochs; of a batch that is not {@link #isUpTo up to} this one. */
  EdgeBatch after(long epoch) {
    int from = 0;
    while (epochs[from] <= epoch) {
      from++;
    }
    if (from == 0) {
      return this;
    }
    int start = startOf(from);
    int[] later = Arrays.copyOfRange(ends, from, ends.length);
    Arrays.setAll(later, i -> later[i] - start);
    return new EdgeBatch(
        channel,
        bucket,
        names,
        Arrays.copyOfRange(epochs, from, epochs.length),
        later,
        Arrays.copyOfRange(entries, ENTRY * start, entries.length));
  }
}
