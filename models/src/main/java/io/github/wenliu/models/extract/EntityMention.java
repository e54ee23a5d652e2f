package io.github.wenliu.models.extract;

/**
 * An entity in a text.
 *
 * @param start first code point
 * @param end code point after the last
 * @param startUtf16 the same in UTF-16 units
 * @param endUtf16 the same in UTF-16 units
 * @param type label of the scheme
 * @param score probability
 * @param origin {@code model}, {@code relation} or {@code lexicon}
 */
public record EntityMention(
    int start, int end, int startUtf16, int endUtf16, String type, double score, String origin) {

  /** Found by the model. */
  public static final String MODEL = "model";

  /** Only a relation has this span. */
  public static final String RELATION = "relation";

  /** Pinned by the user. */
  public static final String LEXICON = "lexicon";
}
