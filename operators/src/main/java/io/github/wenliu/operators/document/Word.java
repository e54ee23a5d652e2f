package io.github.wenliu.operators.document;

/**
 * One word of a document. Its text is the slice of the document's text and is not stored.
 *
 * @param start first code point
 * @param end code point after the last
 * @param startUtf16 the same in UTF-16 units
 * @param endUtf16 the same in UTF-16 units
 * @param discovered whether the word comes from the vocabulary that the stream learned, and the
 *     base lexicon does not know it
 * @param community community of the word, or {@code null}
 */
public record Word(
    int start, int end, int startUtf16, int endUtf16, boolean discovered, String community) {

  public Word {
    Spans.check(start, end, startUtf16, endUtf16);
  }

  /** A copy that belongs to a community. */
  public Word in(String community) {
    return new Word(start, end, startUtf16, endUtf16, discovered, community);
  }
}
