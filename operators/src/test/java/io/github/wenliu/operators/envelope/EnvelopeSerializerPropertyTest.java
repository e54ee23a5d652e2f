package io.github.wenliu.operators.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class EnvelopeSerializerPropertyTest {

  private final EnvelopeSerializer serializer = new EnvelopeSerializer();

  /** One after another in one buffer, read by one that has read others: nothing is left over. */
  @Property(tries = 1_000)
  void everyEnvelopeComesBackAsItWas(@ForAll("envelopes") List<EnrichedDocument> envelopes)
      throws IOException {
    var out = new DataOutputSerializer(16);
    for (var envelope : envelopes) {
      serializer.serialize(envelope, out);
    }
    var in = new DataInputDeserializer(out.getCopyOfBuffer());
    var reader = serializer.duplicate();
    for (var envelope : envelopes) {
      assertThat(reader.deserialize(in))
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(envelope);
    }
    assertThat(in.available()).isZero();
  }

  @Property(tries = 200)
  void bytesAreCopiedAsTheyAre(@ForAll("envelopes") List<EnrichedDocument> envelopes)
      throws IOException {
    var out = new DataOutputSerializer(16);
    for (var envelope : envelopes) {
      serializer.serialize(envelope, out);
    }
    var copied = new DataOutputSerializer(16);
    var in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (int i = 0; i < envelopes.size(); i++) {
      serializer.copy(in, copied);
    }
    assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
  }

  @Property(tries = 1_000)
  void anyStringComesBack(@ForAll("strings") List<String> strings) {
    var out = new PackedOutput();
    strings.forEach(out::writeString);
    var in = new PackedInput();
    System.arraycopy(out.bytes(), 0, in.buffer(out.length()), 0, out.length());
    for (var string : strings) {
      assertThat(in.readString()).isEqualTo(string);
    }
    assertThat(in.position()).isEqualTo(out.length());
  }

  @Property(tries = 1_000)
  void anyNumberComesBack(@ForAll List<Long> numbers, @ForAll double number) {
    var out = new PackedOutput();
    for (long each : numbers) {
      out.writeSigned(each);
      out.writeCount(each);
      out.writeDouble(number);
    }
    var in = new PackedInput();
    System.arraycopy(out.bytes(), 0, in.buffer(out.length()), 0, out.length());
    for (long each : numbers) {
      assertThat(in.readSigned()).isEqualTo(each);
      assertThat(in.readCount()).isEqualTo(each);
      assertThat(in.readDouble()).isEqualTo(number);
    }
  }

  @Example
  void anOrdinaryWordTakesTwoBytes() throws IOException {
    var words = new ArrayList<Word>();
    for (int at = 0; at < 200; at += 2) {
      words.add(new Word(at, at + 2, at, at + 2, at == 8, null));
    }
    int bare = length(withWords(List.of()));
    assertThat(length(withWords(words)) - bare).isEqualTo(2 * words.size());
  }

  @Example
  void aCommunityThatComesAgainTakesOneByte() throws IOException {
    var once = List.of(new Word(0, 2, 0, 2, false, "c17"), new Word(2, 4, 2, 4, false, null));
    var twice = List.of(new Word(0, 2, 0, 2, false, "c17"), new Word(2, 4, 2, 4, false, "c17"));
    assertThat(length(withWords(twice)) - length(withWords(once))).isEqualTo(1);
  }

  @Example
  void aRecordOfMegabytesIsFollowedByASmallOne() throws IOException {
    var small = withWords(List.of());
    var large = EnrichedDocument.entering(small.raw(), document("长".repeat(3_000_000)), 0, 0, 0);
    var out = new DataOutputSerializer(16);
    for (var each : List.of(small, large, small)) {
      serializer.serialize(each, out);
    }
    var in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in).document()).isEqualTo(small.document());
    assertThat(serializer.deserialize(in).document()).isEqualTo(large.document());
    assertThat(serializer.deserialize(in).document()).isEqualTo(small.document());
  }

  @Example
  void anEnvelopeIsNeverCopied() {
    var envelope = withWords(List.of());
    assertThat(serializer.isImmutableType()).isTrue();
    assertThat(serializer.copy(envelope)).isSameAs(envelope);
    assertThat(serializer.duplicate()).isNotSameAs(serializer).isEqualTo(serializer);
  }

  @Example
  void aSavepointSaysTheLayout() throws IOException {
    var restored = readBack(snapshotBytes(serializer));
    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    byte[] ofTheFuture = snapshotBytes(serializer);
    ofTheFuture[ofTheFuture.length - 1] = 2;
    assertThatThrownBy(() -> readBack(ofTheFuture))
        .isInstanceOf(IOException.class)
        .hasMessage("envelopes of layout 2, known is 1");
  }

  @Example
  void whatFlinkOnceWroteItselfIsMigrated() throws IOException {
    var generated =
        TypeInformation.of(EnrichedDocument.class).createSerializer(new SerializerConfigImpl());
    var restored = readBack(snapshotBytes(generated));
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAfterMigration())
        .isTrue();
  }

  private static byte[] snapshotBytes(TypeSerializer<EnrichedDocument> serializer)
      throws IOException {
    var out = new DataOutputSerializer(256);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    return out.getCopyOfBuffer();
  }

  private static TypeSerializerSnapshot<EnrichedDocument> readBack(byte[] bytes)
      throws IOException {
    return TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
        new DataInputDeserializer(bytes), EnvelopeSerializer.class.getClassLoader());
  }

  private int length(EnrichedDocument envelope) throws IOException {
    var out = new DataOutputSerializer(16);
    serializer.serialize(envelope, out);
    return out.length();
  }

  private static EnrichedDocument withWords(List<Word> words) {
    var raw = new RawRecord("t", 0, 0, 0, null, null, List.of());
    return EnrichedDocument.entering(raw, document("x"), 0, 0, 0).withWords(words, Versions.NONE);
  }

  private static Document document(String text) {
    return new Document("i", text, null, "main", null, null, null, null);
  }

  /** Latin-1, Han, emoji, halves of pairs, and all of them mixed. */
  private static Arbitrary<String> string() {
    return Arbitraries.of(
            'a', 'ÿ', '\u0100', '\u0000', '文', '，', '\uD83D', '\uDE00', '\uFFFF', '\uFEFF')
        .list()
        .ofMaxSize(12)
        .map(EnvelopeSerializerPropertyTest::joined);
  }

  private static String joined(List<Character> characters) {
    var string = new StringBuilder();
    characters.forEach(string::append);
    return string.toString();
  }

  private static <T> Arbitrary<T> orNull(Arbitrary<T> values) {
    return values.injectNull(0.3);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> strings() {
    return string().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<EnrichedDocument>> envelopes() {
    var layers =
        Combinators.combine(
                orNull(words()), orNull(entities()), orNull(relations()), orNull(communities()))
            .as(Layers::new);
    return Combinators.combine(
            raw(),
            documents(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.integers(),
            layers,
            versions())
        .as(
            (raw, document, millis, epoch, flags, layer, versions) ->
                new EnrichedDocument(
                    raw,
                    document,
                    millis,
                    epoch,
                    flags,
                    layer.words,
                    layer.entities,
                    layer.relations,
                    layer.communities,
                    versions))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private record Layers(
      List<Word> words,
      List<Entity> entities,
      List<Relation> relations,
      List<String> communities) {}

  private static Arbitrary<RawRecord> raw() {
    var headers =
        Combinators.combine(string(), orNull(bytes())).as(Header::new).list().ofMaxSize(3);
    return Combinators.combine(
            string(),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.longs(),
            orNull(bytes()),
            orNull(bytes()),
            headers)
        .as(RawRecord::new);
  }

  private static Arbitrary<Document> documents() {
    var optional = orNull(string());
    return Combinators.combine(
            string().map(id -> "i" + id),
            string(),
            orNull(Arbitraries.longs()),
            string(),
            optional,
            optional,
            optional,
            optional)
        .as(Document::new);
  }

  private static Arbitrary<List<Word>> words() {
    return Combinators.combine(spans(), Arbitraries.of(true, false), orNull(label()))
        .as(
            (span, discovered, community) ->
                new Word(span[0], span[1], span[2], span[3], discovered, community))
        .list()
        .ofMaxSize(6);
  }

  private static Arbitrary<List<Entity>> entities() {
    return Combinators.combine(
            spans(),
            orNull(label()),
            Arbitraries.doubles(),
            orNull(label()),
            orNull(links()),
            orNull(label()))
        .as(
            (span, type, score, origin, link, community) ->
                new Entity(
                    span[0], span[1], span[2], span[3], type, score, origin, link, community))
        .list()
        .ofMaxSize(4);
  }

  private static Arbitrary<Link> links() {
    var candidates =
        Combinators.combine(orNull(label()), Arbitraries.doubles())
            .as(Candidate::new)
            .list()
            .ofMaxSize(3);
    return Combinators.combine(orNull(label()), orNull(string()), Arbitraries.doubles(), candidates)
        .as((id, name, score, all) -> new Link(id, name, score, all, id == null));
  }

  private static Arbitrary<List<Relation>> relations() {
    return Combinators.combine(
            Arbitraries.integers(), orNull(label()), Arbitraries.integers(), Arbitraries.doubles())
        .as(Relation::new)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<List<String>> communities() {
    return label().list().ofMaxSize(4);
  }

  /** Few, so that they come again. */
  private static Arbitrary<String> label() {
    return Arbitraries.of("c1", "c2", "PER", "创始人", "");
  }

  /** Start, end, and both in UTF-16: anywhere, in any order, up to the largest. */
  private static Arbitrary<int[]> spans() {
    int half = Integer.MAX_VALUE / 2;
    return Combinators.combine(
            Arbitraries.integers().between(0, half),
            Arbitraries.integers().between(1, 40),
            Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, half - 100)),
            Arbitraries.integers().between(0, 40))
        .as(
            (start, length, moreStart, moreLength) ->
                new int[] {
                  start, start + length, start + moreStart, start + moreStart + length + moreLength
                });
  }

  private static Arbitrary<Versions> versions() {
    var text = orNull(string());
    var number = orNull(Arbitraries.longs());
    return Combinators.combine(text, text, text, text, text, number, number, number)
        .as(Versions::new);
  }
}
