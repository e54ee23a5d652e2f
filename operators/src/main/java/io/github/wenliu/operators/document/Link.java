package io.github.wenliu.operators.document;

import java.util.List;

/**
 * The knowledge-base entry that a mention means, or NIL.
 *
 * @param id id of the entry; {@code null} if {@code nil}
 * @param name name of the entry; {@code null} if {@code nil}
 * @param score calibrated probability of the decision
 * @param candidates what it was weighed against, best first
 * @param nil whether the mention means no known entry
 */
public record Link(String id, String name, double score, List<Candidate> candidates, boolean nil) {

  public Link {
    if (nil != (id == null)) {
      throw new IllegalArgumentException("id is " + id + " but nil is " + nil);
    }
    candidates = List.copyOf(candidates);
  }
}
