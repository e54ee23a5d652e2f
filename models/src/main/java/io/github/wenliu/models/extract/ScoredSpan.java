package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A span of positions that a decoder found.
 *
 * @param first first position
 * @param last last position, itself included
 * @param label column of its label
 * @param score probability
 */
record ScoredSpan(int first, int last, int label, double score) {

  /** The better one first; then by place and label, so that the order is total. */
  static final Comparator<ScoredSpan> BEST_FIRST =
      Comparator.comparingDouble(ScoredSpan::score)
          .reversed()
          .thenComparingInt(ScoredSpan::first)
          .thenComparingInt(ScoredSpan::last)
          .thenComparingInt(ScoredSpan::label);

  static final Comparator<ScoredSpan> BY_PLACE =
      Comparator.comparingInt(ScoredSpan::first)
          .thenComparingInt(ScoredSpan::last)
          .thenComparingInt(ScoredSpan::label);

  boolean overlaps(ScoredSpan other) {
    return first <= other.last && other.first <= last;
  }

  /** The span in a sequence that this one's is a window of, from the given position on. */
  ScoredSpan shifted(int by) {
    return by == 0 ? this : new ScoredSpan(first + by, last + by, label, score);
  }

  /**
   * What remains if of two that overlap only one may stay, the one that comes first in an order.
   * O(n · kept).
   *
   * @return in order of place
   */
  static List<ScoredSpan> withoutOverlaps(List<ScoredSpan> spans, Comparator<ScoredSpan> order) {
    if (spans.size() < 2) {
      return spans;
    }
    var sorted = new ArrayList<>(spans);
    sorted.sort(order);
    var kept = new ArrayList<ScoredSpan>(sorted.size());
    for (var span : sorted) {
      if (kept.stream().noneMatch(span::overlaps)) {
        kept.add(span);
      }
    }
    kept.sort(BY_PLACE);
    return kept;
  }
}
