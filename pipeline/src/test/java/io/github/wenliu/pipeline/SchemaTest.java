package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityMember;
import io.github.wenliu.operators.cluster.CommunityShare;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.ControlAck;
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
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NilEvidence;
import io.github.wenliu.operators.nil.Tally;
import io.github.wenliu.operators.trends.Burst;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.pipeline.codec.CommunityEventEncoder;
import io.github.wenliu.pipeline.codec.CommunityStateEncoder;
import io.github.wenliu.pipeline.codec.ControlAckEncoder;
import io.github.wenliu.pipeline.codec.ControlDecoder;
import io.github.wenliu.pipeline.codec.DeadLetterEncoder;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.EntityCandidateEncoder;
import io.github.wenliu.pipeline.codec.KbDecoder;
import io.github.wenliu.pipeline.codec.KbEncoder;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.TrendEventEncoder;
import io.github.wenliu.pipeline.codec.WordEventEncoder;
import io.github.wenliu.pipeline.codec.WordStateEncoder;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.local.OnceFiles;
import io.github.wenliu.pipeline.local.OnceRun;
import io.github.wenliu.pipeline.local.Sample;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the job reads and writes is what the schemas in {@code docs/schema} say, and no more. */
class SchemaTest {

  private static final Path SCHEMAS = Path.of("..", "docs", "schema");
  private static final String DOCUMENT = "document";
  private static final String ENRICHED = "enriched";
  private static final String DEAD_LETTER = "dead-letter";
  private static final String WORD = "word";
  private static final String WORD_EVENT = "word-event";
  private static final String COMMUNITY = "community";
  private static final String TREND = "trend";
  private static final String COMMUNITY_EVENT = "community-event";
  private static final String ENTITY_CANDIDATE = "entity-candidate";
  private static final String CONTROL = "control";
  private static final String CONTROL_ACK = "control-ack";
  private static final String KB = "kb";

  private static final String TOPIC = "wenliu.documents";
  private static final long APPENDED_MILLIS = 1_775_000_000_000L;
  private static final String VERSION = "0.0.0-test";

  private static final WordScore SCORE = new WordScore("墨鲷", 3.25, 17, 4.5, 2.25, 0);
  private static final WordState STATE =
      new WordState(
          "main", 177, 3, "墨鲷", WordStatus.ABSORBED, SCORE, 1_772_000_000_001L, 0L, true, "墨鲷汤");

  private static final WordEvent EVENT =
      new WordEvent(
          "main",
          177,
          0,
          "墨鲷",
          WordEvent.Type.UPGRADED,
          "it stands inside a longer word",
          1_772_000_009_999L,
          SCORE,
          "墨鲷汤");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Validator VALIDATOR = validator();

  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);

  // ---- enriched documents ----

  @Test
  void everyEnrichedDocumentOfTheSampleIsValid() throws IOException {
    int documents = 0;
    for (SourceRecord record : sample()) {
      if (record.document() != null) {
        documents++;
        for (WordsOutput output : WordsOutput.values()) {
          assertValid(ENRICHED, encoded(segmented(record), output));
        }
      }
    }
    assertThat(documents).isEqualTo(402);
  }

  @Test
  void aDocumentWithEveryLayerIsValid() throws IOException {
    assertValid(ENRICHED, encoded(full(), WordsOutput.ALL));
  }

  @Test
  void aDocumentWithEveryLayerUsesEveryFieldOfTheSchema() throws IOException {
    var schema = MAPPER.readTree(text(ENRICHED));
    assertThat(encoded(full(), WordsOutput.ALL).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(namesOf(schema.get("properties")));
    assertThat(encoded(full(), WordsOutput.ALL).get("versions").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(namesOf(schema.at("/properties/versions/properties")));
  }

  @Test
  void aBareDocumentIsValid() throws IOException {
    var bare = new Document("d", "", null, "main", null, null, null, null);
    var entering = EnrichedDocument.entering(raw("x"), bare, -1, -1, 0);
    assertValid(ENRICHED, encoded(entering, WordsOutput.ALL));
  }

  @Test
  void everyRequiredFieldOfAnEnrichedDocumentIsMissed() throws IOException {
    var schema = MAPPER.readTree(text(ENRICHED));
    for (JsonNode name : schema.get("required")) {
      assertBroken(enriched -> enriched.remove(name.textValue()));
    }
  }

  @Test
  void whatAnEnrichedDocumentNeverHoldsIsInvalid() throws IOException {
    assertBroken(enriched -> enriched.put("unknown", 1));
    assertBroken(enriched -> enriched.put("schemaVersion", 2));
    assertBroken(enriched -> enriched.putNull("source"));
    assertBroken(enriched -> enriched.put("time", "2026-03-01"));
    assertBroken(enriched -> enriched.put("effectiveTime", "2026-03-01T00:00:00Z"));
    assertBroken(enriched -> enriched.put("channel", "no blanks"));
    assertBroken(enriched -> enriched.put("seq", -1));
    assertBroken(enriched -> enriched.put("epoch", "173"));
    assertBroken(enriched -> enriched.withArray("flags").add("early"));
    assertBroken(enriched -> enriched.withArray("flags").add("late"));
    assertBroken(enriched -> first(enriched, "words").remove("endUtf16"));
    assertBroken(enriched -> first(enriched, "words").put("text", ""));
    assertBroken(enriched -> first(enriched, "words").put("new", false));
    assertBroken(enriched -> first(enriched, "words").put("end", 0));
    assertBroken(enriched -> first(enriched, "entities").put("score", 1.5));
    assertBroken(enriched -> first(enriched, "entities").put("origin", "guess"));
    assertBroken(enriched -> link(enriched).put("nil", true));
    assertBroken(enriched -> link(enriched).putNull("id"));
    assertBroken(enriched -> link(enriched).remove("candidates"));
    assertBroken(enriched -> first(enriched, "relations").put("subject", "墨鲷"));
    assertBroken(enriched -> ((ObjectNode) enriched.get("versions")).remove("pipeline"));
    assertBroken(enriched -> ((ObjectNode) enriched.get("versions")).put("words", "1"));
  }

  // ---- dead letters ----

  @Test
  void everyDeadLetterOfTheSampleIsValid(@TempDir Path directory) throws IOException {
    var lines = deadLetterLines(directory);
    assertThat(lines).hasSize(12);
    for (String line : lines) {
      assertValid(DEAD_LETTER, MAPPER.readTree(line));
    }
  }

  @Test
  void aDeadLetterWithoutItsValueIsValid(@TempDir Path directory) throws IOException {
    int omitted = 0;
    for (String line : deadLetterLines(directory, 1)) {
      var letter = (ObjectNode) MAPPER.readTree(line);
      assertValid(DEAD_LETTER, letter);
      if (letter.get("headers").has("wenliu.value-omitted")) {
        omitted++;
        assertInvalid(DEAD_LETTER, letter.put("valueBase64", "AA=="));
      }
    }
    assertThat(omitted).isEqualTo(11);
  }

  @Test
  void everyRequiredHeaderOfADeadLetterIsMissed(@TempDir Path directory) throws IOException {
    var line = MAPPER.readTree(deadLetterLines(directory).get(0));
    for (JsonNode name : MAPPER.readTree(text(DEAD_LETTER)).at("/properties/headers/required")) {
      var broken = line.deepCopy();
      ((ObjectNode) broken.get("headers")).remove(name.textValue());
      assertInvalid(DEAD_LETTER, broken);
    }
  }

  @Test
  void whatADeadLetterNeverHoldsIsInvalid(@TempDir Path directory) throws IOException {
    var line = deadLetterLines(directory).get(0);
    for (Consumer<ObjectNode> breaking :
        List.<Consumer<ObjectNode>>of(
            letter -> letter.put("value", "plain"),
            letter -> letter.put("valueBase64", "墨鲷"),
            letter -> letter.remove("key"),
            letter -> ((ObjectNode) letter.get("headers")).put("wenliu.error-class", "OTHER"),
            letter -> ((ObjectNode) letter.get("headers")).put("wenliu.origin", "here"),
            letter -> ((ObjectNode) letter.get("headers")).put("wenliu.epoch", ""),
            letter -> ((ObjectNode) letter.get("headers")).put("x", 1))) {
      var broken = (ObjectNode) MAPPER.readTree(line);
      breaking.accept(broken);
      assertInvalid(DEAD_LETTER, broken);
    }
  }

  // ---- input documents ----

  @Test
  void everyDocumentOfTheSampleIsValid() throws IOException {
    var files = Sample.records();
    var sources = sample();
    for (int i = 0; i < files.size(); i++) {
      if (sources.get(i).document() != null) {
        assertValid(DOCUMENT, MAPPER.readTree(files.get(i).value()));
      }
    }
  }

  @Test
  void everyBadRecordOfTheSampleThatIsJsonIsInvalid() throws IOException {
    int judged = 0;
    var files = Sample.records();
    var sources = sample();
    for (int i = 0; i < files.size(); i++) {
      var json = json(files.get(i).value());
      if (sources.get(i).rejection() != null && json != null) {
        judged++;
        assertInvalid(DOCUMENT, json);
      }
    }
    assertThat(judged).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'text': ''}",
        "{'text': '墨鲷', 'id': null, 'time': null, 'channel': null, 'source': null,"
            + " 'metadata': null}",
        "{'text': '墨鲷', 'metadata': {'a': [1]}, 'likes': 3}",
        "{'text': '墨鲷', 'time': '2026-03-01'}",
        "{'text': '墨鲷', 'time': '2026-03-01T06:40'}",
        "{'text': '墨鲷', 'time': '2026-03-01T06:40:02.123456789+08:00'}",
        "{'text': '墨鲷', 'time': '2026-03-01T06:40:02Z'}",
        "{'text': '墨鲷', 'time': -1}",
        "{'text': '墨鲷', 'time': 253402300799999}"
      })
  void decoderAndSchemaAccept(String document) throws IOException {
    var json = document.replace('\'', '"');
    assertThat(decode(json).rejection()).isNull();
    assertValid(DOCUMENT, MAPPER.readTree(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'text': null}",
        "{'text': ['墨鲷']}",
        "{'text': '墨鲷', 'id': ''}",
        "{'text': '墨鲷', 'id': 7}",
        "{'text': '墨鲷', 'channel': ''}",
        "{'text': '墨鲷', 'channel': 'a/b'}",
        "{'text': '墨鲷', 'source': {}}",
        "{'text': '墨鲷', 'metadata': 'a'}",
        "{'text': '墨鲷', 'time': ''}",
        "{'text': '墨鲷', 'time': '2026-3-1'}",
        "{'text': '墨鲷', 'time': '2026-03-01 06:40:02'}",
        "{'text': '墨鲷', 'time': '0000-12-31'}",
        "{'text': '墨鲷', 'time': 1.5}",
        "{'text': '墨鲷', 'time': true}",
        "{'text': '墨鲷', 'time': 253402300800000}"
      })
  void decoderAndSchemaTurnAway(String document) throws IOException {
    var json = document.replace('\'', '"');
    assertThat(decode(json).rejection()).isNotNull();
    assertInvalid(DOCUMENT, MAPPER.readTree(json));
  }

  @Test
  void boundsCountAsTheDecoderCounts() throws IOException {
    var longest = "🐟".repeat(DecoderParameters.DEFAULT.maxCodePoints());
    var id = "i".repeat(512);
    var fits = MAPPER.createObjectNode().put("text", longest).put("id", id);
    assertThat(decode(fits.toString()).rejection()).isNull();
    assertValid(DOCUMENT, fits);
    var tooLong = MAPPER.createObjectNode().put("text", longest + "🐟");
    assertThat(decode(tooLong.toString()).rejection().errorClass()).isEqualTo(ErrorClass.TOO_LARGE);
    assertInvalid(DOCUMENT, tooLong);
    var longId = MAPPER.createObjectNode().put("text", "").put("id", id + "i");
    assertThat(decode(longId.toString()).rejection()).isNotNull();
    assertInvalid(DOCUMENT, longId);
  }

  // ---- words ----

  @Test
  void aWordWithEverythingUsesEveryFieldOfTheSchema() throws IOException {
    assertUsesEveryField(WORD, MAPPER.readTree(new WordStateEncoder().encode(STATE).value()));
  }

  @Test
  void aBarePinnedWordIsValidAndOneOfAnyOtherStatusIsNot() throws IOException {
    var pinned =
        new WordState("main", -1, 0, "墨", WordStatus.PINNED, null, null, null, false, null);
    var json = (ObjectNode) MAPPER.readTree(new WordStateEncoder().encode(pinned).value());
    assertValid(WORD, json);
    assertInvalid(WORD, json.put("status", "announced"));
  }

  @Test
  void everyStatusAndTypeIsValid() throws IOException {
    for (WordStatus status : WordStatus.values()) {
      var state = new WordState("a", 0, 0, "墨鲷", status, SCORE, 0L, 0L, false, null);
      assertValid(WORD, MAPPER.readTree(new WordStateEncoder().encode(state).value()));
    }
    for (WordEvent.Type type : WordEvent.Type.values()) {
      var event = new WordEvent("a", 0, 0, "墨鲷", type, "", 0, null, null);
      assertValid(WORD_EVENT, MAPPER.readTree(new WordEventEncoder().encode(event).value()));
    }
  }

  @Test
  void whatAWordNeverHoldsIsInvalid() throws IOException {
    for (Consumer<ObjectNode> breaking :
        List.<Consumer<ObjectNode>>of(
            word -> word.put("known", false),
            word -> word.remove("count"),
            word -> word.put("count", 1.5),
            word -> word.put("firstSeen", "2026-03-01"),
            word -> word.put("status", "banned"),
            word -> word.put("word", ""),
            word -> word.put("channel", "a/b"))) {
      var broken = (ObjectNode) MAPPER.readTree(new WordStateEncoder().encode(STATE).value());
      breaking.accept(broken);
      assertInvalid(WORD, broken);
    }
  }

  @Test
  void anEventWithEverythingUsesEveryFieldOfTheSchema() throws IOException {
    assertUsesEveryField(WORD_EVENT, MAPPER.readTree(new WordEventEncoder().encode(EVENT).value()));
  }

  // ---- communities ----

  @Test
  void aCommunityUsesEveryFieldOfTheSchema() throws IOException {
    assertUsesEveryField(COMMUNITY, community());
    assertThat(community().at("/members/1").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            namesOf(MAPPER.readTree(text(COMMUNITY)).at("/properties/members/items/properties")));
  }

  @Test
  void everyRequiredFieldOfACommunityIsMissed() throws IOException {
    for (JsonNode name : MAPPER.readTree(text(COMMUNITY)).get("required")) {
      var broken = community();
      broken.remove(name.textValue());
      assertInvalid(COMMUNITY, broken);
    }
  }

  @Test
  void whatACommunityNeverHoldsIsInvalid() throws IOException {
    for (Consumer<ObjectNode> breaking :
        List.<Consumer<ObjectNode>>of(
            community -> community.putNull("label"),
            community -> community.put("size", 0),
            community -> community.put("flow", -0.1),
            community -> community.put("born", "2026-03-01"),
            community -> community.put("community", ""),
            community -> first(community, "members").remove("flow"),
            community -> first(community, "members").put("name", ""),
            community -> first(community, "members").put("share", 1.5),
            community -> first(community, "members").putArray("also"),
            community -> first(community, "members").put("rank", 1),
            community -> community.put("unknown", 1))) {
      var broken = community();
      breaking.accept(broken);
      assertInvalid(COMMUNITY, broken);
    }
  }

  @Test
  void everyTypeOfCommunityEventIsValid() throws IOException {
    var fields = new TreeSet<String>();
    for (CommunityEvent.Type type : CommunityEvent.Type.values()) {
      var json = event(type);
      assertValid(COMMUNITY_EVENT, json);
      json.fieldNames().forEachRemaining(fields::add);
    }
    assertThat(fields)
        .containsExactlyInAnyOrderElementsOf(
            namesOf(MAPPER.readTree(text(COMMUNITY_EVENT)).get("properties")));
  }

  @Test
  void whatACommunityEventNeverHoldsIsInvalid() throws IOException {
    for (JsonNode name : MAPPER.readTree(text(COMMUNITY_EVENT)).get("required")) {
      var broken = event(CommunityEvent.Type.GREW);
      broken.remove(name.textValue());
      assertInvalid(COMMUNITY_EVENT, broken);
    }
    var split = event(CommunityEvent.Type.SPLIT);
    split.remove("parents");
    assertInvalid(COMMUNITY_EVENT, split);
    assertInvalid(COMMUNITY_EVENT, event(CommunityEvent.Type.BORN).put("into", "c2"));
    assertInvalid(COMMUNITY_EVENT, event(CommunityEvent.Type.DIED).put("size", 1));
    assertInvalid(COMMUNITY_EVENT, event(CommunityEvent.Type.GREW).put("size", 0));
    assertInvalid(COMMUNITY_EVENT, event(CommunityEvent.Type.GREW).put("type", "faded"));
    var born = event(CommunityEvent.Type.BORN);
    born.putArray("parents").add("c2");
    assertInvalid(COMMUNITY_EVENT, born);
    var grew = event(CommunityEvent.Type.GREW);
    grew.set("because", event(CommunityEvent.Type.MERGED).get("because"));
    assertInvalid(COMMUNITY_EVENT, grew);
    var faded = event(CommunityEvent.Type.DIED);
    faded.remove("into");
    assertInvalid(COMMUNITY_EVENT, faded);
    faded.remove("because");
    assertValid(COMMUNITY_EVENT, faded);
  }

  private static ObjectNode community() throws IOException {
    var state =
        new CommunityState(
            "main",
            177,
            3,
            "c17",
            "墨鲷、台风",
            3,
            0.25,
            1_772_000_000_001L,
            1_772_000_009_999L,
            List.of(
                new CommunityMember("墨鲷", 0.125, 0.75, List.of()),
                new CommunityMember("台风", 0.1, 0.5, List.of(new CommunityShare("c2", 0.25)))));
    return (ObjectNode) MAPPER.readTree(new CommunityStateEncoder().encode(state).value());
  }

  private static ObjectNode event(CommunityEvent.Type type) throws IOException {
    boolean died = type == CommunityEvent.Type.DIED;
    var parents =
        switch (type) {
          case SPLIT -> List.of("c2");
          case MERGED -> List.of("c3", "c4");
          default -> List.<String>of();
        };
    var event =
        new CommunityEvent(
            "main",
            177,
            0,
            "c17",
            type,
            parents,
            died ? "c2" : null,
            "墨鲷、台风",
            died ? 0 : 3,
            died ? 3 : 0,
            died ? 0 : 0.25,
            1_772_000_009_999L,
            died || !parents.isEmpty() ? List.of(new ExplainingEdge("台风", "墨鲷", 1e-5)) : List.of());
    return (ObjectNode) MAPPER.readTree(new CommunityEventEncoder().encode(event).value());
  }

  // ---- trends ----

  @Test
  void everyTypeOfTrendIsValid() throws IOException {
    var fields = new TreeSet<String>();
    for (TrendEvent.Type type : TrendEvent.Type.values()) {
      var json = trend(type);
      assertValid(TREND, json);
      json.fieldNames().forEachRemaining(fields::add);
    }
    assertThat(fields)
        .containsExactlyInAnyOrderElementsOf(
            namesOf(MAPPER.readTree(text(TREND)).get("properties")));
  }

  @Test
  void whatATrendNeverHoldsIsInvalid() throws IOException {
    for (JsonNode name : MAPPER.readTree(text(TREND)).get("required")) {
      var broken = trend(TrendEvent.Type.TOP);
      broken.remove(name.textValue());
      assertInvalid(TREND, broken);
    }
    var top = trend(TrendEvent.Type.TOP);
    top.remove("rank");
    assertInvalid(TREND, top);
    assertInvalid(TREND, trend(TrendEvent.Type.TOP).put("rank", 0));
    assertInvalid(TREND, trend(TrendEvent.Type.HOT).put("rank", 1));
    assertInvalid(TREND, trend(TrendEvent.Type.COOLED).put("type", "warm"));
    assertInvalid(TREND, trend(TrendEvent.Type.COOLED).put("score", -1));
  }

  private static ObjectNode trend(TrendEvent.Type type) throws IOException {
    var event =
        new TrendEvent(
            "main",
            177,
            3,
            "墨鲷",
            type,
            new Burst(12.5, 7.25, 0.03, 0.002),
            type == TrendEvent.Type.TOP ? 1 : null,
            1_772_000_009_999L);
    return (ObjectNode) MAPPER.readTree(new TrendEventEncoder().encode(event).value());
  }

  // ---- entity candidates ----

  @Test
  void anEntityCandidateUsesEveryFieldOfTheSchema() throws IOException {
    assertUsesEveryField(ENTITY_CANDIDATE, candidate(GroupState.Status.PROMOTED));
    assertValid(ENTITY_CANDIDATE, candidate(GroupState.Status.CANDIDATE));
  }

  @Test
  void everyRequiredFieldOfAnEntityCandidateIsMissed() throws IOException {
    for (JsonNode name : MAPPER.readTree(text(ENTITY_CANDIDATE)).get("required")) {
      var broken = candidate(GroupState.Status.CANDIDATE);
      broken.remove(name.textValue());
      assertInvalid(ENTITY_CANDIDATE, broken);
    }
  }

  @Test
  void whatAnEntityCandidateNeverHoldsIsInvalid() throws IOException {
    for (Consumer<ObjectNode> breaking :
        List.<Consumer<ObjectNode>>of(
            candidate -> candidate.put("group", "墨鲷"),
            candidate -> candidate.put("name", "墨"),
            candidate -> candidate.put("status", "gone"),
            candidate -> candidate.put("status", "candidate"),
            candidate -> candidate.remove("entity"),
            candidate -> candidate.put("mentions", 0),
            candidate -> candidate.put("firstSeen", "2026-03-01"),
            candidate -> candidate.putArray("surfaces"),
            candidate -> candidate.putArray("evidence"),
            candidate -> first(candidate, "context").put("count", 0),
            candidate -> first(candidate, "evidence").remove("excerpt"),
            candidate -> first(candidate, "evidence").put("excerpt", "墨".repeat(61)),
            candidate -> candidate.put("unknown", 1))) {
      var broken = candidate(GroupState.Status.PROMOTED);
      breaking.accept(broken);
      assertInvalid(ENTITY_CANDIDATE, broken);
    }
  }

  private static ObjectNode candidate(GroupState.Status status) throws IOException {
    var state =
        new GroupState(
            "main",
            177,
            0,
            "墨鲷#1",
            "墨鲷",
            status,
            status == GroupState.Status.PROMOTED ? "candidate:墨鲷#1" : null,
            3,
            2,
            1_772_000_000_001L,
            1_772_000_009_999L,
            List.of(new Tally("墨鲷", 3)),
            List.of(new Tally("EVENT", 3)),
            List.of(new Tally("台风", 2)),
            List.of(new NilEvidence("wenliu.documents-0-7", 2, 4, "台风墨鲷登陆")));
    return (ObjectNode) MAPPER.readTree(new EntityCandidateEncoder().encode(state).value());
  }

  // ---- control ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action': 'pin'}",
        "{'action': 'ban', 'by': 'li', 'why': [1, {}]}",
        "{'action': 'pin', 'effectiveFrom': null}",
        "{'action': 'pin', 'effectiveFrom': '2026-03-01'}",
        "{'action': 'pin', 'effectiveFrom': '2026-03-01T06:40:02+08:00'}",
        "{'action': 'pin', 'effectiveFrom': -1}"
      })
  void decoderAndSchemaAcceptAControlRecord(String value) throws IOException {
    var json = value.replace('\'', '"');
    assertThat(control(json).refusal()).isNull();
    assertValid(CONTROL, MAPPER.readTree(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "'pin'",
        "{'action': null}",
        "{'action': 'release'}",
        "{'action': ['pin']}",
        "{'action': 'pin', 'effectiveFrom': ''}",
        "{'action': 'pin', 'effectiveFrom': '2026-3-1'}",
        "{'action': 'pin', 'effectiveFrom': {}}",
        "{'action': 'pin', 'effectiveFrom': 1.5}",
        "{'action': 'pin', 'effectiveFrom': 253402300800000}"
      })
  void decoderAndSchemaTurnAwayAControlRecord(String value) throws IOException {
    var json = value.replace('\'', '"');
    assertThat(control(json).refusal()).isNotNull();
    assertInvalid(CONTROL, MAPPER.readTree(json));
    assertValid(
        CONTROL_ACK,
        MAPPER.readTree(new ControlAckEncoder().encode(control(json).refusal()).value()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model/main/extraction | {'action': 'select', 'value': 'fast/v1:news+duie'}",
        "model/main/extraction | {'action': 'select', 'value': 'none', 'effectiveFrom': 7}",
        "entity/main/墨鲷 | {'action': 'pin', 'value': '图书作品'}",
        "candidate/main/墨鲷#1 | {'action': 'promote'}",
        "candidate/main/墨鲷#1 | {'action': 'promote', 'value': {'id': null, 'aliases': null}}",
        "candidate/main/墨鲷#1 | {'action': 'promote', 'value': {'id': 'Q1', 'name': '墨鲷', 'aliases': ['a'], 'types': ['b'], 'description': 'c d', 'by': 'li'}}"
      })
  void decoderAndSchemasAcceptAChoice(String key, String value) throws IOException {
    var json = value.replace('\'', '"');
    assertValid(CONTROL, MAPPER.readTree(json));
    var accepted = new ControlAck(control(key, json).change(), 177L, null);
    assertValid(CONTROL_ACK, MAPPER.readTree(new ControlAckEncoder().encode(accepted).value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action': 'select'}",
        "{'action': 'select', 'value': null}",
        "{'action': 'select', 'value': 'fast'}",
        "{'action': 'select', 'value': 'fast/v1'}",
        "{'action': 'select', 'value': 'fast/v1:a+b+c'}",
        "{'action': 'select', 'value': '../v1:news'}"
      })
  void decoderAndSchemaTurnAwayWhatIsNoModel(String value) throws IOException {
    var json = value.replace('\'', '"');
    assertInvalid(CONTROL, MAPPER.readTree(json));
    var refusal = control("model/main/extraction", json).refusal();
    assertValid(CONTROL_ACK, MAPPER.readTree(new ControlAckEncoder().encode(refusal).value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action': 'promote', 'value': 'Q1'}",
        "{'action': 'promote', 'value': [{}]}",
        "{'action': 'promote', 'value': {'id': ''}}",
        "{'action': 'promote', 'value': {'id': 7}}",
        "{'action': 'promote', 'value': {'name': ' '}}",
        "{'action': 'promote', 'value': {'name': 'a\\tb'}}",
        "{'action': 'promote', 'value': {'aliases': 'a'}}",
        "{'action': 'promote', 'value': {'aliases': [null]}}",
        "{'action': 'promote', 'value': {'types': ['']}}",
        "{'action': 'promote', 'value': {'description': 'a\\nb'}}"
      })
  void decoderAndSchemaTurnAwayWhatIsNoEntry(String value) throws IOException {
    var json = value.replace('\'', '"');
    assertInvalid(CONTROL, MAPPER.readTree(json));
    var refusal = control("candidate/main/墨鲷#1", json).refusal();
    assertValid(CONTROL_ACK, MAPPER.readTree(new ControlAckEncoder().encode(refusal).value()));
  }

  @Test
  void whatAnAnswerNeverHoldsIsInvalid() throws IOException {
    var change = control("{\"action\": \"pin\"}").change();
    var accepted = new ControlAckEncoder().encode(new ControlAck(change, 177L, null)).value();
    assertValid(CONTROL_ACK, MAPPER.readTree(accepted));
    for (Consumer<ObjectNode> breaking :
        List.<Consumer<ObjectNode>>of(
            ack -> ack.remove("epoch"),
            ack -> ack.put("reason", "none"),
            ack -> ack.put("accepted", false),
            ack -> ack.put("action", "release"),
            ack -> ack.put("origin", "here"))) {
      var broken = (ObjectNode) MAPPER.readTree(accepted);
      breaking.accept(broken);
      assertInvalid(CONTROL_ACK, broken);
    }
  }

  private static ControlRecord control(String json) {
    return control("word/main/墨鲷", json);
  }

  private static ControlRecord control(String key, String json) {
    return new ControlDecoder(DecoderParameters.DEFAULT.zone())
        .decode(
            new RawRecord(
                "wenliu.control",
                0,
                5,
                APPENDED_MILLIS,
                key.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                List.of()));
  }

  // ---- knowledge base ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': '绍兴'}",
        "{'name': '绍兴', 'id': 'a/b', 'by': 'li'}",
        "{'name': '绍兴', 'id': null, 'aliases': null, 'types': null, 'description': null,"
            + " 'facts': null, 'prior': null, 'redirect': null, 'effectiveFrom': null}",
        "{'name': '绍兴', 'aliases': ['', '越州', '越州'], 'types': ['地点'], 'description': ''}",
        "{'name': '绍兴', 'facts': [{'p': '位于', 'o': '浙江'}, {'p': null}, {'o': 'x', 'n': 1}]}",
        "{'name': '绍兴', 'prior': 0, 'redirect': 'b'}",
        "{'name': '绍兴', 'prior': 1.5e9, 'effectiveFrom': '2026-03-01T06:40'}",
        "{'name': '绍兴', 'effectiveFrom': -1}"
      })
  void decoderAndSchemaAcceptAnEntry(String value) throws IOException {
    var json = value.replace('\'', '"');
    var decoded = entry(json);
    assertThat(decoded.rejection()).isNull();
    assertValid(KB, MAPPER.readTree(json));
    assertValid(KB, MAPPER.readTree(new KbEncoder().encode(decoded.change()).value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'name': null}",
        "{'name': ''}",
        "{'name': ' '}",
        "{'name': ['绍兴']}",
        "{'name': '绍兴', 'id': 7}",
        "{'name': '绍兴', 'aliases': '越州'}",
        "{'name': '绍兴', 'aliases': [null]}",
        "{'name': '绍兴', 'types': [['地点']]}",
        "{'name': '绍兴', 'description': {}}",
        "{'name': '绍兴', 'facts': ['位于']}",
        "{'name': '绍兴', 'facts': [{'p': 7}]}",
        "{'name': '绍兴', 'prior': -0.1}",
        "{'name': '绍兴', 'prior': '1'}",
        "{'name': '绍兴', 'redirect': ''}",
        "{'name': '绍兴', 'redirect': 7}",
        "{'name': '绍兴', 'effectiveFrom': 'soon'}",
        "{'name': '绍兴', 'effectiveFrom': 1.5}"
      })
  void decoderAndSchemaTurnAwayAnEntry(String value) throws IOException {
    var json = value.replace('\'', '"');
    assertThat(entry(json).rejection().errorClass()).isEqualTo(ErrorClass.SCHEMA);
    assertInvalid(KB, MAPPER.readTree(json));
  }

  @ParameterizedTest
  @CsvSource({
    "name, 256",
    "description, 65536",
    "aliases, 256",
    "types, 64",
    "facts, 1024",
    "aliases/0, 256",
    "types/0, 256",
    "facts/0/p, 256",
    "facts/0/o, 1024"
  })
  void boundsOfAnEntryCountAsTheDecoderCounts(String path, int bound) throws IOException {
    var longest = entryOf(path, bound);
    assertThat(entry(longest.toString()).rejection()).isNull();
    assertValid(KB, longest);
    var tooLong = entryOf(path, bound + 1);
    assertThat(entry(tooLong.toString()).rejection().errorClass()).isEqualTo(ErrorClass.TOO_LARGE);
    assertInvalid(KB, tooLong);
  }

  @Test
  void anEntryUsesEveryFieldOfTheSchema() throws IOException {
    var entry =
        new KbEntry(
            "main",
            "a/b",
            "绍兴",
            List.of("越州"),
            List.of("地点"),
            "浙江的城市",
            List.of(new KbFact("位于", "浙江")),
            7.0,
            "c");
    var change = new KbChange("main", "a/b", entry, 1_772_323_200_000L, "wenliu.kb-0-5");
    assertUsesEveryField(KB, MAPPER.readTree(new KbEncoder().encode(change).value()));
  }

  @Test
  void answersToEntriesAreValid() throws IOException {
    var id = "i".repeat(256);
    for (var action : new String[] {"put", "delete"}) {
      var asked =
          new ControlChange(ControlChange.KB, "main", id, action, null, null, "wenliu.kb-0-5");
      for (var ack : List.of(new ControlAck(asked, 7L, null), ControlAck.refused(asked, "so"))) {
        assertValid(CONTROL_ACK, MAPPER.readTree(new ControlAckEncoder().encode(ack).value()));
      }
    }
  }

  /** An entry with a text so long, or a list so long, in one place. */
  private static ObjectNode entryOf(String path, int size) {
    var entry = MAPPER.createObjectNode().put("name", "绍兴");
    var text = "x".repeat(size);
    switch (path) {
      case "aliases/0", "types/0" -> entry.putArray(path.substring(0, path.length() - 2)).add(text);
      case "facts/0/p" -> entry.putArray("facts").addObject().put("p", text);
      case "facts/0/o" -> entry.putArray("facts").addObject().put("o", text);
      case "aliases", "types" -> {
        var list = entry.putArray(path);
        IntStream.range(0, size).forEach(i -> list.add("a" + i));
      }
      case "facts" -> {
        var list = entry.putArray(path);
        IntStream.range(0, size).forEach(i -> list.addObject().put("p", "a" + i));
      }
      default -> entry.put(path, text);
    }
    return entry;
  }

  private static KbRecord entry(String json) {
    return new KbDecoder(DecoderParameters.DEFAULT.zone())
        .decode(
            new RawRecord(
                "wenliu.kb",
                0,
                5,
                APPENDED_MILLIS,
                "main/a/b".getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                List.of()));
  }

  // ---- validation ----

  private static void assertUsesEveryField(String schema, JsonNode json) throws IOException {
    assertValid(schema, json);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            namesOf(MAPPER.readTree(text(schema)).get("properties")));
  }

  private static void assertValid(String schema, JsonNode json) {
    var result = VALIDATOR.validate(uri(schema), json.toString());
    assertThat(result.getErrors())
        .extracting(error -> error.getInstanceLocation() + ": " + error.getError())
        .as("%s", json)
        .isEmpty();
    assertThat(result.isValid()).isTrue();
  }

  private static void assertInvalid(String schema, JsonNode json) {
    assertThat(VALIDATOR.validate(uri(schema), json.toString()).isValid())
        .as("%.200s", json)
        .isFalse();
  }

  private static void assertBroken(Consumer<ObjectNode> breaking) throws IOException {
    var json = (ObjectNode) encoded(full(), WordsOutput.ALL);
    breaking.accept(json);
    assertInvalid(ENRICHED, json);
  }

  private static Validator validator() {
    try {
      var validator = new ValidatorFactory().createValidator();
      for (String schema :
          List.of(
              DOCUMENT,
              ENRICHED,
              DEAD_LETTER,
              WORD,
              WORD_EVENT,
              TREND,
              COMMUNITY,
              COMMUNITY_EVENT,
              ENTITY_CANDIDATE,
              CONTROL,
              CONTROL_ACK,
              KB)) {
        validator.registerSchema(uri(schema), text(schema));
      }
      return validator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name that a schema gives itself. */
  private static URI uri(String schema) {
    return URI.create("urn:wenliu:schema:" + schema + ":1");
  }

  private static String text(String schema) throws IOException {
    return Files.readString(SCHEMAS.resolve(schema + ".schema.json"));
  }

  // ---- documents ----

  /** What the source makes of the sample. */
  private List<SourceRecord> sample() throws IOException {
    var records = new ArrayList<SourceRecord>();
    for (FileRecord file : Sample.records()) {
      records.add(
          decoder.decode(
              new RawRecord(
                  TOPIC,
                  0,
                  records.size(),
                  APPENDED_MILLIS,
                  file.key(),
                  file.value(),
                  file.headers())));
    }
    return records;
  }

  private SourceRecord decode(String json) {
    return decoder.decode(raw(json));
  }

  private static RawRecord raw(String value) {
    return new RawRecord(
        TOPIC,
        3,
        17,
        APPENDED_MILLIS,
        null,
        value.getBytes(StandardCharsets.UTF_8),
        List.of(new Header("content-type", "application/json".getBytes(StandardCharsets.UTF_8))));
  }

  private static EnrichedDocument segmented(SourceRecord record) {
    var document = record.document();
    long effective = document.timeMillis() == null ? 0 : document.timeMillis();
    var words = new ArrayList<Word>();
    for (var token : Segmenter.base().segment(document.text())) {
      words.add(
          new Word(token.start(), token.end(), token.startUtf16(), token.endUtf16(), false, null));
    }
    return EnrichedDocument.entering(record.raw(), document, effective, effective / 10_000, 0)
        .withWords(words, Versions.NONE.withWords("nfkc-1", "base-v1", "count-4", 0));
  }

  private static EnrichedDocument full() {
    var document =
        new Document(
            "s-1",
            "🐟墨鲷进屿安市",
            1_772_000_000_001L,
            "main",
            "jingquan",
            "{\"a\":1}",
            "{\"likes\":3}",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    var link = new Link("Q1", "台风墨鲷", 0.91, List.of(new Candidate("Q1", 0.91)), false);
    var nil = new Link(null, null, 0.5, List.of(), true);
    return new EnrichedDocument(
        raw("x"),
        document,
        1_772_000_000_001L,
        177_200_000L,
        Flag.LATE.bit() | Flag.CLAMPED.bit() | Flag.TRUNCATED.bit(),
        List.of(new Word(1, 3, 2, 4, true, "c17"), new Word(0, 1, 0, 2, false, null)),
        List.of(
            new Entity(1, 3, 2, 4, "EVENT", 0.98, "model", link, "c17"),
            new Entity(4, 7, 5, 8, "LOC", 1, "relation", nil, null),
            new Entity(4, 7, 5, 8, "GPE", 0, "gold", null, null)),
        List.of(new Relation(0, "地点", 1, 0.93)),
        List.of("c17"),
        new Versions("nfkc-1", "base-v1", "pmi-1", "news-v1", "news", 171L, 168L, 0L));
  }

  private static JsonNode encoded(EnrichedDocument document, WordsOutput output)
      throws IOException {
    return MAPPER.readTree(new EnrichedEncoder(output, VERSION).encode(document).value());
  }

  /** The lines that a run over an input that ends writes for the sample's bad records. */
  private List<String> deadLetterLines(Path directory) throws IOException {
    return deadLetterLines(directory, 1 << 20);
  }

  private List<String> deadLetterLines(Path directory, long maxBytes) throws IOException {
    var output = Files.createDirectory(directory.resolve("output"));
    var work = Files.createDirectory(directory.resolve("work"));
    var encoder = new DeadLetterEncoder(VERSION, maxBytes);
    long offset = 0;
    try (var files = new OnceFiles(output, work, 1)) {
      for (SourceRecord record : sample()) {
        if (record.rejection() != null) {
          files.result(
              Topic.DEAD_LETTERS, consumed(offset++, encoder.encode(letter(record, offset))));
        }
      }
      files.write(new OnceRun(null));
    }
    return Files.readAllLines(output.resolve("dead-letters.jsonl"));
  }

  /** Every other one with what a letter has that was sent again and became too large. */
  private static DeadLetter letter(SourceRecord record, long number) {
    if (number % 2 == 0) {
      return new DeadLetter(record.raw(), DoorFunction.STAGE, record.rejection(), -1);
    }
    var raw = record.raw();
    var headers = new ArrayList<>(raw.headers());
    headers.add(new Header("wenliu.attempt", "2".getBytes(StandardCharsets.UTF_8)));
    headers.add(new Header("x-null", null));
    return new DeadLetter(
        new RawRecord(
            raw.topic(),
            raw.partition(),
            raw.offset(),
            raw.appendMillis(),
            raw.key(),
            raw.value(),
            headers),
        "sink",
        new Rejection(ErrorClass.SERIALISE, "some.Class", "too large"),
        177_200_000L);
  }

  private static ConsumerRecord<byte[], byte[]> consumed(long offset, OutgoingRecord record) {
    var headers = new RecordHeaders();
    record.headers().forEach(header -> headers.add(header.key(), header.value()));
    return new ConsumerRecord<>(
        "wenliu.dead-letters",
        0,
        offset,
        APPENDED_MILLIS,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        record.key(),
        record.value(),
        headers,
        Optional.empty());
  }

  // ---- JSON ----

  private static JsonNode json(byte[] value) throws IOException {
    if (value == null) {
      return null;
    }
    try {
      var json = MAPPER.readTree(value);
      return json.isObject() ? json : null;
    } catch (JsonProcessingException | CharConversionException e) {
      return null;
    }
  }

  private static ObjectNode first(ObjectNode enriched, String layer) {
    return (ObjectNode) enriched.get(layer).get(0);
  }

  private static ObjectNode link(ObjectNode enriched) {
    return (ObjectNode) first(enriched, "entities").get("link");
  }

  private static List<String> namesOf(JsonNode properties) {
    var names = new ArrayList<String>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
