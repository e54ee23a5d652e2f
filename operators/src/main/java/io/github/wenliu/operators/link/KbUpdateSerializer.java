package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs a change that was decided. */
public final class KbUpdateSerializer extends PackedSerializer<KbUpdate> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(KbUpdate value, PackedOutput to) {
    to.writeString(value.channel());
    to.writeString(value.id());
    to.writeString(value.source());
    to.writeSigned(value.epoch());
    to.writeCount((value.entry() == null ? 0 : 1) + (value.names() == null ? 0 : 2));
    if (value.entry() != null) {
      PackedEntries.write(value.entry(), to);
    }
    if (value.names() != null) {
      PackedEntries.writeStrings(value.names(), to);
    }
  }

  @Override
  protected KbUpdate read(PackedInput from) {
    var channel = from.readString();
    var id = from.readString();
    var source = from.readString();
    long epoch = from.readSigned();
    int there = from.readSize();
    var entry = (there & 1) == 0 ? null : PackedEntries.readEntry(from);
    var names = (there & 2) == 0 ? null : PackedEntries.readStrings(from);
    return new KbUpdate(channel, id, source, entry, names, epoch);
  }

  @Override
  public KbUpdateSerializer duplicate() {
    return new KbUpdateSerializer();
  }

  @Override
  public TypeSerializerSnapshot<KbUpdate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KbUpdate> {

    public Snapshot() {
      super(KbUpdateSerializer::new);
    }
  }
}
