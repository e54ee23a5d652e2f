package io.github.wenliu.operators.link;

import java.util.List;

/**
 * What is kept of an alias in one piece.
 *
 * @param best entries under it that are weighed, by {@link CandidateOrder}
 * @param others how many more there are, all of them behind these
 */
public record KnownAlias(List<KbCandidate> best, int others) {

  /** An alias of nothing. */
  static final KnownAlias NONE = new KnownAlias(List.of(), 0);

  public KnownAlias {
    best = List.copyOf(best);
  }

  boolean isEmpty() {
    return best.isEmpty() && others == 0;
  }
}
