package io.github.wenliu.operators.link;

import java.util.List;

/**
 * An entry under one of its names, with all that deciding needs to know of it.
 *
 * @param id of the entry
 * @param name of the entry
 * @param kind why the name under which it stands may mean it
 * @param types of the entry
 * @param description of the entry, cut to {@link #MAX_DESCRIPTION} UTF-16 units
 * @param facts of the entry, at most {@link #MAX_FACTS}
 * @param prior of the entry, 0 if unknown
 * @param vector what the linking model makes of the description, one signed byte a dimension; empty
 *     without a description
 */
public record KbCandidate(
    String id,
    String name,
    NameKind kind,
    List<String> types,
    String description,
    List<KbFact> facts,
    double prior,
    byte[] vector) {

  /** Longest description that is kept under each name of an entry. */
  public static final int MAX_DESCRIPTION = 256;

  /** Most facts that are kept under each name of an entry. */
  public static final int MAX_FACTS = 32;

  public KbCandidate {
    if (id == null || name == null || kind == null || description == null || vector == null) {
      throw new IllegalArgumentException("a candidate has an id, name, kind, description, vector");
    }
    types = List.copyOf(types);
    facts = List.copyOf(facts);
  }

  /** An entry under one of its names. */
  static KbCandidate of(KbEntry entry, NameKind kind, byte[] vector) {
    var description = entry.description();
    int end = Math.min(MAX_DESCRIPTION, description.length());
    if (end < description.length() && Character.isHighSurrogate(description.charAt(end - 1))) {
      end--;
    }
    return new KbCandidate(
        entry.id(),
        entry.name(),
        kind,
        entry.types(),
        description.substring(0, end),
        entry.facts().subList(0, Math.min(MAX_FACTS, entry.facts().size())),
        entry.prior() == null ? 0 : entry.prior(),
        vector);
  }
}
