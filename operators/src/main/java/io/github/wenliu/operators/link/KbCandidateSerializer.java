package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs an entry under one of its names. */
public final class KbCandidateSerializer extends PackedSerializer<KbCandidate> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(KbCandidate value, PackedOutput to) {
    PackedEntries.write(value, to);
  }

  @Override
  protected KbCandidate read(PackedInput from) {
    return PackedEntries.readCandidate(from);
  }

  @Override
  public KbCandidateSerializer duplicate() {
    return new KbCandidateSerializer();
  }

  @Override
  public TypeSerializerSnapshot<KbCandidate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KbCandidate> {

    public Snapshot() {
      super(KbCandidateSerializer::new);
    }
  }
}
