package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichedEncoderTest {

  private static final RawRecord RAW =
      new RawRecord("wenliu.documents", 2, 12, 0, null, new byte[0], List.of());

  /** Code points 0..4, UTF-16 units 0..5: the fish takes two. */
  private static final String TEXT = "墨鲷🐟来了";

  private static final Word NEW_WORD = new Word(0, 2, 0, 2, true, "c17");
  private static final Word FISH = new Word(2, 3, 2, 4, false, null);

  @Test
  void writesAFixedExample() {
    var record = encoder(WordsOutput.ALL).encode(tagged());

    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("a-1");
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"schemaVersion\":1,\"id\":\"a-1\",\"time\":\"2026-03-01T00:00:00.000Z\","
                + "\"effectiveTime\":\"2026-03-01T00:00:01.500Z\",\"channel\":\"main\","
                + "\"epoch\":177232320,\"seq\":12,\"text\":\"墨鲷🐟来了\",\"source\":\"wire\","
                + "\"metadata\":{\"n\":1.50},\"extra\":{\"rank\":7},\"flags\":[\"late\",\"clamped\"],"
                + "\"words\":[{\"text\":\"墨鲷\",\"start\":0,\"end\":2,\"startUtf16\":0,\"endUtf16\":2,"
                + "\"new\":true,\"community\":\"c17\"},"
                + "{\"text\":\"🐟\",\"start\":2,\"end\":3,\"startUtf16\":2,\"endUtf16\":4}],"
                + "\"versions\":{\"pipeline\":\"9.9\",\"normaliser\":\"n1\",\"lexicon\":\"v1\",\"scorer\":\"s1\","
                + "\"vocabulary\":171}}");
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(
            Headers.CONTENT_TYPE, Headers.ORIGIN, Headers.EVENT_ID, Headers.TRACEPARENT);
    assertThat(Headers.text(record.headers(), Headers.ORIGIN)).isEqualTo("wenliu.documents-2-12");
    assertThat(Headers.text(record.headers(), Headers.TRACEPARENT)).isEqualTo("00-ab-cd-01");
  }

  @Test
  void leavesOutWhatIsNotThere() throws IOException {
    var document = new Document("x", "t", null, "main", null, null, null, null);
    var bare = EnrichedDocument.entering(RAW, document, 0, 0, 0);

    var record = encoder(WordsOutput.ALL).encode(bare);

    assertThat(read(record).fieldNames())
        .toIterable()
        .containsExactly(
            "schemaVersion",
            "id",
            "effectiveTime",
            "channel",
            "epoch",
            "seq",
            "text",
            "flags",
            "versions");
    assertThat(Headers.text(record.headers(), Headers.TRACEPARENT)).isNull();
  }

  @Test
  void everySpanIsTheSliceOfTheText() throws IOException {
    var json = read(encoder(WordsOutput.ALL).encode(extracted()));

    assertThat(json.path("words")).hasSize(2).allSatisfy(EnrichedEncoderTest::requireSlice);
    assertThat(json.path("entities")).hasSize(2).allSatisfy(EnrichedEncoderTest::requireSlice);
  }

  @Test
  void writesEntitiesLinksRelationsAndCommunities() throws IOException {
    var json = read(encoder(WordsOutput.NONE).encode(extracted()));

    assertThat(json.has("words")).isFalse();
    var linked = json.path("entities").get(0);
    assertThat(linked.path("type").textValue()).isEqualTo("TYPHOON");
    assertThat(linked.path("score").doubleValue()).isEqualTo(0.98);
    assertThat(linked.path("origin").textValue()).isEqualTo("model");
    assertThat(linked.path("link").toString())
        .isEqualTo(
            "{\"id\":\"Q1\",\"name\":\"墨鲷\",\"score\":0.9,"
                + "\"candidates\":[{\"id\":\"Q1\",\"score\":0.9}],\"nil\":false}");
    var nil = json.path("entities").get(1).path("link");
    assertThat(nil.path("id").isNull()).isTrue();
    assertThat(nil.has("id")).isTrue();
    assertThat(nil.path("nil").booleanValue()).isTrue();
    assertThat(json.path("relations").toString())
        .isEqualTo("[{\"subject\":0,\"predicate\":\"near\",\"object\":1,\"score\":0.5}]");
    assertThat(json.path("communities").toString()).isEqualTo("[\"c17\"]");
  }

  @Test
  void saysHowMembershipsAreAlignedWhereThereAreAny() throws IOException {
    var document = extracted();
    for (Alignment alignment : Alignment.values()) {
      var encoder = new EnrichedEncoder(WordsOutput.NONE, "9.9", alignment);
      assertThat(read(encoder.encode(tagged())).path("versions").has("membershipsAlignment"))
          .isFalse();
      var versions = document.versions().withMemberships(7);
      var aligned =
          document.withCommunities(document.words(), document.entities(), List.of(), versions);
      assertThat(
              read(encoder.encode(aligned))
                  .path("versions")
                  .path("membershipsAlignment")
                  .textValue())
          .isEqualTo(alignment == Alignment.LATEST ? "latest" : "event-time");
    }
  }

  @Test
  void showsOnlyNewWordsIfAsked() throws IOException {
    var words = read(encoder(WordsOutput.NEW).encode(tagged())).path("words");

    assertThat(words).hasSize(1);
    assertThat(words.get(0).path("text").textValue()).isEqualTo("墨鲷");
  }

  @Test
  void showsTheCommunitiesWhicheverWordsItShows() throws IOException {
    for (WordsOutput output : WordsOutput.values()) {
      assertThat(read(encoder(output).encode(extracted())).path("communities").toString())
          .isEqualTo("[\"c17\"]");
    }
    var newOnes = read(encoder(WordsOutput.NEW).encode(extracted())).path("words");
    assertThat(newOnes).hasSize(1);
    assertThat(newOnes.get(0).path("community").textValue()).isEqualTo("c17");
  }

  @Test
  void equalDocumentsGiveEqualBytesFromAnyEncoder() {
    var used = encoder(WordsOutput.ALL);
    used.encode(extracted());

    assertThat(used.encode(tagged()).value())
        .isEqualTo(encoder(WordsOutput.ALL).encode(tagged()).value());
  }

  @Test
  void sizeIsAnUpperBound() {
    var record = encoder(WordsOutput.ALL).encode(tagged());

    assertThat(record.size()).isGreaterThan(record.value().length + record.key().length);
  }

  private static void requireSlice(JsonNode span) {
    int start = span.path("start").intValue();
    int end = span.path("end").intValue();
    var byUnits =
        TEXT.substring(span.path("startUtf16").intValue(), span.path("endUtf16").intValue());
    var byPoints =
        TEXT.substring(TEXT.offsetByCodePoints(0, start), TEXT.offsetByCodePoints(0, end));
    assertThat(span.path("text").textValue()).isEqualTo(byUnits).isEqualTo(byPoints);
  }

  private static EnrichedEncoder encoder(WordsOutput words) {
    return new EnrichedEncoder(words, "9.9");
  }

  private static JsonNode read(OutgoingRecord record) throws IOException {
    return new ObjectMapper().readTree(record.value());
  }

  private static EnrichedDocument tagged() {
    return EnrichedDocument.entering(
            RAW, document(), 1_772_323_201_500L, 177_232_320L, Flag.LATE.bit() | Flag.CLAMPED.bit())
        .withWords(List.of(NEW_WORD, FISH), Versions.NONE.withWords("n1", "v1", "s1", 171));
  }

  private static EnrichedDocument extracted() {
    var tagged = tagged();
    var candidates = List.of(new Candidate("Q1", 0.9));
    return new EnrichedDocument(
        RAW,
        document(),
        tagged.effectiveMillis(),
        tagged.epoch(),
        0,
        tagged.words(),
        List.of(
            new Entity(0, 2, 0, 2, "TYPHOON", 0.98, "model", link("Q1", "墨鲷", candidates), "c17"),
            new Entity(2, 5, 2, 6, "EVENT", 0.5, "relation", link(null, null, List.of()), null)),
        List.of(new Relation(0, "near", 1, 0.5)),
        List.of("c17"),
        tagged.versions());
  }

  private static Link link(String id, String name, List<Candidate> candidates) {
    return new Link(id, name, 0.9, candidates, id == null);
  }

  private static Document document() {
    return new Document(
        "a-1",
        TEXT,
        1_772_323_200_000L,
        "main",
        "wire",
        "{\"n\":1.50}",
        "{\"rank\":7}",
        "00-ab-cd-01");
  }
}
