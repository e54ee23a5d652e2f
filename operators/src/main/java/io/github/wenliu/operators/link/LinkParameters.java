package io.github.wenliu.operators.link;

import java.io.Serializable;

/**
 * Bounds of linking.
 *
 * @param maxMentions places of one document that are weighed, those of the extractor first, then
 *     the longest
 * @param maxCandidates entries that are weighed for one alias, by {@link CandidateOrder}
 * @param shownCandidates candidates that a link lists
 * @param entitiesAreMentions whether what the extractor finds is a mention for sure, so that only
 *     its meaning is judged; else it is judged like any other place whether it is worth a link
 */
public record LinkParameters(
    int maxMentions, int maxCandidates, int shownCandidates, boolean entitiesAreMentions)
    implements Serializable {

  /** 256 places of a document, 16 entries of an alias, five shown. */
  public static final LinkParameters DEFAULT = new LinkParameters(256, 16, 5, true);

  public LinkParameters {
    if (maxMentions < 1 || maxCandidates < 1 || shownCandidates < 1) {
      throw new IllegalArgumentException("bounds of linking must be positive");
    }
  }
}
