package io.github.wenliu.operators.link;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of every stream and state of documents on their way through linking. */
public final class LinkTaskTypeInformation extends TypeInformation<LinkTask> {

  /** The only one. */
  public static final TypeInformation<LinkTask> TASK = new LinkTaskTypeInformation();

  private static final long serialVersionUID = 1L;

  private LinkTaskTypeInformation() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<LinkTask> getTypeClass() {
    return LinkTask.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<LinkTask> createSerializer(SerializerConfig config) {
    return new LinkTaskSerializer();
  }

  @Override
  public String toString() {
    return "LinkTask";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkTaskTypeInformation;
  }

  @Override
  public int hashCode() {
    return LinkTaskTypeInformation.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LinkTaskTypeInformation;
  }
}
