/**
 * Entity linking: which entry of the user's own knowledge base each mention of a document means.
 *
 * <p><b>Idea.</b> An entry stands under every alias that people may call it by: its name, its other
 * names, what can be made of these by rule, what annotated texts call it. A mention is looked up by
 * its alias; its candidates are weighed by what is said of them and by what stands around the
 * mention, all mentions of a document at once; what is not probable enough means nothing known, NIL
 * [1].
 *
 * <p><b>The knowledge base</b> is a topic. What stood there when the job was submitted holds for
 * all time, and documents wait until it is read; a later change gets the first open epoch, and a
 * document of epoch {@code k} knows what changed up to {@code k - lag}, whoever was faster. Entries
 * live in keyed state by id, and once more under each alias, with all that deciding needs.
 *
 * <pre>
 *   changes   → {@link io.github.wenliu.operators.link.KbOperator stamped} → {@link io.github.wenliu.operators.link.EntryAliasesOperator by entry} → {@link io.github.wenliu.operators.link.CandidatesOperator by alias}
 *   documents → {@link io.github.wenliu.operators.link.FindMentionsOperator mentions} → questions by alias → {@link io.github.wenliu.operators.link.AssembleOperator answers by document} → {@link io.github.wenliu.operators.link.DisambiguateOperator links}
 * </pre>
 *
 * <p><b>Rooms.</b> {@code KbChanges}, {@code Redirects}, {@code EntryAliases} and {@code
 * AliasCandidates} keep the knowledge base; {@code AliasIndex} and {@code MentionFinder} find
 * places; {@code LinkFeatures} describes pairs, by {@code MentionFeatures} and {@code
 * CandidateFeatures}; {@code LinkDecision} decides. {@link
 * io.github.wenliu.operators.link.KnowledgeBase} is the same in memory for files, and {@link
 * io.github.wenliu.operators.link.LinkExamples} what a model is trained with.
 *
 * <p><b>Cost.</b> Finding places is linear in the text, looking up O(1), deciding O(mentions²) and
 * a run of a small network for each pair. At most {@link
 * io.github.wenliu.operators.link.LinkParameters} many candidates of an alias are weighed, the rest
 * is counted.
 *
 * <p>[1] Su Jianlin, kexue.fm 6919: alias dictionary, annotation statistics, and a score of mention
 * and description.
 */
package io.github.wenliu.operators.link;
