package io.github.wenliu.pipeline.local;

import java.util.Locale;

/**
 * What a run over an input that ends came to.
 *
 * @param documents records published
 * @param enriched records in {@code enriched}
 * @param deadLetters documents in {@code dead-letters}
 * @param kbDeadLetters records of the topic {@code kb} in {@code dead-letters}
 * @param words live keys of {@code words}
 * @param communities live keys of {@code communities}
 * @param links mentions in {@code enriched} that mean an entry of the knowledge base
 * @param seconds from the first record published to the last result read
 */
public record OnceResult(
    long documents,
    long enriched,
    long deadLetters,
    long kbDeadLetters,
    long words,
    long communities,
    long links,
    double seconds) {

  /** Whether every document came out once, in the one topic or the other. */
  public boolean isComplete() {
    return documents == enriched + deadLetters;
  }

  /** The summary that ends such a run, as one line of JSON. */
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"documents\": %d, \"enriched\": %d, \"deadLetters\": %d, \"kbDeadLetters\": %d,"
            + " \"words\": %d, \"communities\": %d, \"links\": %d, \"seconds\": %.1f}",
        documents,
        enriched,
        deadLetters,
        kbDeadLetters,
        words,
        communities,
        links,
        seconds);
  }
}
