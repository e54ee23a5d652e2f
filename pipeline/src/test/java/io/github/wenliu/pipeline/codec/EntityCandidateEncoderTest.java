package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.GroupState.Status;
import io.github.wenliu.operators.nil.NilEvidence;
import io.github.wenliu.operators.nil.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityCandidateEncoderTest {

  private final EntityCandidateEncoder encoder = new EntityCandidateEncoder();

  @Test
  void writesAFixedExample() {
    var record = encoder.encode(state(177, "墨鲷#1", Status.PROMOTED));

    assertThat(text(record.key())).isEqualTo("main/墨鲷#1");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"schemaVersion\":1,\"channel\":\"main\",\"epoch\":177,\"seq\":1,"
                + "\"group\":\"墨鲷#1\",\"name\":\"墨鲷\",\"status\":\"promoted\",\"entity\":\"Q1\","
                + "\"mentions\":3,\"documents\":2,\"firstSeen\":\"2026-03-01T00:00:00.000Z\","
                + "\"lastSeen\":\"2026-03-01T00:00:09.999Z\","
                + "\"surfaces\":[{\"text\":\"墨鲷\",\"count\":2},{\"text\":\"墨 鲷\",\"count\":1}],"
                + "\"types\":[{\"text\":\"EVENT\",\"count\":3}],"
                + "\"context\":[{\"text\":\"台风\",\"count\":2}],"
                + "\"evidence\":[{\"origin\":\"t-0-7\",\"start\":2,\"end\":4,"
                + "\"excerpt\":\"台风墨鲷登陆\"}]}");
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactly(Headers.CONTENT_TYPE, Headers.EVENT_ID);
  }

  @Test
  void whatIsNoMoreIsATombstone() {
    var record = encoder.encode(state(177, "墨鲷#1", null));

    assertThat(record.value()).isNull();
    assertThat(text(record.key())).isEqualTo("main/墨鲷#1");
    assertThat(record.headers()).extracting(Header::key).containsExactly(Headers.EVENT_ID);
  }

  @Test
  void groupsOfOtherNamesHaveOtherIdsThoughTheirRankIsTheSame() {
    var one = encoder.encode(state(177, "墨鲷#1", Status.CANDIDATE));

    assertThat(id(one)).isEqualTo(EnrichedEncoder.eventId("entity-candidates", "main/177/墨鲷#1"));
    assertThat(id(encoder.encode(state(177, "嗡扣#1", Status.CANDIDATE)))).isNotEqualTo(id(one));
    assertThat(id(encoder.encode(state(178, "墨鲷#1", Status.CANDIDATE)))).isNotEqualTo(id(one));
  }

  private static GroupState state(long epoch, String group, Status status) {
    return new GroupState(
        "main",
        epoch,
        1,
        group,
        "墨鲷",
        status,
        status == Status.PROMOTED ? "Q1" : null,
        3,
        2,
        1_772_323_200_000L,
        1_772_323_209_999L,
        List.of(new Tally("墨鲷", 2), new Tally("墨 鲷", 1)),
        List.of(new Tally("EVENT", 3)),
        List.of(new Tally("台风", 2)),
        List.of(new NilEvidence("t-0-7", 2, 4, "台风墨鲷登陆")));
  }

  private static String id(OutgoingRecord record) {
    return Headers.text(record.headers(), Headers.EVENT_ID);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
