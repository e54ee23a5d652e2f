/**
 * Plain values that travel through the corridor: {@code java.*} only, no behaviour beyond what
 * keeps them valid.
 *
 * <p>A document walks straight through <b>door → tag words → extract → candidates → assemble →
 * disambiguate → tag communities → out</b> in one envelope, {@link
 * io.github.wenliu.operators.document.EnrichedDocument}. Each stage returns a copy with its own
 * layer filled and leaves the others alone. What cannot go on leaves as a {@link
 * io.github.wenliu.operators.document.DeadLetter} with its bytes untouched; therefore the envelope
 * keeps the {@link io.github.wenliu.operators.document.RawRecord} it came from until the end.
 *
 * <p>All types here are records of primitives, {@code String}, {@code byte[]}, {@code List} and
 * each other, so that Flink's own serializers read and write them without Kryo and can follow a
 * field that is added later. Arrays inside are never written to after construction.
 *
 * <p>Offsets are Unicode code points, with UTF-16 twins beside them; both refer to the document's
 * original text.
 */
package io.github.wenliu.operators.document;
