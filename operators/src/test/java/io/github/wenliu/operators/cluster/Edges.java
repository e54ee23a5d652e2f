package io.github.wenliu.operators.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Batches of pairs in a form that tests can read. */
final class Edges {

  private Edges() {}

  /** A batch of one epoch, of pairs written as {@code one/other} or of words, each counted once. */
  static List<EdgeBatch> batches(String channel, long epoch, String... pairs) {
    var sums = new EdgeSums();
    for (String pair : pairs) {
      var words = pair.split("/", -1);
      sums.add(epoch, sums.number(words[0]), sums.number(words[words.length - 1]), 1);
    }
    var batches = new ArrayList<EdgeBatch>();
    sums.forEachBatch(channel, batches::add);
    return batches;
  }

  /** All sums, as {@code channel epoch sum pair}, sorted; the pair is one word, two, or none. */
  static List<String> lines(Collection<EdgeBatch> batches) {
    var lines = new ArrayList<String>();
    for (EdgeBatch batch : batches) {
      for (int e = 0; e < batch.epochs().length; e++) {
        for (int i = batch.startOf(e); i < batch.ends()[e]; i++) {
          lines.add(line(batch, batch.epochs()[e], EdgeBatch.ENTRY * i));
        }
      }
    }
    lines.sort(null);
    return lines;
  }

  private static String line(EdgeBatch batch, long epoch, int at) {
    var first = batch.names()[batch.entries()[at]];
    var second = batch.names()[batch.entries()[at + 1]];
    var words = first.equals(second) ? first : first + " " + second;
    return "%s %d %d %s".formatted(batch.channel(), epoch, batch.entries()[at + 2], words).strip();
  }
}
