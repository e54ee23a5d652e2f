/**
 * New words: learning them from the documents that pass, and tagging documents with them.
 *
 * <p><b>Idea</b> [1]. A word is a string whose symbols stand together more often than by chance and
 * that combines freely with what surrounds it. Both can be said from counts of n-grams:
 * <i>cohesion</i> from those of a string and its parts, <i>freedom</i> from those of its extensions
 * by one symbol, as the entropy of what stands before and after it.
 *
 * <p><b>Exactness.</b> All statistics are sums of integers over the documents: counts, and for the
 * entropies {@code phi(c) = round(2^20 · c · ln c)} summed over extensions. They are functions of
 * the documents up to an epoch, whatever the order, the parallelism, the batches or the restarts;
 * the job's words after a file are those that {@link
 * io.github.wenliu.operators.newword.NewWordDiscoverer} finds in it, to the last bit.
 *
 * <p><b>Layout.</b> The text is cut into <i>windows</i>: for each symbol, the up to six symbols
 * that begin with it. A trie of windows holds the count of every n-gram and of its right
 * extensions; the same with windows read backwards holds suffixes and left extensions. So the
 * statistics of a channel are two sets of tries, cut into 256 shards by the first two symbols. What
 * is frequent has a record, the rest lies packed, some 25 bytes a character in all. State holds
 * each trie packed and a log of the windows that came since. The pairs of a single symbol lie in
 * many shards; their sums go round at each version.
 *
 * <p><b>Versions.</b> When a channel has read enough since its last version, all candidates are
 * scored anew from what the tries hold, and the difference published. With a share {@code s} of new
 * text a version, {@code 1 / s} times as many candidates are scored as there are in the end.
 *
 * <pre>
 *   documents → {@link io.github.wenliu.operators.newword.PackTextsOperator texts}, equal ones together
 *             → {@link io.github.wenliu.operators.newword.CutWindowsOperator windows}, by shard
 *             → {@link io.github.wenliu.operators.newword.CountNgramsOperator counts}, at versions that
 *               {@link io.github.wenliu.operators.newword.VersionsDueOperator fall due}
 *             → {@link io.github.wenliu.operators.newword.ScoreWordsOperator scores}, by candidate
 *             → {@link io.github.wenliu.operators.newword.VocabularyFunction versions}, by channel
 *             → {@link io.github.wenliu.operators.newword.TagWordsOperator tags}, broadcast
 * </pre>
 *
 * <p>What people chose for documents of an epoch, a model or entities, comes with the versions on
 * the same broadcast, as a document waits for both alike.
 *
 * <p>Nothing is approximate, unless pruning is asked for ({@link
 * io.github.wenliu.operators.newword.NewWordParameters#pruneSymbols}): then rare n-grams that are
 * not seen again are forgotten, and counts are lower bounds.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256 and 6920. His own rule, thresholds on cohesion, cut and
 * back-track, is {@link io.github.wenliu.operators.newword.SeedDiscoverer}.
 */
package io.github.wenliu.operators.newword;
