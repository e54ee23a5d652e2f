/**
 * The door: where a record gets its effective time and its epoch, or leaves as a dead letter.
 *
 * <p>Event time is untrusted: it may be missing, of 1970 or of 2099. <i>Effective time</i> is what
 * the rest of the job runs on. For each partition the door remembers the <i>mark</i>, the largest
 * believed event time so far:
 *
 * <pre>
 *   mark      = max(mark, event time)                     if the event time is believed
 *   effective = max(event time, mark - out-of-orderness)  if the event time is believed
 *             = mark - out-of-orderness                   otherwise; 0 while there is no mark
 * </pre>
 *
 * <p>An event time is believed if it is at most a bound after the broker's append time. The
 * watermark of a partition is {@code mark - out-of-orderness - 1}, made in the source by the same
 * rule, so no effective time is ever behind its own partition's watermark. Flink does not
 * checkpoint watermarks; the marks are state here, so that a restart gives every document the
 * effective time that it would have had without it.
 *
 * <p>{@link io.github.wenliu.operators.door.PartitionMarks} is the rule, {@link
 * io.github.wenliu.operators.flood.FloodGuard} stops a job that would drain a broken topic into the
 * dead letters, {@link io.github.wenliu.operators.door.DoorFunction} is the Flink shell. Cost: O(1)
 * a record.
 */
package io.github.wenliu.operators.door;
