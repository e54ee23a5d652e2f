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
 * <p>A document waits for its batch beside the task, at most {@code capacity} of them a subtask.
 * Documents may overtake one another, for nothing behind the stage depends on their order; a
 * watermark comes out only behind every document that came in before it. Checkpoints hold the
 * documents under way, and a restore asks again. They do not hold watermarks: dealt out anew after
 * a change of the parallelism, a watermark could come to stand before documents that it had stood
 * behind, and close their epoch before they are counted.
 *
 * <p>A model that fails on a document, or does not answer within the timeout, makes a dead letter
 * of it (or lets it pass with a flag, as configured); a model that cannot be opened is an outage
 * and fails the task. Cost: O(text) a document on the task's own thread, to find where its windows
 * are cut; the rest on the threads that run the batches.
 *
 * <p>{@link io.github.wenliu.operators.extract.ExtractOperator} is the Flink shell, {@code
 * InFlightDocuments} keeps the order, {@code ModelLeases} the models in use, {@code
 * DocumentExtraction} translates between documents and models.
 */
package io.github.wenliu.operators.extract;
