package io.github.wenliu.operators.link;

import java.util.List;

/**
 * What may be meant by an alias.
 *
 * @param document whose question it was
 * @param alias that was asked for
 * @param candidates best known first, by {@link CandidateOrder}; may be empty
 * @param more how many more there are
 */
public record AliasAnswer(String document, String alias, List<KbCandidate> candidates, int more) {

  public AliasAnswer {
    candidates = List.copyOf(candidates);
  }
}
