package io.github.wenliu.operators.envelope;

import io.github.wenliu.operators.document.EnrichedDocument;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes an envelope as its length and what {@link EnvelopeWriter} packs. Envelopes are immutable
 * and never copied.
 *
 * <p>The layout has a number, which stands in every savepoint; a change of it gets the next number
 * and a reader that still knows this one.
 */
public final class EnvelopeSerializer extends TypeSerializer<EnrichedDocument> {

  private static final long serialVersionUID = 1L;
  private static final int LAYOUT = 1;

  private transient EnvelopeWriter writer;
  private transient EnvelopeReader reader;

  @Override
  public void serialize(EnrichedDocument envelope, DataOutputView target) throws IOException {
    if (writer == null) {
      writer = new EnvelopeWriter();
    }
    writer.write(envelope);
    var packed = writer.output();
    target.writeInt(packed.length());
    target.write(packed.bytes(), 0, packed.length());
  }

  @Override
  public EnrichedDocument deserialize(DataInputView source) throws IOException {
    if (reader == null) {
      reader = new EnvelopeReader();
    }
    int length = source.readInt();
    source.readFully(reader.input().buffer(length), 0, length);
    return reader.read();
  }

  /** The bytes of an envelope, for what holds one among other things. */
  public byte[] pack(EnrichedDocument envelope) {
    if (writer == null) {
      writer = new EnvelopeWriter();
    }
    writer.write(envelope);
    return Arrays.copyOf(writer.output().bytes(), writer.output().length());
  }

  /** Reads what {@link #pack} made. */
  public EnrichedDocument unpack(byte[] packed) {
    if (reader == null) {
      reader = new EnvelopeReader();
    }
    System.arraycopy(packed, 0, reader.input().buffer(packed.length), 0, packed.length);
    return reader.read();
  }

  @Override
  public EnrichedDocument deserialize(EnrichedDocument reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  /** By way of an array: Flink's own buffer does not grow when it is handed an input to copy. */
  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    byte[] packed = new byte[source.readInt()];
    source.readFully(packed);
    target.writeInt(packed.length);
    target.write(packed);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public EnrichedDocument copy(EnrichedDocument from) {
    return from;
  }

  @Override
  public EnrichedDocument copy(EnrichedDocument from, EnrichedDocument reuse) {
    return from;
  }

  /** Another, since each has buffers of its own. */
  @Override
  public EnvelopeSerializer duplicate() {
    return new EnvelopeSerializer();
  }

  /** None: there is no empty envelope, and none is ever filled. */
  @Override
  public EnrichedDocument createInstance() {
    return null;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EnvelopeSerializer;
  }

  @Override
  public int hashCode() {
    return EnvelopeSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<EnrichedDocument> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says of the layout: its number. The name of this class is for ever. */
  public static final class Snapshot implements TypeSerializerSnapshot<EnrichedDocument> {

    private int layout = LAYOUT;

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeInt(layout);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
        throws IOException {
      layout = in.readInt();
      if (layout != LAYOUT) {
        throw new IOException("envelopes of layout " + layout + ", known is " + LAYOUT);
      }
    }

    @Override
    public TypeSerializer<EnrichedDocument> restoreSerializer() {
      return new EnvelopeSerializer();
    }

    /** What Flink's own serializer of records wrote is read by it and written anew. */
    @Override
    public TypeSerializerSchemaCompatibility<EnrichedDocument> resolveSchemaCompatibility(
        TypeSerializerSnapshot<EnrichedDocument> old) {
      if (old instanceof Snapshot) {
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
      }
      return old instanceof PojoSerializerSnapshot
          ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
