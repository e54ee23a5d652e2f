package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.Promotion;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDecoderTest {

  private static final String ORIGIN = "wenliu.control-2-7";
  private static final String PIN = "{\"action\":\"pin\"}";

  private static final String PROMOTED =
      new Promotion("Q1", "墨鲷", List.of("a", "b"), List.of("台风"), "登陆").text();

  private final ControlDecoder decoder = new ControlDecoder(ZoneId.of("Asia/Shanghai"));

  @Test
  void readsAChange() {
    assertThat(decode("word/main/墨鲷", PIN).change())
        .isEqualTo(new ControlChange("word", "main", "墨鲷", "pin", null, null, ORIGIN));
    assertThat(decode("word/a.b-c/TCP/IP", " {\"action\":\"ban\",\"by\":{\"x\":[1]}} ").change())
        .isEqualTo(new ControlChange("word", "a.b-c", "TCP/IP", "ban", null, null, ORIGIN));
  }

  @Test
  void readsTimesAsDocumentsHaveThem() {
    assertThat(from("\"2026-03-01\"")).isEqualTo(1_772_294_400_000L);
    assertThat(from("\"2026-03-01T00:00:00Z\"")).isEqualTo(1_772_323_200_000L);
    assertThat(from("1772323200000")).isEqualTo(1_772_323_200_000L);
    assertThat(from("null")).isNull();
  }

  @Test
  void noValueTakesBack() {
    assertThat(decode("word/main/墨鲷", null).change())
        .isEqualTo(new ControlChange("word", "main", "墨鲷", null, null, null, ORIGIN));
  }

  @ParameterizedTest
  @CsvSource({
    "墨鲷, key is not kind",
    "word/main, key is not kind/channel/target",
    "scheme/main/x, kind is unknown",
    "model/main/x, 'target is unknown, need extraction'",
    "model/main/, target is unknown",
    "entity/main/\u3000, entity is empty",
    "candidate/main/墨鲷, 'no group, need its id NAME#NUMBER'",
    "candidate/main/墨鲷#0, no group",
    "candidate/main/墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨鲷墨#1, no group",
    "/main/x, kind is unknown",
    "word//x, channel does not match",
    "word/a b/x, channel does not match",
    "word/main/, word is empty",
    "word/main/\u3000, word is empty",
    "word/main/\u200B, word is empty"
  })
  void refusesAWrongKey(String key, String reason) {
    var refusal = refused(key, PIN);

    assertThat(refusal.reason()).containsPattern(reason);
    assertThat(refusal.change().action()).isEqualTo("pin");
    assertThat(refusal.change().origin()).isEqualTo(ORIGIN);
  }

  @Test
  void refusesAKeyThatIsMissingOrNotUtf8() {
    assertThat(decoder.decode(raw(null, utf8(PIN))).refusal().reason()).contains("key is missing");
    assertThat(
            decoder
                .decode(raw("word/main/墨鲷".getBytes(Charset.forName("GBK")), utf8(PIN)))
                .refusal()
                .reason())
        .contains("not UTF-8");
  }

  @Test
  void readsTheChoiceOfAModel() {
    assertThat(decode("model/main/extraction", select("fast/v1:news+duie")).change())
        .isEqualTo(
            new ControlChange(
                "model", "main", "extraction", "select", "fast/v1:news+duie", null, ORIGIN));
    assertThat(decode("model/main/extraction", select("none")).change().value()).isEqualTo("none");
    assertThat(decode("model/main/extraction", null).change())
        .isEqualTo(new ControlChange("model", "main", "extraction", null, null, null, ORIGIN));
  }

  @Test
  void readsAPinnedEntity() {
    assertThat(decode("entity/main/TCP/IP", pin("\"图书作品\"")).change())
        .isEqualTo(new ControlChange("entity", "main", "TCP/IP", "pin", "图书作品", null, ORIGIN));
    assertThat(decode("entity/main/墨鲷", null).change().value()).isNull();
  }

  @Test
  void readsWhatAGroupShallBecome() {
    var entry =
        "{\"id\":\"Q1\",\"name\":\"台风墨鲷\",\"aliases\":[\"墨鲷\",\"第3号\"],\"types\":[\"台风\"],"
            + "\"description\":\"登陆屿安\",\"by\":{\"x\":[1]},\"facts\":[[]]}";
    assertThat(Promotion.entry(decode("candidate/main/墨鲷#1", promote(entry)).change()))
        .isEqualTo(
            new KbEntry(
                "main",
                "Q1",
                "台风墨鲷",
                List.of("墨鲷", "第3号"),
                List.of("台风"),
                "登陆屿安",
                List.of(),
                null,
                null));
    for (String value :
        List.of("{\"action\":\"promote\"}", promote("null"), promote("{\"name\":null}"))) {
      assertThat(Promotion.entry(decode("candidate/main/a/c##12", value).change()))
          .as(value)
          .isEqualTo(
              new KbEntry(
                  "main",
                  "candidate:a/c##12",
                  "a/c#",
                  List.of(),
                  List.of(),
                  "",
                  List.of(),
                  null,
                  null));
    }
    assertThat(decode("candidate/main/墨鲷#1", null).change())
        .isEqualTo(new ControlChange("candidate", "main", "墨鲷#1", null, null, null, ORIGIN));
  }

  @Test
  void aRefusedPromotionIsNotRepeated() {
    var refusal = refused("candidate/main/墨鲷#1", promote("{\"name\":\"机密\",\"types\":[7]}"));
    assertThat(refusal.change().value()).isNull();
    assertThat(text(new ControlAckEncoder().encode(refusal).value())).doesNotContain("机密");
  }

  @Test
  void aValueIsLeftAloneWhereNoneIsNeeded() {
    assertThat(decode("word/main/墨鲷", pin("[\"PER\"]")).change()).isNotNull();
    assertThat(decode("word/main/墨鲷", pin("\"PER\"")).change().value()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model/main/extraction | {\"action\":\"pin\"} | action is unknown, need select",
        "model/main/extraction | {\"action\":\"select\"} | value is missing, need NAME/VERSION",
        "model/main/extraction | {\"action\":\"select\",\"value\":7} | value is missing",
        "model/main/extraction | {\"action\":\"select\",\"value\":\"fast\"} | no model: need NAME",
        "model/main/extraction | {\"action\":\"select\",\"value\":\"../x:news\"} | no model: the",
        "entity/main/墨鲷 | {\"action\":\"ban\",\"value\":\"PER\"} | action is unknown, need pin",
        "entity/main/墨鲷 | {\"action\":\"pin\"} | value is no type",
        "entity/main/墨鲷 | {\"action\":\"pin\",\"value\":null} | value is no type",
        "entity/main/墨鲷 | {\"action\":\"pin\",\"value\":\"a b\"} | value is no type",
        "candidate/main/墨鲷#1 | {\"action\":\"pin\"} | action is unknown, need promote",
        "candidate/main/墨鲷#1 | {\"value\":{}} | action is missing, need promote",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":\"Q1\"} | need an object",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":[{}]} | need an object",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"id\":7}} | id is no string",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"id\":\"\"}} | id is empty",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"name\":{\"a\":1}}} | name is no",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"types\":\"a\"}} | types is no list",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"types\":[[\"a\"]]}} | types is no",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"aliases\":[\"a\\n\"]}} | control",
        "candidate/main/墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨墨~0123456789abcdef#1 | {\"action\":\"promote\"} | name is missing",
        "candidate/main/墨鲷#1 | {\"action\":\"promote\",\"value\":{\"id\":7},\"x\":} | malformed"
      })
  void refusesAValueThatIsNoneOfItsKind(String key, String value, String reason) {
    assertThat(refused(key, value).reason()).contains(reason);
  }

  @Test
  void aWordHasAtMost64Units() {
    assertThat(decode("word/main/" + "墨".repeat(64), PIN).change()).isNotNull();
    assertThat(refused("word/main/" + "墨".repeat(65), PIN).reason()).contains("longer than 64");
    assertThat(refused("word/main/" + "㍿".repeat(17), PIN).reason()).contains("normalised");
  }

  @Test
  void anAnswerIsShortHoweverLongTheKey() {
    var refusal = refused("x".repeat(10_000) + "/" + "𠮷".repeat(10_000), PIN);

    assertThat(new ControlAckEncoder().encode(refusal).size()).isLessThan(2_000);
    var kept = refused("word/main/a" + "𠮷".repeat(10_000), PIN).change().target();
    assertThat(kept).isEqualTo("a" + "𠮷".repeat(31));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | not a JSON object",
        "pin | malformed",
        "\"pin\" | not a JSON object",
        "{\"action\":\"pin\" | malformed",
        "{\"action\":\"pin\",\"action\":\"ban\"} | malformed",
        "{\"action\":\"pin\"}{} | something follows",
        "{} | action is missing",
        "{\"action\":7} | action is unknown",
        "{\"action\":\"unpin\"} | action is unknown",
        "{\"action\":\"pin\",\"effectiveFrom\":\"soon\"} | effectiveFrom",
        "{\"action\":\"pin\",\"effectiveFrom\":99999999999999999999} | effectiveFrom",
        "{\"action\":\"pin\",\"effectiveFrom\":true} | effectiveFrom"
      })
  void refusesAWrongValue(String value, String reason) {
    assertThat(refused("word/main/墨鲷", value).reason()).contains(reason);
  }

  @Test
  void theEncoderWritesWhatTheDecoderReads() {
    for (var change :
        List.of(
            new ControlChange("word", "main", "a/b", "pin", null, null, ORIGIN),
            new ControlChange("word", "main", "墨鲷", "ban", null, 7L, ORIGIN),
            new ControlChange("entity", "main", "墨鲷", "pin", "ORG", 7L, ORIGIN),
            new ControlChange("model", "a", "extraction", "select", "f/v1:n", null, ORIGIN),
            new ControlChange("candidate", "main", "墨鲷#1", "promote", PROMOTED, 7L, ORIGIN),
            new ControlChange("candidate", "main", "墨鲷#1", null, null, null, ORIGIN),
            new ControlChange("word", "main", "墨鲷", null, null, null, ORIGIN))) {
      var record = new ControlEncoder().encode(change);
      assertThat(decoder.decode(raw(record.key(), record.value())))
          .isEqualTo(ControlRecord.of(change));
    }
  }

  @Test
  void writesAFixedExampleOfAnAnswer() {
    var change = new ControlChange("word", "main", "a/b", null, null, null, ORIGIN);
    var accepted = new ControlAckEncoder().encode(new ControlAck(change, 12L, null));

    assertThat(new String(accepted.key(), StandardCharsets.UTF_8)).isEqualTo("word/main/a/b");
    assertThat(new String(accepted.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"schemaVersion\":1,\"kind\":\"word\",\"channel\":\"main\",\"target\":\"a/b\","
                + "\"accepted\":true,\"epoch\":12,\"origin\":\"wenliu.control-2-7\"}");
    assertThat(Headers.text(accepted.headers(), Headers.EVENT_ID))
        .isEqualTo(EnrichedEncoder.eventId("control-acks", ORIGIN));
  }

  @Test
  void anAnswerSaysWhatWasChosen() {
    var change = new ControlChange("entity", "main", "墨鲷", "pin", "ORG", null, ORIGIN);
    assertThat(text(new ControlAckEncoder().encode(new ControlAck(change, 12L, null)).value()))
        .contains("\"action\":\"pin\",\"value\":\"ORG\",\"accepted\":true");
    var promoted =
        new ControlChange("candidate", "main", "墨鲷#1", "promote", PROMOTED, null, ORIGIN);
    assertThat(text(new ControlAckEncoder().encode(new ControlAck(promoted, 12L, null)).value()))
        .contains("\"action\":\"promote\",\"value\":\"Q1\",\"accepted\":true");
    var refused = refused("entity/main/墨鲷", pin("\"" + "型".repeat(1_000) + "\""));
    assertThat(refused.change().value()).hasSize(64);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String select(String value) {
    return "{\"action\":\"select\",\"value\":\"" + value + "\"}";
  }

  private static String promote(String json) {
    return "{\"action\":\"promote\",\"value\":" + json + "}";
  }

  private static String pin(String json) {
    return "{\"action\":\"pin\",\"value\":" + json + "}";
  }

  private Long from(String json) {
    return decode("word/main/x", "{\"action\":\"pin\",\"effectiveFrom\":" + json + "}")
        .change()
        .effectiveFromMillis();
  }

  private ControlAck refused(String key, String value) {
    var decoded = decode(key, value);
    assertThat(decoded.refusal()).isNotNull();
    return decoded.refusal();
  }

  private ControlRecord decode(String key, String value) {
    return decoder.decode(raw(utf8(key), value == null ? null : utf8(value)));
  }

  private static RawRecord raw(byte[] key, byte[] value) {
    return new RawRecord("wenliu.control", 2, 7, 0, key, value, List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
