/**
 * Communities: which words and entities belong together, learned from the documents that pass, and
 * followed over time.
 *
 * <p><b>Idea.</b> Words that stand in one context (an entity counts as one) are linked, the more
 * often the stronger. A walker who goes from word to word along these links stays for long among
 * words of one topic. The map equation [1] says how many bits a step of the walk costs if the words
 * are named within modules; the partition with the least is the one that shows the topics [2].
 *
 * <p><b>The graph.</b> Pairs are counted in whole numbers by epoch, and added to the graph of their
 * channel once an epoch, weighted by forward decay [3]: old counts are never touched, and every
 * ratio is that of exponential decay by age. What is clustered is a selection of it: no words that
 * are everywhere, no pairs that were seen once, the strongest neighbours of each word, weighted by
 * how much more often than by chance they stand together.
 *
 * <p><b>Versions.</b> When enough has been counted since the last version, the modules follow what
 * has changed in the graph ({@code FollowedModules}). They are matched with the communities that
 * are published, so that these keep their ids; what happens to the set of communities is told as
 * events, once it has lasted.
 *
 * <pre>
 *   tagged documents → {@link io.github.wenliu.operators.cluster.PairWordsOperator pairs}
 *                    → {@link io.github.wenliu.operators.cluster.CountEdgesOperator sums}, by channel and bucket
 *                    → {@link io.github.wenliu.operators.cluster.CommunitiesOperator communities}, by channel
 *                    → {@link io.github.wenliu.operators.cluster.TagCommunitiesOperator tags}, broadcast
 * </pre>
 *
 * <p><b>Exactness.</b> Graph, versions, ids and events are functions of the documents by epoch,
 * whatever the order within one, the parallelism or the restarts. So is the version that a document
 * meets: the newest of an epoch that lies a lag behind its own, for which it waits. The graph is
 * bounded: beyond a number of edges the weakest go, counted.
 *
 * <p><b>Rooms.</b> {@link io.github.wenliu.operators.cluster.infomap.FlowNetwork} holds a graph,
 * {@link io.github.wenliu.operators.cluster.infomap.MapEquation} prices a partition, {@link
 * io.github.wenliu.operators.cluster.infomap.Infomap} searches, {@link
 * io.github.wenliu.operators.cluster.infomap.LivePartition} follows; {@code CooccurrenceGraph} is
 * what lasts, {@code CommunityTracker} gives names.
 *
 * <p>[1] Rosvall and Bergstrom: Maps of random walks on complex networks reveal community
 * structure, PNAS 105, 2008. [2] Su Jianlin, kexue.fm 7006. [3] Cormode, Shkapenyuk, Srivastava and
 * Xu: Forward decay, ICDE 2009.
 */
package io.github.wenliu.operators.cluster;
