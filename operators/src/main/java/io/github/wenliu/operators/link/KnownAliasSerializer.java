package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs what is kept of an alias in one piece. */
public final class KnownAliasSerializer extends PackedSerializer<KnownAlias> {

  private static final long serialVersionUID = 1L;

  @Override
  protected void write(KnownAlias value, PackedOutput to) {
    PackedEntries.write(value.best(), to);
    to.writeCount(value.others());
  }

  @Override
  protected KnownAlias read(PackedInput from) {
    return new KnownAlias(PackedEntries.readCandidates(from), from.readSize());
  }

  @Override
  public KnownAliasSerializer duplicate() {
    return new KnownAliasSerializer();
  }

  @Override
  public TypeSerializerSnapshot<KnownAlias> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KnownAlias> {

    public Snapshot() {
      super(KnownAliasSerializer::new);
    }
  }
}
