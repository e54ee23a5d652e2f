package io.github.wenliu.operators.trends;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.TreeMap;

/**
 * How many documents of an epoch of a channel hold each word; of all of them or of a part.
 *
 * @param channel tenant
 * @param epoch the epoch
 * @param documents how many there are, reposts aside
 * @param words the words that they hold
 * @param counts how many documents hold {@code words[i]}
 */
public record EpochTally(String channel, long epoch, int documents, String[] words, int[] counts) {

  /** The tally of documents of one channel, each text once. */
  static EpochTally of(String channel, long epoch, Iterable<DocumentWords> documents) {
    var seen = new LongOpenHashSet();
    var counts = new TreeMap<String, Integer>();
    for (DocumentWords document : documents) {
      if (seen.add(document.fingerprint())) {
        for (String word : document.words()) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    return new EpochTally(
        channel,
        epoch,
        seen.size(),
        counts.keySet().toArray(String[]::new),
        counts.values().stream().mapToInt(Integer::intValue).toArray());
  }
}
