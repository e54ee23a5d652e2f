/**
 * Hot words: which discovered words of a channel stand in more of its documents than they used to.
 *
 * <p>What is counted are documents, not occurrences, so that one text cannot fake a burst; texts of
 * an epoch that are the same count once. Two counts stand for each word: over its whole life,
 * {@code C}, and the recent one {@code c}, in which a document weighs half for each half-life that
 * has passed since ({@link io.github.wenliu.operators.decay.ForwardDecay}). The channel has the
 * same two counts of all its documents, {@code N} and {@code n}. If a word came at its lifetime
 * rate, {@code n C/N} recent documents would hold it; the burst score is the log-likelihood ratio
 * of two Poisson rates, in nats,
 *
 * <pre>  c ln((c/n) / (C/N)) - (c - n C/N)</pre>
 *
 * and 0 where the recent rate is the smaller one. Both counts of the channel fade alike while it
 * reads nothing, so silence alone changes no score: time counts by what is read in it.
 *
 * <p>A word is hot from the epoch on in which its score reaches a bound and enough recent documents
 * hold it, and until the score falls below a lower bound. Documents are tagged with a word only
 * after it was announced; what it had occurred before goes into {@code C} with the announcement, as
 * so many documents, which is an upper bound: else each word that is found late would seem to
 * burst.
 *
 * <p>All counts that are added are whole numbers of an epoch, and epochs are added in their order;
 * so every score is a function of the documents, bit by bit, whatever the parallelism.
 *
 * <p>Cost: O(1) for each word of an epoch's documents, and for each hot word once every
 * sixty-fourth of a half-life. State: one small entry for each word that a document was ever tagged
 * with.
 *
 * <p>[1] J. Kleinberg: Bursty and hierarchical structure in streams, KDD 2002 (the question; the
 * answer here needs no automaton). [2] G. Cormode and others: Forward decay, ICDE 2009. [3] S.
 * Wilks: The large-sample distribution of the likelihood ratio, 1938 (why one bound serves all
 * rates).
 */
package io.github.wenliu.operators.trends;
