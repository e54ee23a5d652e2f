package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs what is learned of a change under an alias. */
public final class AliasMarkSerializer extends PackedSerializer<AliasMark> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(AliasMark value, PackedOutput to) {
    to.writeString(value.channel());
    to.writeSigned(value.hash());
    to.writeSigned(value.head());
    to.writeSigned(value.length());
    to.writeSigned(value.delta());
    to.writeSigned(value.epoch());
  }

  @Override
  protected AliasMark read(PackedInput from) {
    return new AliasMark(
        from.readString(),
        from.readSigned(),
        (int) from.readSigned(),
        (int) from.readSigned(),
        (int) from.readSigned(),
        from.readSigned());
  }

  @Override
  public AliasMarkSerializer duplicate() {
    return new AliasMarkSerializer();
  }

  @Override
  public TypeSerializerSnapshot<AliasMark> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AliasMark> {

    public Snapshot() {
      super(AliasMarkSerializer::new);
    }
  }
}
