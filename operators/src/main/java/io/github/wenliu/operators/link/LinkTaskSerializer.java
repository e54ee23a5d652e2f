package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.EnvelopeSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes a task as its packed envelope and, field by field, what was found and answered. Tasks are
 * immutable and never copied.
 *
 * <p>The layout has a number, which stands in every savepoint; a change of it gets the next number
 * and a reader that still knows this one.
 */
public final class LinkTaskSerializer extends TypeSerializer<LinkTask> {

  private static final long serialVersionUID = 1L;
  private static final int LAYOUT = 1;

  private final EnvelopeSerializer envelopes = new EnvelopeSerializer();

  @Override
  public void serialize(LinkTask task, DataOutputView target) throws IOException {
    envelopes.serialize(task.document(), target);
    target.writeInt(task.mentions().size());
    for (var mention : task.mentions()) {
      target.writeInt(mention.start());
      target.writeInt(mention.end());
      target.writeInt(mention.startUtf16());
      target.writeInt(mention.endUtf16());
      StringValue.writeString(mention.alias(), target);
      target.writeInt(mention.entity());
    }
    target.writeInt(task.answers().size());
    for (var answer : task.answers()) {
      write(answer, target);
    }
  }

  /** Writes an answer, which {@link #readAnswer} reads. */
  static void write(AliasAnswer answer, DataOutputView target) throws IOException {
    StringValue.writeString(answer.document(), target);
    StringValue.writeString(answer.alias(), target);
    target.writeInt(answer.candidates().size());
    for (var candidate : answer.candidates()) {
      write(candidate, target);
    }
    target.writeInt(answer.more());
  }

  /** Writes a candidate, which {@link #readCandidate} reads. */
  static void write(KbCandidate candidate, DataOutputView target) throws IOException {
    StringValue.writeString(candidate.id(), target);
    StringValue.writeString(candidate.name(), target);
    // by name: kinds may come in between
    StringValue.writeString(candidate.kind().name(), target);
    target.writeInt(candidate.types().size());
    for (var type : candidate.types()) {
      StringValue.writeString(type, target);
    }
    StringValue.writeString(candidate.description(), target);
    target.writeInt(candidate.facts().size());
    for (var fact : candidate.facts()) {
      StringValue.writeString(fact.predicate(), target);
      StringValue.writeString(fact.object(), target);
    }
    target.writeDouble(candidate.prior());
    target.writeInt(candidate.vector().length);
    target.write(candidate.vector());
  }

  @Override
  public LinkTask deserialize(DataInputView source) throws IOException {
    var document = envelopes.deserialize(source);
    var mentions = new Mention[source.readInt()];
    for (int i = 0; i < mentions.length; i++) {
      mentions[i] =
          new Mention(
              source.readInt(),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              StringValue.readString(source),
              source.readInt());
    }
    var answers = new AliasAnswer[source.readInt()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = readAnswer(source);
    }
    return new LinkTask(document, List.of(mentions), List.of(answers));
  }

  static AliasAnswer readAnswer(DataInputView source) throws IOException {
    var document = StringValue.readString(source);
    var alias = StringValue.readString(source);
    var candidates = new KbCandidate[source.readInt()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = readCandidate(source);
    }
    return new AliasAnswer(document, alias, List.of(candidates), source.readInt());
  }

  static KbCandidate readCandidate(DataInputView source) throws IOException {
    var id = StringValue.readString(source);
    var name = StringValue.readString(source);
    var kind = NameKind.valueOf(StringValue.readString(source));
    var types = new String[source.readInt()];
    for (int i = 0; i < types.length; i++) {
      types[i] = StringValue.readString(source);
    }
    var description = StringValue.readString(source);
    var facts = new KbFact[source.readInt()];
    for (int i = 0; i < facts.length; i++) {
      facts[i] = new KbFact(StringValue.readString(source), StringValue.readString(source));
    }
    double prior = source.readDouble();
    byte[] vector = new byte[source.readInt()];
    source.readFully(vector);
    return new KbCandidate(
        id, name, kind, List.of(types), description, List.of(facts), prior, vector);
  }

  @Override
  public LinkTask deserialize(LinkTask reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public LinkTask copy(LinkTask from) {
    return from;
  }

  @Override
  public LinkTask copy(LinkTask from, LinkTask reuse) {
    return from;
  }

  /** Another, since each has buffers of its own. */
  @Override
  public LinkTaskSerializer duplicate() {
    return new LinkTaskSerializer();
  }

  /** None: there is no empty task, and none is ever filled. */
  @Override
  public LinkTask createInstance() {
    return null;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkTaskSerializer;
  }

  @Override
  public int hashCode() {
    return LinkTaskSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<LinkTask> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says of the layout: its number. The name of this class is for ever. */
  public static final class Snapshot implements TypeSerializerSnapshot<LinkTask> {

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeInt(LAYOUT);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
        throws IOException {
      int layout = in.readInt();
      if (layout != LAYOUT) {
        throw new IOException("tasks of linking of layout " + layout + ", known is " + LAYOUT);
      }
    }

    @Override
    public TypeSerializer<LinkTask> restoreSerializer() {
      return new LinkTaskSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<LinkTask> resolveSchemaCompatibility(
        TypeSerializerSnapshot<LinkTask> old) {
      return old instanceof Snapshot
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
