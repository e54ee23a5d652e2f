/**
 * What stages share that ask somebody beside the task, such as a model, about each document.
 *
 * <p>A document waits beside the task, at most so many a subtask. Documents may overtake one
 * another; a watermark, and the word that the stream is idle, come out only behind every document
 * that came in before them. Checkpoints hold the documents under way, and a restore asks again.
 * They do not hold watermarks: dealt out anew after a change of the parallelism, a watermark could
 * come to stand before documents that it had stood behind, and close their epoch before they are
 * counted. One timer, for the oldest, bounds how long any document is under way; one that fails, or
 * takes longer, leaves as a dead letter or goes on with a flag.
 *
 * <p>{@link io.github.wenliu.operators.async.AnswerOperator} is the Flink shell that a stage
 * extends, {@code InFlightDocuments} keeps the order, {@link
 * io.github.wenliu.operators.async.ModelMetricsFunction} tells how models run. Cost: O(1) a
 * document and a mark.
 */
package io.github.wenliu.operators.async;
