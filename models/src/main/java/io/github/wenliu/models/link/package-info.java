/**
 * The model of entity linking: scores how well the entries of a knowledge base fit a mention. What
 * a pair of both looks like in numbers is said by the stage that asks; here is what runs, and what
 * was learned of names.
 *
 * <p>{@link io.github.wenliu.models.link.Linkers} opens a package of kind {@code linker}, once for
 * the process. It has two graphs:
 *
 * <ul>
 *   <li>one reads descriptions, on the thread that asks ({@code Describer}), and makes of each a
 *       vector of signed bytes, which an entry of the knowledge base keeps;
 *   <li>the other scores pairs on the threads of a batcher ({@code PairScorer}), from features, the
 *       tokens around the mention and the vector of the entry's description. The pairs of a
 *       document are a row, those of a large one several.
 * </ul>
 *
 * <p>Both are linear in the pairs or descriptions. The answer to a pair depends on nothing but the
 * pair, bit by bit: rows are padded by their own length only, no product ever has one row, vectors
 * are of whole registers, and no graph may look from one pair at another (invariant 9).
 */
package io.github.wenliu.models.link;
