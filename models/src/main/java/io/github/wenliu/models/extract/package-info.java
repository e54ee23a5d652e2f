/**
 * Entities and relations of a text: its features, the decoding of what a model answers, and the way
 * back to the offsets of the original.
 *
 * <p>The way of a text through {@link io.github.wenliu.models.extract.Extractor#extract}:
 *
 * <ol>
 *   <li>{@code KeySequence}: positions, each a code point with what belongs to it and a folded key.
 *       Models count in positions; offsets outside are code points of the original, with UTF-16
 *       units beside them.
 *   <li>{@code TextWindow}: parts that are short enough, cut at ends of sentences where there are
 *       some, else with an overlap.
 *   <li>{@code FeatureSet} on the caller's thread: what is known of each window, as rows of tables,
 *       matches of words and flags, in a few integers.
 *   <li>{@code ExtractorModel} on a thread of the batcher: the integers spread out to floats {@code
 *       [rows, positions, width]}, the graphs run, spans and triples read by {@code SpanDecoder}
 *       and {@code RelationHead}.
 *   <li>{@code WindowMerge} and {@code ExtractionAssembly}: one answer for the text, with what the
 *       user pinned, sorted and with true offsets.
 * </ol>
 *
 * <p>Everything but the graph is linear in the length of the text. The answer is a function of
 * text, hints and package alone: rows are padded by their own length only, a batch never has one
 * row, and no graph may look at its neighbours (invariant 9).
 *
 * <p>Packages of kind {@code token-classifier}, transformers that somebody else trained, go the
 * same way with their own tokenizer in place of the first three steps: {@code
 * TransformerExtractor}.
 *
 * <p>The layout of packages, keys, features and outputs is shared with the training kit in {@code
 * models/training}; {@code golden.jsonl} of each package holds what both must answer.
 */
package io.github.wenliu.models.extract;
