package io.github.wenliu.operators.nil;

/**
 * A place where a group was mentioned.
 *
 * @param origin where the document stands, {@code topic-partition-offset}
 * @param start first code point in the document
 * @param end code point after the last
 * @param excerpt the text around it, for people
 */
public record NilEvidence(String origin, int start, int end, String excerpt) {

  public NilEvidence {
    if (origin == null || excerpt == null) {
      throw new IllegalArgumentException("evidence has an origin and an excerpt");
    }
  }
}
