package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.newword.WordStatus;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordEncodersTest {

  private static final WordScore SCORE = new WordScore("𠮷/家", 0.1 + 0.2, 17, 4.5, 2.25, 0);

  private final WordStateEncoder states = new WordStateEncoder();
  private final WordEventEncoder events = new WordEventEncoder();

  @Test
  void writesAFixedExampleOfAState() {
    var record = states.encode(state(WordStatus.ANNOUNCED, SCORE, false, null));

    assertThat(text(record.key())).isEqualTo("main/𠮷/家");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":3,"
                + "\"word\":\"𠮷/家\",\"status\":\"announced\",\"score\":0.30000000000000004,"
                + "\"count\":17,\"cohesion\":4.5,\"leftEntropy\":2.25,\"rightEntropy\":0.0,"
                + "\"firstSeen\":\"2026-03-01T00:00:00.000Z\","
                + "\"lastSeen\":\"2026-03-01T00:00:09.999Z\"}");
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(Headers.CONTENT_TYPE, Headers.EVENT_ID);
  }

  @Test
  void saysWhatIsKnownAndWhatIsAbsorbed() {
    assertThat(text(states.encode(state(WordStatus.ABSORBED, SCORE, true, "𠮷/家人")).value()))
        .contains("\"status\":\"absorbed\",\"known\":true,\"score\"")
        .endsWith(",\"absorbedBy\":\"𠮷/家人\"}");
  }

  @Test
  void aPinnedWordNeedNoStatistics() {
    var bare =
        new WordState("main", 177, 3, "墨鲷", WordStatus.PINNED, null, null, null, false, null);

    assertThat(text(states.encode(bare).value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":3,"
                + "\"word\":\"墨鲷\",\"status\":\"pinned\"}");
  }

  @Test
  void whatIsNoWordAnyMoreIsATombstone() {
    var record = states.encode(state(null, SCORE, false, null));

    assertThat(record.value()).isNull();
    assertThat(text(record.key())).isEqualTo("main/𠮷/家");
    assertThat(record.headers()).extracting(Header::key).containsExactly(Headers.EVENT_ID);
  }

  @Test
  void writesAFixedExampleOfAnEvent() {
    var event =
        new WordEvent(
            "main",
            177,
            0,
            "墨鲷",
            WordEvent.Type.UPGRADED,
            "inside a longer word",
            1_772_323_209_999L,
            SCORE,
            "墨鲷汤");

    var record = events.encode(event);

    assertThat(text(record.key())).isEqualTo("main/墨鲷");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":0,"
                + "\"time\":\"2026-03-01T00:00:09.999Z\",\"word\":\"墨鲷\",\"type\":\"upgraded\","
                + "\"reason\":\"inside a longer word\",\"score\":0.30000000000000004,"
                + "\"count\":17,\"cohesion\":4.5,\"leftEntropy\":2.25,\"rightEntropy\":0.0,"
                + "\"by\":\"墨鲷汤\"}");
  }

  @Test
  void idsAreFunctionsOfThePlaceAndDifferBetweenTopics() {
    var state = id(states.encode(state(WordStatus.HELD, SCORE, false, null)));
    var tombstone = id(states.encode(state(null, null, true, null)));
    var event =
        id(
            events.encode(
                new WordEvent("main", 177, 3, "x", WordEvent.Type.HELD, "", 0, null, null)));

    assertThat(state).isEqualTo(tombstone).isNotEqualTo(event);
    assertThat(state).isEqualTo(EnrichedEncoder.eventId("words", "main/177/3"));
  }

  private static WordState state(
      WordStatus status, WordScore score, boolean known, String absorbedBy) {
    return new WordState(
        "main",
        177,
        3,
        "𠮷/家",
        status,
        score,
        1_772_323_200_000L,
        1_772_323_209_999L,
        known,
        absorbedBy);
  }

  private static String id(OutgoingRecord record) {
    return Headers.text(record.headers(), Headers.EVENT_ID);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
