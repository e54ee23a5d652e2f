package io.github.wenliu.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.door.PartitionMark;
import io.github.wenliu.operators.newword.VocabularyDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every type in state or on the wire")
class SerialisationTest {

  private static final byte[] BYTES = {0, -1, 127, -128};

  static Stream<Object> values() {
    var raw =
        new RawRecord(
            "t",
            2,
            Long.MAX_VALUE,
            -1,
            BYTES,
            BYTES,
            List.of(new Header("a", BYTES), new Header("", null)));
    var bareRaw = new RawRecord("", 0, 0, 0, null, null, List.of());
    var document =
        new Document("标识", "文本𠮷😀\u0000", -1L, "main", "s", "{\"m\":1}", "{}", "00-trace");
    var bareDocument = new Document("i", "", null, "main", null, null, null, null);
    var rejection = new Rejection(ErrorClass.ENCODING, "E", "m");
    return Stream.of(
        raw,
        bareRaw,
        document,
        bareDocument,
        rejection,
        SourceRecord.of(raw, document),
        SourceRecord.rejected(bareRaw, rejection),
        new DeadLetter(raw, "door", rejection, -3),
        EnrichedDocument.entering(bareRaw, bareDocument, Long.MIN_VALUE, -1, 0),
        new EnrichedDocument(
            raw, document, 0, 0, 0, List.of(), List.of(), List.of(), List.of(), Versions.NONE),
        full(raw, document),
        new PartitionMark("t", 7, Long.MIN_VALUE),
        new VocabularyDelta("main", 12, Map.of("内卷", 7L, "😀", 1L), List.of("躺平")),
        new VocabularyDelta("a", -1, Map.of(), List.of()),
        ControlRecord.of(new ControlChange("word", "main", "墨鲷", null, -1L, "control-0-1")),
        ControlRecord.refused(new ControlChange("", "", "", "pin", null, "c-0-1"), "no"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackEqual(Object value) throws IOException {
    TypeSerializer<Object> serializer = serializerOf(value);
    assertEqual(readBack(serializer, write(serializer, value)), value);
    assertEqual(serializer.copy(value), value);
  }

  @ParameterizedTest
  @MethodSource("values")
  void needsNoKryoAnywhere(Object value) {
    assertThat(TypeInformation.of(value.getClass()).toString()).doesNotContain("GenericType");
    assertThat(everySerializerIn(serializerOf(value)))
        .isNotEmpty()
        .noneMatch(name -> name.contains("Kryo"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isReadAsItIsBySnapshotsOfTheSameRelease(Object value) throws IOException {
    TypeSerializer<Object> serializer = serializerOf(value);
    var out = new DataOutputSerializer(256);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<Object> restored =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    TypeSerializer<Object> now = serializerOf(value);
    assertThat(now.snapshotConfiguration().resolveSchemaCompatibility(restored).isCompatibleAsIs())
        .isTrue();
    assertEqual(readBack(restored.restoreSerializer(), write(now, value)), value);
  }

  @Test
  void wouldBeRefusedIfItNeededKryo() {
    record NotPublic(Object anything) {}

    assertThatThrownBy(() -> serializerOf(new NotPublic(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
  }

  private static EnrichedDocument full(RawRecord raw, Document document) {
    var linked =
        new Entity(
            2,
            3,
            2,
            4,
            "PER",
            0.1 + 0.2,
            "model",
            new Link("Q1", null, 0.5, List.of(new Candidate("Q1", 0.5)), false),
            "c1");
    var nil = new Entity(3, 4, 4, 6, "ORG", Double.MIN_VALUE, "relation", nilLink(), null);
    var bare = new Entity(3, 4, 4, 6, "X", 1, "gold", null, null);
    return new EnrichedDocument(
        raw,
        document,
        -7,
        -1,
        Flag.LATE.bit() | Flag.ERROR.bit(),
        List.of(new Word(0, 2, 0, 2, true, "c1"), new Word(2, 3, 2, 4, false, null)),
        List.of(linked, nil, bare),
        List.of(new Relation(0, "创始人", 1, 1)),
        List.of("c1", "c2"),
        new Versions("n", "l", "s", "m", "news", 171L, 168L, 0L));
  }

  private static Link nilLink() {
    return new Link(null, null, 0, List.of(), true);
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> serializerOf(Object value) {
    var config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return ((TypeInformation<Object>) TypeInformation.of(value.getClass()))
        .createSerializer(config);
  }

  private static byte[] write(TypeSerializer<Object> serializer, Object value) throws IOException {
    var out = new DataOutputSerializer(256);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static Object readBack(TypeSerializer<Object> serializer, byte[] bytes)
      throws IOException {
    var in = new DataInputDeserializer(bytes);
    var value = serializer.deserialize(in);
    assertThat(in.available()).as("bytes left over").isZero();
    return value;
  }

  /** Equality of every component; a record's own compares arrays by identity. */
  private static void assertEqual(Object found, Object expected) {
    assertThat(found).hasSameClassAs(expected);
    assertThat(found).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
  }

  /** The names of all serializer classes below one, as its snapshot names them. */
  private static List<String> everySerializerIn(TypeSerializer<?> serializer) {
    try {
      var out = new DataOutputSerializer(256);
      TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
          out, serializer.snapshotConfiguration());
      var text = new String(out.getCopyOfBuffer(), StandardCharsets.ISO_8859_1);
      return Pattern.compile("[a-zA-Z.$0-9]*Serializer[a-zA-Z.$0-9]*")
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
