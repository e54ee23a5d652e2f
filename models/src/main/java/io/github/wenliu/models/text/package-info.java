/**
 * Text without models: normalisation for matching, the lexicon, and the segmenter.
 *
 * <p>{@link io.github.wenliu.models.text.NormalizedText} cuts a text into symbols and knows where
 * each came from. {@link io.github.wenliu.models.text.Lexicon} holds words with counts. {@link
 * io.github.wenliu.models.text.Segmenter} finds the best path of words through the symbols. Offsets
 * are code points, with UTF-16 units beside them, and always those of the original text.
 */
package io.github.wenliu.models.text;
