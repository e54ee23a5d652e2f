package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * Spans from the best sequence of tags under a linear chain [1]: a number for each tag at each
 * position (emissions), for each tag after each other one (transitions), for the first tag and for
 * the last.
 *
 * <p>Tags are {@code O}, {@code B-X} where a span of label X begins and {@code I-X} where it goes
 * on; an {@code I-X} behind anything but X begins a span. The score of a span is the mean, over its
 * positions, of the softmax of the emissions at the tag chosen. Of sequences of equal worth the one
 * with the smaller tag at the last place where they differ is taken.
 *
 * <p>Sums are in double precision. O(positions · tags²).
 *
 * <p>[1] Lafferty, McCallum, Pereira: Conditional Random Fields, ICML 2001.
 */
final class TagDecoder implements SpanDecoder {
  private static final int OUTSIDE = -1;

  private final int tags;

  /** Worth of tag {@code b} after tag {@code a} is {@code transitions[a · tags + b]}. */
  private final double[] transitions;

  private final double[] starts;
  private final double[] ends;

  /** Label of each tag, or {@link #OUTSIDE}. */
  private final int[] label;

  private final boolean[] begins;

  /**
   * @param labels names of the labels, in the order of their numbers
   * @param tags names of the tags, in the order of the emissions
   */
  TagDecoder(
      List<String> labels,
      List<String> tags,
      double[][] transitions,
      double[] starts,
      double[] ends) {
    this.tags = tags.size();
    this.label = new int[this.tags];
    this.begins = new boolean[this.tags];
    for (int tag = 0; tag < this.tags; tag++) {
      var name = tags.get(tag);
      boolean outside = name.equals("O");
      label[tag] = outside ? OUTSIDE : labels.indexOf(name.substring(Math.min(2, name.length())));
      begins[tag] = name.startsWith("B-");
      if (!outside && (label[tag] < 0 || !begins[tag] && !name.startsWith("I-"))) {
        throw new IllegalArgumentException(
            "tag %s is neither O nor B- or I- with one of %s".formatted(name, labels));
      }
    }
    requireLength("transitions", transitions.length);
    requireLength("starts", starts.length);
    requireLength("ends", ends.length);
    this.transitions = new double[this.tags * this.tags];
    for (int a = 0; a < this.tags; a++) {
      requireLength("transitions", transitions[a].length);
      System.arraycopy(transitions[a], 0, this.transitions, a * this.tags, this.tags);
    }
    this.starts = starts.clone();
    this.ends = ends.clone();
  }

  private void requireLength(String name, int found) {
    if (found != tags) {
      throw new IllegalArgumentException(
          "%s: expected a number for each of %d tags, found %d".formatted(name, tags, found));
    }
  }

  @Override
  public int columns() {
    return tags;
  }

  /**
   * Spans of the best sequence, in order of place.
   *
   * @param emissions {@code [positions, tags]} from {@code at} on
   */
  @Override
  public List<ScoredSpan> decode(float[] emissions, int at, int positions) {
    if (positions == 0) {
      return List.of();
    }
    int[] path = bestPath(emissions, at, positions);
    var spans = new ArrayList<ScoredSpan>();
    int first = 0;
    while (first < positions) {
      int type = label[path[first]];
      int last = first;
      while (last + 1 < positions && label[path[last + 1]] == type && !begins[path[last + 1]]) {
        last++;
      }
      if (type != OUTSIDE) {
        spans.add(new ScoredSpan(first, last, type, score(emissions, at, path, first, last)));
      }
      first = last + 1;
    }
    return spans;
  }

  /** The tags of the sequence that is worth most. */
  int[] bestPath(float[] emissions, int at, int positions) {
    // cameFrom[i · tags + b] is the best tag before tag b at position i.
    var cameFrom = new int[positions * tags];
    var worth = new double[tags];
    var next = new double[tags];
    for (int b = 0; b < tags; b++) {
      worth[b] = starts[b] + emissions[at + b];
    }
    for (int i = 1; i < positions; i++) {
      for (int b = 0; b < tags; b++) {
        int from = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < tags; a++) {
          double through = worth[a] + transitions[a * tags + b];
          if (through > best) {
            best = through;
            from = a;
          }
        }
        next[b] = best + emissions[at + i * tags + b];
        cameFrom[i * tags + b] = from;
      }
      var swapped = worth;
      worth = next;
      next = swapped;
    }
    int tag = 0;
    for (int b = 1; b < tags; b++) {
      if (worth[b] + ends[b] > worth[tag] + ends[tag]) {
        tag = b;
      }
    }
    var path = new int[positions];
    for (int i = positions - 1; i >= 0; i--) {
      path[i] = tag;
      tag = cameFrom[i * tags + tag];
    }
    return path;
  }

  private double score(float[] emissions, int at, int[] path, int first, int last) {
    double sum = 0;
    for (int i = first; i <= last; i++) {
      int from = at + i * tags;
      double chosen = emissions[from + path[i]];
      double total = 0;
      for (int b = 0; b < tags; b++) {
        total += Math.exp(emissions[from + b] - chosen);
      }
      sum += 1 / total;
    }
    return sum / (last - first + 1);
  }
}
