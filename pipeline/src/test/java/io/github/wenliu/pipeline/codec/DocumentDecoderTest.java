package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentDecoderTest {

  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);

  @Test
  void readsEveryField() {
    var document =
        accepted(
            """
            {"id":"a-1","text":"墨鲷来了🐟","time":"2026-03-01T08:00:00+08:00","channel":"news",
             "source":"wire","metadata":{"n":1.50},"rank":7,"tags":["x"]}
            """);

    assertThat(document)
        .isEqualTo(
            new Document(
                "a-1",
                "墨鲷来了🐟",
                Instant.parse("2026-03-01T00:00:00Z").toEpochMilli(),
                "news",
                "wire",
                "{\"n\":1.50}",
                "{\"rank\":7,\"tags\":[\"x\"]}",
                null));
  }

  @Test
  void readsPlainTextAsADocument() {
    var document = accepted("  今天天气很好\n");

    assertThat(document.text()).isEqualTo("  今天天气很好\n");
    assertThat(document.channel()).isEqualTo("main");
    assertThat(document.timeMillis()).isNull();
  }

  @Test
  void aMissingIdIsAFunctionOfTheOrigin() {
    assertThat(accepted("x").id()).isEqualTo(accepted("y").id());
    assertThat(decode("x".getBytes(StandardCharsets.UTF_8), List.of(), 8).id())
        .isNotEqualTo(accepted("x").id());
  }

  @Test
  void aByteOrderMarkIsNoText() {
    assertThat(accepted("\uFEFF你好").text()).isEqualTo("你好");
    assertThat(accepted("\uFEFF{\"text\":\"你好\"}").text()).isEqualTo("你好");
    assertThat(accepted("你\uFEFF好").text()).isEqualTo("你\uFEFF好");
  }

  @Test
  void aRealReplacementCharacterIsText() {
    assertThat(accepted("a\uFFFDb").text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void nullFieldsAreMissingFields() {
    var document =
        accepted(
            "{\"id\":null,\"text\":\"x\",\"time\":null,\"channel\":null,\"source\":null,"
                + "\"metadata\":null}");

    assertThat(document.channel()).isEqualTo("main");
    assertThat(document.metadata()).isNull();
  }

  @Test
  void anEmptyTextIsText() {
    assertThat(accepted("{\"text\":\"\"}").text()).isEmpty();
  }

  @Test
  void refusesNullAndEmptyValues() {
    assertThat(rejected((byte[]) null).errorClass()).isEqualTo(ErrorClass.SCHEMA);
    assertThat(rejected(new byte[0]).errorClass()).isEqualTo(ErrorClass.SCHEMA);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    var gbk = "今天天气很好".getBytes(Charset.forName("GBK"));
    var utf16 = "\uFEFF今天天气很好".getBytes(StandardCharsets.UTF_16LE);
    var overlong = new byte[] {(byte) 0xC0, (byte) 0xAF};
    var surrogate = new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    var cut = Arrays.copyOf("{\"text\":\"今".getBytes(StandardCharsets.UTF_8), 11);

    assertThat(List.of(gbk, utf16, overlong, surrogate, cut))
        .allSatisfy(
            bytes -> assertThat(rejected(bytes).errorClass()).isEqualTo(ErrorClass.ENCODING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"a\\ud800b\"}",
        "{\"text\":\"a\\ud83d\"}",
        "{\"text\":\"\\udc1f\\ud83d\"}",
        "{\"text\":\"x\",\"id\":\"\\ud800\"}",
        "{\"text\":\"x\",\"source\":\"\\udfff\"}",
        "{\"text\":\"x\",\"metadata\":{\"k\":\"\\ud800\"}}",
        "{\"text\":\"x\",\"other\":[\"\\ud800\"]}",
        "{\"text\":\"x\",\"\\ud800\":1}"
      })
  void refusesHalfASurrogatePair(String json) {
    assertThat(rejected(json).errorClass()).isEqualTo(ErrorClass.ENCODING);
  }

  @Test
  void acceptsAWholeSurrogatePairSpeltOut() {
    assertThat(accepted("{\"text\":\"\\ud83d\\udc1f\"}").text()).isEqualTo("🐟");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"text\":\"x\"",
        "{\"text\":\"x\"}}",
        "{\"text\":\"x\"} {\"text\":\"y\"}",
        "{\"text\":\"x\"} ,",
        "{\"text\":\"x\",}",
        "{\"text\":\"x\",\"text\":\"y\"}",
        "{\"text\":\"x\",\"metadata\":{\"k\":1,\"k\":2}}",
        "{\"text\":NaN}",
        "{'text':'x'}",
        "{\"text\":\"a\nb\"}",
        "{\"text\":\"\\x\"}",
        "{text:\"x\"}"
      })
  void refusesMalformedJson(String json) {
    assertThat(rejected(json).errorClass()).isEqualTo(ErrorClass.PARSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"x\"}",
        "{\"text\":null}",
        "{\"text\":5}",
        "{\"text\":[\"x\"]}",
        "{\"text\":{\"a\":1}}",
        "{\"text\":\"x\",\"id\":5}",
        "{\"text\":\"x\",\"id\":\"\"}",
        "{\"text\":\"x\",\"source\":true}",
        "{\"text\":\"x\",\"metadata\":[]}",
        "{\"text\":\"x\",\"metadata\":\"m\"}",
        "{\"text\":\"x\",\"channel\":7}",
        "{\"text\":\"x\",\"channel\":\"\"}",
        "{\"text\":\"x\",\"channel\":\"新闻\"}",
        "{\"text\":\"x\",\"channel\":\"a/b\"}",
        "{\"text\":\"x\",\"channel\":\"a b\"}",
        "{\"text\":\"x\",\"channel\":\"a\\n\"}",
        "{\"text\":\"x\",\"channel\":"
            + "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
      })
  void refusesWrongFields(String json) {
    assertThat(rejected(json).errorClass()).isEqualTo(ErrorClass.SCHEMA);
  }

  @Test
  void acceptsTheLongestChannelAndId() {
    var json =
        "{\"text\":\"x\",\"channel\":\""
            + "a".repeat(64)
            + "\",\"id\":\""
            + "字".repeat(512)
            + "\"}";

    assertThat(accepted(json).channel()).hasSize(64);
    assertThat(rejected("{\"text\":\"x\",\"id\":\"" + "字".repeat(513) + "\"}").errorClass())
        .isEqualTo(ErrorClass.SCHEMA);
  }

  @Test
  void refusesBottomlessNesting() {
    var json = "{\"text\":\"x\",\"deep\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    assertThat(rejected(json).errorClass()).isEqualTo(ErrorClass.PARSE);
  }

  @Test
  void refusesAnEndlessNumber() {
    var digits = "9".repeat(1 << 20);

    assertThat(rejected("{\"text\":\"x\",\"n\":" + digits + "}").errorClass())
        .isEqualTo(ErrorClass.PARSE);
    assertThat(rejected("{\"text\":\"x\",\"time\":" + digits + "}").errorClass())
        .isEqualTo(ErrorClass.PARSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.10",
        "1e400",
        "-0",
        "12345678901234567890123",
        "1e99999999999",
        "1E-2147483648"
      })
  void keepsUnknownNumbersAsTheyWereWritten(String number) {
    var inside = "{\"n\":" + number + ",\"list\":[" + number + ",\"1\",null,true,{}]}";

    assertThat(accepted("{\"text\":\"x\",\"n\":" + number + "}").extra())
        .isEqualTo("{\"n\":" + number + "}");
    assertThat(accepted("{\"text\":\"x\",\"metadata\":" + inside + "}").metadata())
        .isEqualTo(inside);
  }

  @Test
  void capsTheTextInCodePoints() {
    var strict = new DocumentDecoder(new DecoderParameters(3, ZoneId.of("UTC")));

    assertThat(strict.decode(raw("🐟🐟🐟".getBytes(StandardCharsets.UTF_8))).document())
        .isNotNull();
    assertThat(strict.decode(raw("abcd".getBytes(StandardCharsets.UTF_8))).rejection().errorClass())
        .isEqualTo(ErrorClass.TOO_LARGE);
    assertThat(rejected("字".repeat(65_537)).errorClass()).isEqualTo(ErrorClass.TOO_LARGE);
    assertThat(accepted("字".repeat(65_536)).text()).hasSize(65_536);
  }

  @Test
  void readsAMillionRepetitionsWhereTheCapAllows() {
    var generous = new DocumentDecoder(new DecoderParameters(1_000_000, ZoneId.of("UTC")));
    var text = "哈".repeat(1_000_000);

    assertThat(generous.decode(raw(text.getBytes(StandardCharsets.UTF_8))).document().text())
        .isEqualTo(text);
    var json = ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(generous.decode(raw(json)).document().text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2026-03-01\"', 2026-02-28T16:00:00Z",
    "'\"2026-03-01T08:00:00\"', 2026-03-01T00:00:00Z",
    "'\"2026-03-01T08:00\"', 2026-03-01T00:00:00Z",
    "'\"2026-03-01T00:00:00Z\"', 2026-03-01T00:00:00Z",
    "'\"2026-03-01T00:00:00.123456789Z\"', 2026-03-01T00:00:00.123Z",
    "'\"2026-03-01T00:00:00-05:30\"', 2026-03-01T05:30:00Z",
    "'\"1970-01-01T00:00:00Z\"', 1970-01-01T00:00:00Z",
    "'\"2099-12-31T23:59:59Z\"', 2099-12-31T23:59:59Z",
    "'\"1969-12-31T23:59:59.999Z\"', 1969-12-31T23:59:59.999Z",
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "1772323200000, 2026-03-01T00:00:00Z"
  })
  void readsTimes(String time, Instant expected) {
    assertThat(accepted("{\"text\":\"x\",\"time\":" + time + "}").timeMillis())
        .isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"yesterday\"",
        "\"昨天\"",
        "\"2026-13-01\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"2026-03-01 08:00:00\"",
        "\"+12026-03-01T00:00:00Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "\"1772323200000\"",
        "253402300800000",
        "-62135596800001",
        "99999999999999999999999",
        "1.5",
        "true",
        "[]",
        "{}"
      })
  void refusesWhatIsNoTime(String time) {
    assertThat(rejected("{\"text\":\"x\",\"time\":" + time + "}").errorClass())
        .isEqualTo(ErrorClass.SCHEMA);
  }

  @Test
  void theContentTypeDecidesBetweenJsonAndText() {
    var json = "{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    var text = "x".getBytes(StandardCharsets.UTF_8);

    assertThat(decode(json, contentType("text/plain; charset=utf-8"), 7).text())
        .isEqualTo("{\"text\":\"x\"}");
    assertThat(decode(json, contentType("Application/JSON"), 7).text()).isEqualTo("x");
    assertThat(decode(json, contentType("application/cloudevents+json"), 7).text()).isEqualTo("x");
    assertThat(rejected(text, contentType("application/json")).errorClass())
        .isEqualTo(ErrorClass.PARSE);
    assertThat(rejected("[1]".getBytes(StandardCharsets.UTF_8), contentType("application/json")))
        .extracting(Rejection::errorClass)
        .isEqualTo(ErrorClass.SCHEMA);
    assertThat(rejected(text, contentType("application/xml")).errorClass())
        .isEqualTo(ErrorClass.SCHEMA);
  }

  @Test
  void cloudEventHeadersFillInWhatTheBodyLeavesOut() {
    var headers =
        List.of(
            Headers.of(Headers.CE_ID, "ce-1"),
            Headers.of(Headers.CE_SOURCE, "/wire"),
            Headers.of(Headers.CE_TIME, "2026-03-01T00:00:00Z"),
            Headers.of(Headers.TRACEPARENT, "00-abc-def-01"));

    var bare = decode("{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8), headers, 7);
    assertThat(bare.id()).isEqualTo("ce-1");
    assertThat(bare.source()).isEqualTo("/wire");
    assertThat(bare.timeMillis()).isEqualTo(1_772_323_200_000L);
    assertThat(bare.traceparent()).isEqualTo("00-abc-def-01");

    var full =
        "{\"id\":\"a\",\"source\":\"s\",\"time\":0,\"text\":\"x\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(decode(full, headers, 7).id()).isEqualTo("a");
    assertThat(decode(full, headers, 7).source()).isEqualTo("s");
    assertThat(decode(full, headers, 7).timeMillis()).isZero();
  }

  @Test
  void refusesBadHeaders() {
    var text = "x".getBytes(StandardCharsets.UTF_8);

    assertThat(rejected(text, List.of(Headers.of(Headers.CE_TIME, "soon"))).errorClass())
        .isEqualTo(ErrorClass.SCHEMA);
    assertThat(rejected(text, List.of(Headers.of(Headers.CE_ID, ""))).errorClass())
        .isEqualTo(ErrorClass.SCHEMA);
    assertThat(decode(text, List.of(new Header(Headers.CE_ID, null)), 7).text()).isEqualTo("x");
  }

  @Test
  void handsTheRecordBackUntouched() {
    var raw = raw(new byte[] {(byte) 0xFF, 1, 2});

    assertThat(decoder.decode(raw).raw()).isSameAs(raw);
  }

  private Document accepted(String value) {
    return decode(value.getBytes(StandardCharsets.UTF_8), List.of(), 7);
  }

  private Document decode(byte[] value, List<Header> headers, long offset) {
    var decoded = decoder.decode(new RawRecord("documents", 0, offset, 0, null, value, headers));
    assertThat(decoded.rejection()).isNull();
    return decoded.document();
  }

  private Rejection rejected(String value) {
    return rejected(value.getBytes(StandardCharsets.UTF_8));
  }

  private Rejection rejected(byte[] value) {
    return rejected(value, List.of());
  }

  private Rejection rejected(byte[] value, List<Header> headers) {
    var decoded = decoder.decode(new RawRecord("documents", 0, 7, 0, null, value, headers));
    assertThat(decoded.document()).as("a document where none was expected").isNull();
    return decoded.rejection();
  }

  private static RawRecord raw(byte[] value) {
    return new RawRecord("documents", 0, 7, 0, null, value, List.of());
  }

  private static List<Header> contentType(String type) {
    return List.of(Headers.of(Headers.CONTENT_TYPE, type));
  }
}
