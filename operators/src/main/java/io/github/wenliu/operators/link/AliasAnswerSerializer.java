package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs an answer. */
public final class AliasAnswerSerializer extends PackedSerializer<AliasAnswer> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(AliasAnswer value, PackedOutput to) {
    PackedEntries.write(value, to);
  }

  @Override
  protected AliasAnswer read(PackedInput from) {
    return PackedEntries.readAnswer(from);
  }

  @Override
  public AliasAnswerSerializer duplicate() {
    return new AliasAnswerSerializer();
  }

  @Override
  public TypeSerializerSnapshot<AliasAnswer> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AliasAnswer> {

    public Snapshot() {
      super(AliasAnswerSerializer::new);
    }
  }
}
