package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DocumentDecoderPropertyTest {

  /** Stands in every generated text; no message may hold it. */
  private static final String MARKER = "机密词";

  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);

  @Property
  void neverThrowsForAnyBytes(@ForAll byte[] value) {
    var decoded = decoder.decode(raw(value));

    assertThat((decoded.document() == null) != (decoded.rejection() == null)).isTrue();
  }

  @Property
  void neverThrowsForBytesThatBeginAsJson(@ForAll("almostJson") String value) {
    var decoded = decoder.decode(raw(value.getBytes(StandardCharsets.UTF_8)));

    assertThat((decoded.document() == null) != (decoded.rejection() == null)).isTrue();
  }

  @Property
  void neverQuotesTheText(@ForAll("almostJson") String value) {
    var rejection = decoder.decode(raw(value.getBytes(StandardCharsets.UTF_8))).rejection();

    if (rejection != null) {
      assertThat(rejection.message()).doesNotContain(MARKER).doesNotContain("\n");
      assertThat(rejection.exceptionClass()).doesNotContain(MARKER);
    }
  }

  @Property
  void givesBackAnyWellFormedText(@ForAll("wellFormed") String text) {
    var json = "{\"text\":" + quoted(text) + "}";

    assertThat(decoder.decode(raw(json.getBytes(StandardCharsets.UTF_8))).document().text())
        .isEqualTo(text);
  }

  /** Documents with a piece cut out or put in at any place. */
  @Provide
  Arbitrary<String> almostJson() {
    var whole =
        "{\"id\":\"1 机密词\",\"text\":\"机密词 x\",\"time\":\"机密词\",\"channel\":\"a\","
            + "\"机密词\":[1,{\"k\":null}],\"metadata\":{\"k\":\"机密词\"}}";
    var place = Arbitraries.integers().between(0, whole.length());
    var piece =
        Arbitraries.of("", "\"", "{", "}", "[", ",", "\\", "\\ud800", "\n", "0", "null", MARKER);
    return Combinators.combine(place, place, piece)
        .as(
            (a, b, put) ->
                whole.substring(0, Math.min(a, b)) + put + whole.substring(Math.max(a, b)));
  }

  @Provide
  Arbitrary<String> wellFormed() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(40)
        .map(
            points ->
                points.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      quoted.append(String.format("\\u%04x", (int) unit));
    }
    return quoted.append('"').toString();
  }

  private static RawRecord raw(byte[] value) {
    return new RawRecord("documents", 0, 7, 0, null, value, List.of());
  }
}
