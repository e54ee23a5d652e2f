package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.ModelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model that tells which entries of a knowledge base are meant. Thread-safe. */
public interface LinkModel extends AutoCloseable {

  /** Name and version of its package. */
  String id();

  /** How many features a pair has. */
  int features();

  /** How many tokens of context a pair has, and of a description are read. */
  int tokens();

  /** How many dimensions the vector of a description has. */
  int vector();

  /** What it learned of names from annotated texts. */
  LinkStatistics statistics();

  /** From which probabilities on it believes in a link. */
  LinkThresholds thresholds();

  /**
   * The vector of a description.
   *
   * @param tokens {@link #tokens()} at most; see {@link LinkTokens}
   * @return {@link #vector()} signed bytes; empty where there are no tokens
   * @throws ModelException if the model fails
   */
  byte[] describe(int[] tokens);

  /**
   * The vectors of several descriptions, in order: the very same as one by one, but sooner.
   *
   * @throws ModelException if the model fails
   */
  default List<byte[]> describe(List<int[]> descriptions) {
    return descriptions.stream().map(this::describe).toList();
  }

  /**
   * Scores the pairs of a document.
   *
   * @param pairs at least one
   * @return {@code [pairs, 2]} log-odds: that the place is a mention and means the candidate; and,
   *     relative to the other candidates and 0 for none, that a given mention does. Or a {@link
   *     ModelException}
   */
  CompletableFuture<float[]> score(LinkPairs pairs);

  @Override
  void close();
}
