package io.github.wenliu.operators.flood;

import java.io.Serializable;

/**
 * When a run of bad records is a flood: {@code share} or more, and at least {@code minimum}, of
 * {@code window} consecutive records of one subtask.
 *
 * @param window number of consecutive records that are looked at together
 * @param minimum fewest rejected records that can be a flood
 * @param share share of rejected records, in (0, 1]
 */
public record FloodGuardParameters(int window, int minimum, double share) implements Serializable {

  public static final FloodGuardParameters DEFAULT = new FloodGuardParameters(1_000, 500, 0.5);

  public FloodGuardParameters {
    if (window < 1 || minimum < 1 || minimum > window) {
      throw new IllegalArgumentException(
          "window is " + window + " and minimum " + minimum + ", need 1 <= minimum <= window");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ", must lie in (0, 1]");
    }
  }
}
