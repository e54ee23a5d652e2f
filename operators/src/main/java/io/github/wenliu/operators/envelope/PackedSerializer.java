package io.github.wenliu.operators.envelope;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a value as its length and what a subclass packs. Values are immutable and never copied.
 * One serializer is as good as another of its class.
 */
public abstract class PackedSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1L;

  private transient PackedOutput out;
  private transient PackedInput in;

  protected abstract void write(T value, PackedOutput to);

  protected abstract T read(PackedInput from);

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    if (out == null) {
      out = new PackedOutput();
    }
    out.clear();
    write(value, out);
    target.writeInt(out.length());
    target.write(out.bytes(), 0, out.length());
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    if (in == null) {
      in = new PackedInput();
    }
    int length = source.readInt();
    source.readFully(in.buffer(length), 0, length);
    return read(in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  /** By way of an array: Flink's own buffer does not grow when it is handed an input to copy. */
  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    byte[] packed = new byte[source.readInt()];
    source.readFully(packed);
    target.writeInt(packed.length);
    target.write(packed);
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  /** None: there is no empty value, and none is ever filled. */
  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
