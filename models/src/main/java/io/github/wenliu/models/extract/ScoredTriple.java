package io.github.wenliu.models.extract;

import java.util.Comparator;

/**
 * A relation between two spans of positions.
 *
 * @param subject span of the subject; its label means nothing
 * @param predicate number of the predicate
 * @param object span of the object; its label is the predicate's
 * @param score probability of the triple
 */
record ScoredTriple(ScoredSpan subject, int predicate, ScoredSpan object, double score) {

  /** The better one first; then by place and predicate, so that the order is total. */
  static final Comparator<ScoredTriple> BEST_FIRST =
      Comparator.comparingDouble(ScoredTriple::score)
          .reversed()
          .thenComparing(ScoredTriple::subject, ScoredSpan.BY_PLACE)
          .thenComparing(ScoredTriple::object, ScoredSpan.BY_PLACE)
          .thenComparingInt(ScoredTriple::predicate);

  /** Whether two triples say the same, up to the bounds of their spans. */
  boolean resembles(ScoredTriple other) {
    return predicate == other.predicate
        && subject.overlaps(other.subject)
        && object.overlaps(other.object);
  }

  /** The triple in a sequence that this one's is a window of, from the given position on. */
  ScoredTriple shifted(int by) {
    return by == 0
        ? this
        : new ScoredTriple(subject.shifted(by), predicate, object.shifted(by), score);
  }
}
