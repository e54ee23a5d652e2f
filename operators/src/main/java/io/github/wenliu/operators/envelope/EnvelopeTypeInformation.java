package io.github.wenliu.operators.envelope;

import io.github.wenliu.operators.document.EnrichedDocument;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of every stream and state of envelopes. */
public final class EnvelopeTypeInformation extends TypeInformation<EnrichedDocument> {

  /** The only one. */
  public static final TypeInformation<EnrichedDocument> ENVELOPE = new EnvelopeTypeInformation();

  private static final long serialVersionUID = 1L;

  private EnvelopeTypeInformation() {}

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
  public Class<EnrichedDocument> getTypeClass() {
    return EnrichedDocument.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<EnrichedDocument> createSerializer(SerializerConfig config) {
    return new EnvelopeSerializer();
  }

  @Override
  public String toString() {
    return "Envelope";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EnvelopeTypeInformation;
  }

  @Override
  public int hashCode() {
    return EnvelopeTypeInformation.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EnvelopeTypeInformation;
  }
}
