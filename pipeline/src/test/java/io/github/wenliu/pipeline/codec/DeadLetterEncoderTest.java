package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterEncoderTest {

  private static final byte[] KEY = {1, (byte) 0xFF};
  private static final byte[] VALUE = {(byte) 0xC0, 0, 7};
  private static final Header OWN = new Header("own", new byte[] {9});
  private static final Header EMPTY = new Header("empty", null);

  private final DeadLetterEncoder encoder = new DeadLetterEncoder("9.9", Long.MAX_VALUE);

  @Test
  void keepsKeyValueAndHeadersAsTheyCame() {
    var record = encoder.encode(letter(List.of(OWN, EMPTY)));

    assertThat(record.key()).isSameAs(KEY);
    assertThat(record.value()).isSameAs(VALUE);
    assertThat(record.headers()).startsWith(OWN, EMPTY);
  }

  @Test
  void saysWhereItWasAndWhyItLeft() {
    var headers = encoder.encode(letter(List.of())).headers();

    assertThat(Headers.text(headers, "__connect.errors.topic")).isEqualTo("wenliu.documents");
    assertThat(Headers.text(headers, "__connect.errors.partition")).isEqualTo("3");
    assertThat(Headers.text(headers, "__connect.errors.offset")).isEqualTo("41");
    assertThat(Headers.text(headers, "__connect.errors.stage")).isEqualTo("door");
    assertThat(Headers.text(headers, "__connect.errors.exception.class.name")).isEqualTo("x.Y");
    assertThat(Headers.text(headers, "__connect.errors.exception.message")).isEqualTo("no text");
    assertThat(Headers.text(headers, Headers.ERROR_CLASS)).isEqualTo("SCHEMA");
    assertThat(Headers.text(headers, Headers.ORIGIN)).isEqualTo("wenliu.documents-3-41");
    assertThat(Headers.text(headers, Headers.EPOCH)).isEqualTo("17");
    assertThat(Headers.text(headers, Headers.PIPELINE_VERSION)).isEqualTo("9.9");
  }

  @Test
  void theEventIdIsTheSameForEveryAttemptAndDiffersFromTheDocuments() {
    var first = Headers.text(encoder.encode(letter(List.of())).headers(), Headers.EVENT_ID);
    var second = Headers.text(encoder.encode(letter(List.of(OWN))).headers(), Headers.EVENT_ID);

    assertThat(first)
        .isEqualTo(second)
        .isNotEqualTo(EnrichedEncoder.eventId("enriched", "wenliu.documents-3-41"));
  }

  @Test
  void whatItAddsCanBeToldFromWhatCame() {
    var headers = encoder.encode(letter(List.of(OWN, EMPTY))).headers();

    assertThat(headers.stream().filter(header -> !Headers.isOfDeadLetter(header.key())))
        .containsExactly(OWN, EMPTY);
  }

  @Test
  void aForgedHeaderDoesNotHideTheTrueOne() {
    var forged = Headers.of(Headers.ORIGIN, "other-0-0");

    assertThat(Headers.text(encoder.encode(letter(List.of(forged))).headers(), Headers.ORIGIN))
        .isEqualTo("wenliu.documents-3-41");
  }

  private static DeadLetter letter(List<Header> headers) {
    return new DeadLetter(
        new RawRecord("wenliu.documents", 3, 41, 0, KEY, VALUE, headers),
        "door",
        new Rejection(ErrorClass.SCHEMA, "x.Y", "no text"),
        17);
  }
}
