package io.github.wenliu.operators.link;

/**
 * A place of a document that may mean an entry of the knowledge base.
 *
 * @param start first code point
 * @param end code point after the last
 * @param startUtf16 the same in UTF-16 units
 * @param endUtf16 the same in UTF-16 units
 * @param alias under which it is looked up: its text in normalised form
 * @param entity index of the document's entity that it is; -1 if it is none yet
 */
public record Mention(int start, int end, int startUtf16, int endUtf16, String alias, int entity) {

  /** {@link #entity} of a mention that only the knowledge base knows. */
  public static final int NO_ENTITY = -1;
}
