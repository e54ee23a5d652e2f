/**
 * What people ask of the job, on its way into the corridor.
 *
 * <p>A compacted topic cannot be replayed as history: of two changes to one word only the newer one
 * is still there. So the changes fall into two kinds. What stood in the topic when the job was
 * submitted is read then, once, and holds <i>for all time</i>; it belongs to the input of the job
 * like its configuration. What is written later comes as it comes, and is stamped with the epoch
 * from which it counts by the operator that knows the time of the documents.
 *
 * <p>{@link io.github.wenliu.operators.control.ControlOperator} puts the first kind in front of the
 * second, once in the life of the state: a restart goes on from what the state knows, whatever
 * stands in the topic by then.
 *
 * <p>Changes of words go on to where the vocabulary is made. Those of models and entities become
 * settings: {@link io.github.wenliu.operators.control.SettingsOperator} finds out whether they can
 * be followed, with a {@link io.github.wenliu.operators.control.ModelProbe} beside its thread, and
 * says from which epoch on. They are a few hundred records in the life of a job; each costs O(1).
 */
package io.github.wenliu.operators.control;
