package io.github.wenliu.models.text;

/**
 * One word of a segmented text, or one punctuation mark, web address, name or emoji.
 *
 * @param start first code point of the original text
 * @param end code point after the last
 * @param startUtf16 {@code start} in UTF-16 units
 * @param endUtf16 {@code end} in UTF-16 units
 * @param extra whether the word comes from the lexicon given beside the base
 */
public record Token(int start, int end, int startUtf16, int endUtf16, boolean extra) {
  public Token {
    if (start < 0 || start >= end) {
      throw new IllegalArgumentException("Token spans code points " + start + " to " + end);
    }
    if (startUtf16 < start || endUtf16 - startUtf16 < end - start) {
      throw new IllegalArgumentException(
          "Token spans UTF-16 units " + startUtf16 + " to " + endUtf16);
    }
  }

  /** The token as it is written in the text that was segmented. */
  public String text(String original) {
    return original.substring(startUtf16, endUtf16);
  }
}
