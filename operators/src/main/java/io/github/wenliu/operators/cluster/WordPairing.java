package io.github.wenliu.operators.cluster;

import java.util.List;

/**
 * Pairs the words of a document: each two of a context once, neighbours first, then those with one
 * word between them, and so on in all contexts alike until the document has had its share.
 *
 * @param counted pairs that were counted
 * @param dropped pairs beyond the document's share
 */
record WordPairing(long counted, long dropped) {

  /**
   * Adds the pairs and words of a document to the sums, and its contexts.
   *
   * @param contexts the words of each context, each once
   * @param maxPairs pairs that are counted at most
   * @param epoch for which they count
   */
  static WordPairing add(List<List<String>> contexts, int maxPairs, long epoch, EdgeSums sums) {
    int ofContexts = sums.number(EdgeBatch.CONTEXTS);
    sums.add(epoch, ofContexts, ofContexts, contexts.size());
    int[][] words = new int[contexts.size()][];
    long possible = 0;
    int longest = 0;
    for (int c = 0; c < words.length; c++) {
      words[c] = contexts.get(c).stream().mapToInt(sums::number).toArray();
      for (int word : words[c]) {
        sums.add(epoch, word, word, 1);
      }
      possible += (long) words[c].length * (words[c].length - 1) / 2;
      longest = Math.max(longest, words[c].length);
    }
    int counted = 0;
    for (int distance = 1; distance < longest && counted < maxPairs; distance++) {
      for (int c = 0; c < words.length && counted < maxPairs; c++) {
        for (int i = 0; i + distance < words[c].length && counted < maxPairs; i++) {
          sums.add(epoch, words[c][i], words[c][i + distance], 1);
          counted++;
        }
      }
    }
    return new WordPairing(counted, possible - counted);
  }
}
