package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityMember;
import io.github.wenliu.operators.cluster.CommunityShare;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import io.github.wenliu.operators.document.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommunityEncodersTest {

  private final CommunityStateEncoder states = new CommunityStateEncoder();
  private final CommunityEventEncoder events = new CommunityEventEncoder();

  @Test
  void writesAFixedExampleOfAState() {
    var record = states.encode(state("墨鲷、𠮷"));

    assertThat(text(record.key())).isEqualTo("main/c17");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":3,"
                + "\"community\":\"c17\",\"label\":\"墨鲷、𠮷\",\"size\":3,"
                + "\"flow\":0.30000000000000004,\"born\":\"2026-03-01T00:00:00.000Z\","
                + "\"time\":\"2026-03-01T00:00:09.999Z\",\"members\":["
                + "{\"name\":\"墨鲷\",\"flow\":0.125,\"share\":0.75},{\"name\":\"𠮷\",\"flow\":0.1,\"share\":0.5,"
                + "\"also\":[{\"community\":\"c2\",\"share\":0.25}]}]}");
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(Headers.CONTENT_TYPE, Headers.EVENT_ID);
  }

  @Test
  void whatIsNoMoreIsATombstone() {
    var record = states.encode(state(null));

    assertThat(record.value()).isNull();
    assertThat(text(record.key())).isEqualTo("main/c17");
    assertThat(record.headers()).extracting(Header::key).containsExactly(Headers.EVENT_ID);
  }

  @Test
  void writesAFixedExampleOfAnEvent() {
    var record = events.encode(event(CommunityEvent.Type.MERGED, List.of("c3", "c11"), null));

    assertThat(text(record.key())).isEqualTo("main/c17");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":3,"
                + "\"time\":\"2026-03-01T00:00:09.999Z\",\"community\":\"c17\","
                + "\"type\":\"merged\",\"parents\":[\"c3\",\"c11\"],\"label\":\"墨鲷、𠮷\","
                + "\"size\":12,\"sizeBefore\":5,\"flow\":0.25,"
                + "\"because\":[{\"words\":[\"墨鲷\",\"𠮷\"],\"bits\":0.125}]}");
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(Headers.CONTENT_TYPE, Headers.EVENT_ID);
  }

  @Test
  void saysIntoWhatADeadOneWent() {
    assertThat(text(events.encode(event(CommunityEvent.Type.DIED, List.of(), "c2")).value()))
        .contains("\"type\":\"died\",\"into\":\"c2\",\"label\"")
        .doesNotContain("parents");
  }

  @Test
  void idsAreFunctionsOfThePlaceAndDifferBetweenTopics() {
    var state = id(states.encode(state("墨鲷")));
    var tombstone = id(states.encode(state(null)));
    var event = id(events.encode(event(CommunityEvent.Type.BORN, List.of(), null)));

    assertThat(state).isEqualTo(tombstone).isNotEqualTo(event);
    assertThat(state).isEqualTo(EnrichedEncoder.eventId("communities", "main/177/3"));
    assertThat(event).isEqualTo(EnrichedEncoder.eventId("community-events", "main/177/3"));
  }

  private static CommunityState state(String label) {
    return new CommunityState(
        "main",
        177,
        3,
        "c17",
        label,
        3,
        0.1 + 0.2,
        1_772_323_200_000L,
        1_772_323_209_999L,
        List.of(
            new CommunityMember("墨鲷", 0.125, 0.75, List.of()),
            new CommunityMember("𠮷", 0.1, 0.5, List.of(new CommunityShare("c2", 0.25)))));
  }

  private static CommunityEvent event(CommunityEvent.Type type, List<String> parents, String into) {
    return new CommunityEvent(
        "main",
        177,
        3,
        "c17",
        type,
        parents,
        into,
        "墨鲷、𠮷",
        12,
        5,
        0.25,
        1_772_323_209_999L,
        type == CommunityEvent.Type.BORN
            ? List.of()
            : List.of(new ExplainingEdge("墨鲷", "𠮷", 0.125)));
  }

  private static String id(OutgoingRecord record) {
    return Headers.text(record.headers(), Headers.EVENT_ID);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
