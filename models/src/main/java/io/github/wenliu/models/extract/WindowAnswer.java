package io.github.wenliu.models.extract;

import java.util.List;

/**
 * What a model found in a window, in positions.
 *
 * @param spans of the entity scheme, without overlaps
 * @param triples of the relation scheme
 */
record WindowAnswer(List<ScoredSpan> spans, List<ScoredTriple> triples) {

  static final WindowAnswer NOTHING = new WindowAnswer(List.of(), List.of());

  WindowAnswer {
    spans = List.copyOf(spans);
    triples = List.copyOf(triples);
  }

  WindowAnswer shifted(int by) {
    return by == 0
        ? this
        : new WindowAnswer(
            spans.stream().map(span -> span.shifted(by)).toList(),
            triples.stream().map(triple -> triple.shifted(by)).toList());
  }
}
