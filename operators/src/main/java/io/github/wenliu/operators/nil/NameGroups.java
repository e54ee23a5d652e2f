package io.github.wenliu.operators.nil;

import java.util.List;

/**
 * All groups of a name.
 *
 * @param name in normalised form; {@code null} while there was no mention
 * @param next number of the next group
 * @param known whether anybody can have seen a number, so that none may be given again
 * @param wakeEpoch epoch at whose end it is looked for groups to forget; {@code null} for none
 * @param groups by number
 */
public record NameGroups(
    String name, long next, boolean known, Long wakeEpoch, List<NilGroup> groups) {

  /** Of a name that nobody has mentioned. */
  static final NameGroups NONE = new NameGroups(null, 1, false, null, List.of());

  public NameGroups {
    groups = List.copyOf(groups);
  }

  /** Whether there is nothing to remember. */
  boolean isForgettable() {
    return groups.isEmpty() && !known;
  }
}
