package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutgoingRecordSerialisationTest {

  static Stream<OutgoingRecord> records() {
    byte[] bytes = {0, -1, 127, -128};
    return Stream.of(
        new OutgoingRecord(bytes, bytes, List.of(new Header("a", bytes), new Header("", null))),
        new OutgoingRecord(new byte[0], null, List.of()),
        new OutgoingRecord(null, bytes, List.of()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void comesBackEqualWithoutKryo(OutgoingRecord record) throws IOException {
    var serializer = serializer();
    var out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    var in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(record);
    assertThat(in.available()).isZero();
  }

  @ParameterizedTest
  @MethodSource("records")
  void isReadAsItIsBySnapshotsOfTheSameRelease(OutgoingRecord record) throws IOException {
    var out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer().snapshotConfiguration());
    var restored =
        TypeSerializerSnapshotSerializationUtil.<OutgoingRecord>readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(
            serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    var written = new DataOutputSerializer(64);
    serializer().serialize(record, written);
    var in = new DataInputDeserializer(written.getCopyOfBuffer());
    assertThat(restored.restoreSerializer().deserialize(in))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  /** Would not be made if any part of the record needed Kryo. */
  private static TypeSerializer<OutgoingRecord> serializer() {
    var config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return TypeInformation.of(OutgoingRecord.class).createSerializer(config);
  }
}
