package io.github.wenliu.models.extract;

/**
 * A span of a text that something outside the model knows.
 *
 * @param start first code point
 * @param end code point after the last
 * @param category {@link #WORD}, or the type of an entity that a user pinned
 */
public record LexiconHint(int start, int end, String category) {

  /** Category of a word that the stream discovered: says that it is one, not what it means. */
  public static final String WORD = "word";

  public LexiconHint {
    if (start < 0 || end <= start || category == null) {
      throw new IllegalArgumentException(
          "a hint has a category and a span but is %s %d-%d".formatted(category, start, end));
    }
  }
}
