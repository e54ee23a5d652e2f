package io.github.wenliu.models.extract;

/**
 * A text as a foreign tokenizer cuts it. The first and last tokens are those that the tokenizer
 * puts around every text; what is between stands for the text.
 *
 * @param ids number of each token
 * @param types type of each token
 * @param prefix tokens before the text's own
 * @param suffix tokens behind them
 * @param starts first code point of each token of its own
 * @param ends code point after the last of each
 * @param words number of the word that each belongs to, rising; negative for none
 */
record TokenizedText(
    long[] ids, long[] types, int prefix, int suffix, int[] starts, int[] ends, long[] words) {

  /** Tokens of the text's own. */
  int length() {
    return starts.length;
  }

  /** Whether a token is the first of a word; one that belongs to none stands for itself. */
  boolean beginsWord(int token) {
    return token == 0 || words[token] < 0 || words[token] != words[token - 1];
  }
}
