/**
 * The extraction stage: asks a model for the entities and relations of every document, in batches
 * that all subtasks of a process share.
 *
 * <p>What a document is extracted with stands in its own versions, where tag words has put the
 * choice that its epoch is entitled to; a document that names no model passes as it is. What is
 * known of it beside the model goes along as hints: words that the stream discovered, and mentions
 * that people pinned. So the answer is a function of the document alone, and the stage keeps no
 * state but the documents that are under way.
 *
 * <p>How a document waits for its batch beside the task, and what becomes of one that is not
 * answered, is the same wherever a model is asked: {@link io.github.wenliu.operators.async}. A
 * model that cannot be opened is an outage and fails the task. Cost: O(text) a document on the
 * task's own thread, to find where its windows are cut; the rest on the threads that run the
 * batches.
 *
 * <p>{@link io.github.wenliu.operators.extract.ExtractOperator} is the Flink shell, {@code
 * ModelLeases} keeps the models in use, {@code DocumentExtraction} translates between documents and
 * models.
 */
package io.github.wenliu.operators.extract;
