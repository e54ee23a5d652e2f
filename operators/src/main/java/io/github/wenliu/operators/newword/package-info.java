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
 * that begin with it. A sorted list of windows holds the count of every n-gram, as those that begin
 * alike stand together; one pass over it yields all that is to be known of prefixes and right
 * extensions. The same with windows read backwards yields suffixes and left extensions. So the
 * statistics of a channel are two sets of sorted, packed runs, cut into 256 shards by the first two
 * symbols, and nothing is ever looked up by n-gram.
 *
 * <p><b>Versions.</b> When a channel has read enough since its last version, all shards are passed
 * over, all candidates scored anew, and the difference published. With a share {@code s} of new
 * text a version, passes over a text of {@code n} symbols add up to about {@code n / s} symbols.
 *
 * <pre>
 *   documents → {@link io.github.wenliu.operators.newword.CutWindowsOperator windows}, by shard
 *             → {@link io.github.wenliu.operators.newword.CountNgramsOperator counts}, at versions that
 *               {@link io.github.wenliu.operators.newword.VersionsDueOperator fall due}
 *             → {@link io.github.wenliu.operators.newword.ScoreWordsOperator scores}, by candidate
 *             → {@link io.github.wenliu.operators.newword.VocabularyFunction versions}, by channel
 *             → {@link io.github.wenliu.operators.newword.TagWordsFunction tags}, broadcast
 * </pre>
 *
 * <p>What people chose for documents of an epoch, a model or entities, comes with the versions on
 * the same broadcast, as a document waits for both alike.
 *
 * <p>Nothing is approximate. State grows with the number of distinct windows; there is no pruning.
 *
 * <p>[1] Su Jianlin, kexue.fm 4256 and 6920. His own rule, thresholds on cohesion, cut and
 * back-track, is {@link io.github.wenliu.operators.newword.SeedDiscoverer}.
 */
package io.github.wenliu.operators.newword;
