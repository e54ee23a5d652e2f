package io.github.wenliu.operators.link;

import java.util.Comparator;

/**
 * Which entries of an alias are weighed where there are too many: those that are meant most often,
 * then those whose name it is most surely, then by id.
 */
public final class CandidateOrder {

  public static final Comparator<KbCandidate> ORDER =
      Comparator.comparingDouble(KbCandidate::prior)
          .reversed()
          .thenComparing(KbCandidate::kind)
          .thenComparing(KbCandidate::id);

  private CandidateOrder() {}
}
