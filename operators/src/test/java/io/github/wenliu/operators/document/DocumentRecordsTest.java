package io.github.wenliu.operators.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wenliu.operators.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentRecordsTest {

  private static final RawRecord RAW = Samples.raw(0, 1);
  private static final Document DOCUMENT = Samples.document("文本", 0L);
  private static final Rejection REJECTION = new Rejection(ErrorClass.SCHEMA, "E", "text");

  @Test
  void sourceRecordIsEitherADocumentOrARejection() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SourceRecord(RAW, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourceRecord(RAW, DOCUMENT, REJECTION));
    assertThatIllegalArgumentException().isThrownBy(() -> new SourceRecord(null, DOCUMENT, null));
    assertThat(SourceRecord.of(RAW, DOCUMENT).rejection()).isNull();
    assertThat(SourceRecord.rejected(RAW, REJECTION).document()).isNull();
  }

  @Test
  void rawRecordNamesItsPlaceAndKeepsItsHeaders() {
    var headers = new ArrayList<>(List.of(new Header("a", null)));
    var raw = new RawRecord("t", 3, 14, 0, null, null, headers);
    headers.clear();
    assertThat(raw.headers()).containsExactly(new Header("a", null));
    assertThat(raw.origin()).isEqualTo("t-3-14");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RawRecord(null, 0, 0, 0, null, null, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RawRecord("t", -1, 0, 0, null, null, List.of()))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RawRecord("t", 0, -2, 0, null, null, List.of()))
        .withMessageContaining("-2");
    assertThatIllegalArgumentException().isThrownBy(() -> new Header(null, null));
  }

  @Test
  void documentNeedsIdTextAndChannel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Document("", "t", null, "main", null, null, null, null))
        .withMessageContaining("id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Document(null, "t", null, "main", null, null, null, null))
        .withMessageContaining("id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Document("i", null, null, "main", null, null, null, null))
        .withMessageContaining("text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Document("i", "t", null, null, null, null, null, null))
        .withMessageContaining("channel");
  }

  @Test
  void wordAndEntityRefuseWhatIsNoSpan() {
    assertThatIllegalArgumentException().isThrownBy(() -> word(0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> word(-1, 1, 0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> word(2, 1, 2, 1));
    assertThatIllegalArgumentException()
        .as("fewer UTF-16 units than code points")
        .isThrownBy(() -> word(0, 2, 0, 1));
    assertThatIllegalArgumentException()
        .as("starts earlier in UTF-16 units than in code points")
        .isThrownBy(() -> word(2, 3, 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Entity(0, 0, 0, 0, "PER", 1, "model", null, null));
    assertThat(word(1, 2, 2, 4).endUtf16()).isEqualTo(4);
  }

  @Test
  void linkIsNilExactlyWithoutAnId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link(null, null, 0.5, List.of(), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link("Q1", "n", 0.5, List.of(), true));
    assertThat(new Link(null, null, 0.5, List.of(), true).nil()).isTrue();
  }

  @Test
  void deadLetterAndRejectionAreComplete() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeadLetter(null, "door", REJECTION, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeadLetter(RAW, null, REJECTION, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeadLetter(RAW, "door", null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rejection(null, "E", "m"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rejection(ErrorClass.PARSE, null, "m"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rejection(ErrorClass.PARSE, "E", null));
  }

  @Test
  void aStageFillsItsOwnLayerAndLeavesTheOthersAlone() {
    var entering = EnrichedDocument.entering(RAW, DOCUMENT, 12, 0, Flag.CLAMPED.bit());
    var versions = Versions.NONE.withWords("n", "l", "s", 7);
    var tagged = entering.withWords(List.of(word(0, 1, 0, 1)), versions);
    assertThat(tagged)
        .isEqualTo(
            new EnrichedDocument(
                RAW,
                DOCUMENT,
                12,
                0,
                Flag.CLAMPED.bit(),
                List.of(word(0, 1, 0, 1)),
                null,
                null,
                null,
                versions));
    assertThat(entering.words()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnrichedDocument.entering(null, DOCUMENT, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnrichedDocument.entering(RAW, null, 0, 0, 0));
  }

  @Test
  void flagsAddUpAndNeverOverlap() {
    var late =
        EnrichedDocument.entering(RAW, DOCUMENT, 0, 0, Flag.CLAMPED.bit()).withFlag(Flag.LATE);
    assertThat(Arrays.stream(Flag.values()).filter(flag -> flag.in(late.flags())))
        .containsExactly(Flag.LATE, Flag.CLAMPED);
    assertThat(late.withFlag(Flag.LATE)).isEqualTo(late);
  }

  private static Word word(int start, int end, int startUtf16, int endUtf16) {
    return new Word(start, end, startUtf16, endUtf16, false, null);
  }
}
