package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.EnvelopeSerializer;
import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import io.github.wenliu.operators.envelope.PackedSerializer;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Packs a task: the bytes of its envelope, then what was found and answered. */
public final class LinkTaskSerializer extends PackedSerializer<LinkTask> {

  private static final long serialVersionUID = 1L;

  private final EnvelopeSerializer envelopes = new EnvelopeSerializer();

  @Override
  protected void write(LinkTask task, PackedOutput to) {
    to.writeBytes(envelopes.pack(task.document()));
    to.writeCount(task.mentions().size());
    for (Mention mention : task.mentions()) {
      to.writeCount(mention.start());
      to.writeCount(mention.end());
      to.writeCount(mention.startUtf16());
      to.writeCount(mention.endUtf16());
      to.writeString(mention.alias());
      to.writeSigned(mention.entity());
    }
    to.writeCount(task.answers().size());
    for (AliasAnswer answer : task.answers()) {
      PackedEntries.write(answer, to);
    }
  }

  @Override
  protected LinkTask read(PackedInput from) {
    var document = envelopes.unpack(from.readBytes());
    var mentions = new Mention[from.readSize()];
    for (int i = 0; i < mentions.length; i++) {
      mentions[i] =
          new Mention(
              from.readSize(),
              from.readSize(),
              from.readSize(),
              from.readSize(),
              from.readString(),
              (int) from.readSigned());
    }
    var answers = new AliasAnswer[from.readSize()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = PackedEntries.readAnswer(from);
    }
    return new LinkTask(document, List.of(mentions), List.of(answers));
  }

  @Override
  public LinkTaskSerializer duplicate() {
    return new LinkTaskSerializer();
  }

  @Override
  public TypeSerializerSnapshot<LinkTask> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The name of this class is for ever. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LinkTask> {

    public Snapshot() {
      super(LinkTaskSerializer::new);
    }
  }
}
