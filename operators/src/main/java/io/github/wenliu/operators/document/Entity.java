package io.github.wenliu.operators.document;

/**
 * One entity mention of a document. Its text is the slice of the document's text and is not stored.
 *
 * @param start first code point
 * @param end code point after the last
 * @param startUtf16 the same in UTF-16 units
 * @param endUtf16 the same in UTF-16 units
 * @param type label of the scheme, such as {@code PER}
 * @param score probability of the mention
 * @param origin {@code model}, {@code relation}, {@code lexicon} or {@link #GIVEN}
 * @param link what it means in the knowledge base, or {@code null} before linking
 * @param community community of its surface, or {@code null}
 */
public record Entity(
    int start,
    int end,
    int startUtf16,
    int endUtf16,
    String type,
    double score,
    String origin,
    Link link,
    String community) {

  /** Origin of a mention that came with the text. */
  public static final String GIVEN = "gold";

  public Entity {
    Spans.check(start, end, startUtf16, endUtf16);
  }

  /** A copy that belongs to a community. */
  public Entity in(String community) {
    return new Entity(start, end, startUtf16, endUtf16, type, score, origin, link, community);
  }

  /** Whether it came with the text. */
  public boolean isGiven() {
    return origin.equals(GIVEN);
  }

  /** A copy that says what it means. */
  public Entity withLink(Link link) {
    return new Entity(start, end, startUtf16, endUtf16, type, score, origin, link, community);
  }
}
