package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs a change under an alias. */
public final class AliasChangeSerializer extends PackedSerializer<AliasChange> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(AliasChange value, PackedOutput to) {
    to.writeString(value.channel());
    to.writeString(value.alias());
    to.writeString(value.id());
    to.writeSigned(value.epoch());
    to.writeCount(value.candidate() == null ? 0 : 1);
    if (value.candidate() != null) {
      PackedEntries.write(value.candidate(), to);
    }
  }

  @Override
  protected AliasChange read(PackedInput from) {
    var channel = from.readString();
    var alias = from.readString();
    var id = from.readString();
    long epoch = from.readSigned();
    var candidate = from.readSize() == 0 ? null : PackedEntries.readCandidate(from);
    return new AliasChange(channel, alias, id, candidate, epoch);
  }

  @Override
  public AliasChangeSerializer duplicate() {
    return new AliasChangeSerializer();
  }

  @Override
  public TypeSerializerSnapshot<AliasChange> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AliasChange> {

    public Snapshot() {
      super(AliasChangeSerializer::new);
    }
  }
}
