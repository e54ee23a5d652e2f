/**
 * Groups of unlinked mentions: what the stream talks of again and again and the knowledge base does
 * not know.
 *
 * <p>What the extractor labels as a post, a degree or a general noun (记者, 医生) is no name, however
 * often it comes; such labels are told by {@link NilParameters#exceptTypes}. How common a word is
 * does not tell: half of the names in newspapers are ordinary words of the lexicon, too.
 *
 * <p>A mention that linking has decided to be NIL comes with its name in normalised form, its type,
 * and the nearest words and entities around it. All mentions of a name meet under one key. One name
 * may mean several unknown things, so they fall into <i>groups</i>: a mention goes to the group
 * that is most alike, and begins a new one where none is alike enough (leader clustering [1]). Two
 * mentions of one thing often share no word, so a thing may begin as several groups; at the end of
 * each epoch groups that have become alike are put together, the most alike first. Of two such
 * groups the one that was promoted keeps its number, or the one that was published, or the older.
 *
 * <p>How much a mention is like a group, and two groups are alike, from 0 to 1:
 *
 * <pre>
 * weight(w)        = (log(N / count(w)) / log N)²     by the base lexicon; 1 of a word unknown there
 * known(w, g)      = min(1, 8 · times(w, g) / window(g))      recent mentions in g with w around them
 * like(m, g)       = 0.2 · [g has the type of m] + 0.8 · Σ weight(w) · known(w, g) / Σ weight(w)
 * like(g, h)       = Σ min(t(w, g), t(w, h)) / min(Σ t(w, g), Σ t(w, h)),  t = weight · known
 * </pre>
 *
 * <p>the sums of the third line over the words around the mention. Without such words on either
 * side its second part counts half. From 0.22 on a mention belongs to a group: under one type an
 * ordinary word in common is enough, under another more than a fourth of the context is needed.
 * From 0.05 on two groups with one foremost type are one, with two from 0.3 on. A name has at most
 * {@code groupsPerName} groups; then the most alike takes the mention, however little that is. What
 * the numbers are worth is measured on names that are taken for one another, see {@code
 * docs/candidates.md}.
 *
 * <p>Mentions are kept until their epoch closes and then taken in the order of epoch, topic,
 * partition, offset and place; so the groups are a function of the documents, whatever the
 * parallelism, the order within an epoch and the restarts. A late mention counts in the first open
 * epoch.
 *
 * <p>Bounds: a group counts the last 64 words around its recent mentions (a window of 32 to 64: the
 * counts are halved when it is full), 8 surfaces and 8 types, and keeps 5 places; of those that
 * come beyond these numbers it drops the rarest, of these the one seen longest ago. That is about 3
 * KB for a group and a few hundred bytes for a name that was seen once. Groups that were not seen
 * for {@code retention} of event time are dropped. A group's number is never given again once
 * anybody can have seen it, so of a name that was published some 60 bytes stay for ever. A mention
 * costs O(groups of the name · words of a group), an epoch of a name O(groups² · words of a group).
 *
 * <p>[1] J. A. Hartigan, Clustering Algorithms, Wiley 1975, chapter 3.
 */
package io.github.wenliu.operators.nil;
