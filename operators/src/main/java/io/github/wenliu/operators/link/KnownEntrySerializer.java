package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs what is kept of an entry. */
public final class KnownEntrySerializer extends PackedSerializer<KnownEntry> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(KnownEntry value, PackedOutput to) {
    to.writeCount(value.entry() == null ? 0 : 1);
    if (value.entry() != null) {
      PackedEntries.write(value.entry(), to);
    }
    to.writeBytes(value.vector());
    to.writeCount(value.sources());
  }

  @Override
  protected KnownEntry read(PackedInput from) {
    var entry = from.readSize() == 0 ? null : PackedEntries.readEntry(from);
    return new KnownEntry(entry, from.readBytes(), from.readSize());
  }

  @Override
  public KnownEntrySerializer duplicate() {
    return new KnownEntrySerializer();
  }

  @Override
  public TypeSerializerSnapshot<KnownEntry> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KnownEntry> {

    public Snapshot() {
      super(KnownEntrySerializer::new);
    }
  }
}
