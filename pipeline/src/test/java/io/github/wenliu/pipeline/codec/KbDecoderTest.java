package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.operators.link.KbRecord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KbDecoderTest {

  private static final String ORIGIN = "wenliu.kb-2-7";
  private static final String NAMED = "{\"name\":\"绍兴\"}";

  private static final KbEntry FULL =
      new KbEntry(
          "a.b-c",
          "Q/1",
          "绍兴",
          List.of("越州", "会稽"),
          List.of("地点", "城市"),
          "浙江的城市",
          List.of(new KbFact("位于", "浙江"), new KbFact("", "水乡"), new KbFact("别称", "")),
          1.5,
          null);

  private final KbDecoder decoder = new KbDecoder(ZoneId.of("Asia/Shanghai"));

  @Test
  void readsAnEntry() {
    var json =
        "\uFEFF {\"id\":\"Q/1\",\"name\":\"绍兴\",\"aliases\":[\"越州\",\"会稽\"],\"types\":[\"地点\",\"城市\"],"
            + "\"description\":\"浙江的城市\",\"facts\":[{\"p\":\"位于\",\"o\":\"浙江\"},{\"o\":\"水乡\"},"
            + "{\"p\":\"别称\"}],\"prior\":1.5,\"by\":{\"x\":[1]}} ";

    assertThat(decode("a.b-c/Q/1", json).change())
        .isEqualTo(new KbChange("a.b-c", "Q/1", FULL, null, ORIGIN));
    assertThat(decode("main/x", NAMED).change().entry())
        .isEqualTo(new KbEntry("main", "x", "绍兴", List.of(), List.of(), "", List.of(), null, null));
  }

  @Test
  void readsARedirectAndATime() {
    var json = "{\"name\":\"越州\",\"redirect\":\"Q1\",\"effectiveFrom\":\"2026-03-01\"}";

    var change = decode("main/Q2", json).change();

    assertThat(change.entry().redirect()).isEqualTo("Q1");
    assertThat(change.effectiveFromMillis()).isEqualTo(1_772_294_400_000L);
  }

  @Test
  void noValueDeletes() {
    assertThat(decode("main/a/b", null).change())
        .isEqualTo(new KbChange("main", "a/b", null, null, ORIGIN));
  }

  @Test
  void whatIsBlankOrThereTwiceIsLeftOut() {
    var json =
        "{\"name\":\"绍兴\",\"aliases\":[\"\",\"越州\",\"\u3000\",\"绍兴\",\"越州\",\"\\u200b\"],"
            + "\"types\":[\"地点\",\" \",\"地点\"],"
            + "\"facts\":[{},{\"p\":\"a\",\"o\":\"b\"},{\"p\":\" \"},{\"p\":\"a\",\"o\":\"b\"}]}";

    var entry = decode("main/x", json).change().entry();

    assertThat(entry.aliases()).containsExactly("越州");
    assertThat(entry.types()).containsExactly("地点");
    assertThat(entry.facts()).containsExactly(new KbFact("a", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "x, key is not channel/id",
    "/x, channel does not match",
    "a b/x, channel does not match",
    "main/, id in the key is blank",
    "main/\u3000, id in the key is blank"
  })
  void rejectsAWrongKey(String key, String reason) {
    for (var value : new String[] {NAMED, null}) {
      var rejection = rejection(key, value);
      assertThat(rejection.errorClass()).isEqualTo(ErrorClass.SCHEMA);
      assertThat(rejection.message()).contains(reason);
      assertThat(rejection.exceptionClass()).isEqualTo(KbDecoder.class.getName());
    }
  }

  @Test
  void rejectsAKeyThatIsMissingOrNotUtf8() {
    assertThat(decoder.decode(raw(null, utf8(NAMED))).rejection().message())
        .contains("key is not channel/id");
    var foreign = decoder.decode(raw("main/绍兴".getBytes(Charset.forName("GBK")), null));
    assertThat(foreign.rejection().errorClass()).isEqualTo(ErrorClass.ENCODING);
  }

  @Test
  void anIdHasAtMost256Units() {
    assertThat(decode("main/" + "绍".repeat(256), NAMED).change()).isNotNull();
    assertThat(rejection("main/" + "绍".repeat(257), NAMED).message()).contains("longer than 256");
    assertThat(rejection("main/x", NAMED.replace("}", ",\"id\":\"y\"}")).message())
        .isEqualTo("id is not that of the key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | SCHEMA | not a JSON object",
        "{\"name\":\"绍兴\" | PARSE | malformed JSON",
        "{\"name\":\"绍兴\",\"name\":\"x\"} | PARSE | malformed JSON",
        "{\"name\":\"绍兴\"}{} | PARSE | malformed JSON",
        "{\"name\":\"\\ud83d\"} | ENCODING | name holds half",
        "{\"name\":\"a\",\"aliases\":[\"\\udc1f\"]} | ENCODING | one of aliases holds half",
        "{\"name\":\"\\u200b\"} | SCHEMA | name is blank",
        "{\"name\":\"a\",\"prior\":1e999} | SCHEMA | prior is not a finite number",
        "{\"name\":\"a\",\"redirect\":\"x\"} | SCHEMA | redirect is the entry's own id",
        "{\"name\":\"a\",\"effectiveFrom\":99999999999999999999} | SCHEMA | effectiveFrom is neither"
      })
  void rejectsAWrongValue(String value, ErrorClass errorClass, String message) {
    var rejection = rejection("main/x", value);
    assertThat(rejection.errorClass()).isEqualTo(errorClass);
    assertThat(rejection.message()).contains(message);
  }

  @Test
  void rejectsBytesThatAreNotUtf8AndNestingBeyondMeasure() {
    var foreign =
        decoder.decode(raw(utf8("main/x"), "{\"name\":\"绍\"}".getBytes(Charset.forName("GBK"))));
    assertThat(foreign.rejection().errorClass()).isEqualTo(ErrorClass.ENCODING);
    assertThat(rejection("main/x", "{\"name\":\"a\",\"b\":" + "[".repeat(600)).errorClass())
        .isEqualTo(ErrorClass.PARSE);
  }

  @Test
  void aRejectionKeepsTheRecord() {
    var raw = raw(utf8("main/x"), utf8("{"));
    assertThat(decoder.decode(raw).raw()).isSameAs(raw);
  }

  @Test
  void theEncoderWritesWhatTheDecoderReads() {
    var redirect =
        new KbEntry("main", "Q2", "🐟\"", List.of(), List.of(), "", List.of(), null, "Q1");
    for (var change :
        List.of(
            new KbChange("a.b-c", "Q/1", FULL, 7L, ORIGIN),
            new KbChange("main", "Q2", redirect, null, ORIGIN),
            new KbChange("main", "Q2", null, null, ORIGIN))) {
      var record = new KbEncoder().encode(change);
      assertThat(decoder.decode(raw(record.key(), record.value()))).isEqualTo(KbRecord.of(change));
    }
  }

  @Test
  void writesAFixedExample() {
    var record = new KbEncoder().encode(new KbChange("a.b-c", "Q/1", FULL, 7L, ORIGIN));

    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("a.b-c/Q/1");
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"Q/1\",\"name\":\"绍兴\",\"aliases\":[\"越州\",\"会稽\"],\"types\":[\"地点\",\"城市\"],"
                + "\"description\":\"浙江的城市\",\"facts\":[{\"p\":\"位于\",\"o\":\"浙江\"},"
                + "{\"p\":\"\",\"o\":\"水乡\"},{\"p\":\"别称\",\"o\":\"\"}],\"prior\":1.5,"
                + "\"effectiveFrom\":\"1970-01-01T00:00:00.007Z\"}");
  }

  private Rejection rejection(String key, String value) {
    var decoded = decode(key, value);
    assertThat(decoded.rejection()).isNotNull();
    return decoded.rejection();
  }

  private KbRecord decode(String key, String value) {
    return decoder.decode(raw(utf8(key), value == null ? null : utf8(value)));
  }

  private static RawRecord raw(byte[] key, byte[] value) {
    return new RawRecord("wenliu.kb", 2, 7, 0, key, value, List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
