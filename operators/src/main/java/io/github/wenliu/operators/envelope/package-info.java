/**
 * How the envelope travels: {@link io.github.wenliu.operators.document.EnrichedDocument} crosses
 * the network between the stages of the corridor, and waits in state, as packed bytes.
 *
 * <p>{@link io.github.wenliu.operators.envelope.EnvelopeWriter} and {@link
 * io.github.wenliu.operators.envelope.EnvelopeReader} say the layout, {@link
 * io.github.wenliu.operators.envelope.PackedOutput} and {@link
 * io.github.wenliu.operators.envelope.PackedInput} how its parts are written; they know no Flink.
 * {@link io.github.wenliu.operators.envelope.EnvelopeTypeInformation} is what a stream of envelopes
 * is typed with.
 *
 * <p>Flink's own serializer of records reads and writes each field by reflection and marks each as
 * there or not; that cost more than the work of a stage.
 */
package io.github.wenliu.operators.envelope;
