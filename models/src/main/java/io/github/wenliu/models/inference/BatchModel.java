package io.github.wenliu.models.inference;

import java.util.List;

/**
 * A model with what stands before and behind it: takes rows, answers each.
 *
 * @param <R> a row, encoded
 * @param <A> an answer, decoded
 */
public interface BatchModel<R, A> extends AutoCloseable {

  /** Lengths are padded to a multiple of this. */
  int GRANULE = 8;

  /** The length that a row of so many positions is padded to, whatever else is in its batch. */
  static int padded(int positions) {
    return Math.addExact(positions, GRANULE - 1) / GRANULE * GRANULE;
  }

  /** Positions of a row, padding not included; at least one. */
  int positions(R row);

  /**
   * Answers rows of one padded length. The answer to a row does not depend on the other rows.
   *
   * @return an answer for each row, in order
   * @throws ModelException if the model fails or its numbers are not finite
   */
  List<A> run(List<R> rows);

  /** Asks a run that is under way in another thread to end. */
  default void interrupt() {}

  @Override
  void close();
}
