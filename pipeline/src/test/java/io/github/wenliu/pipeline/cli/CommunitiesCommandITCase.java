package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityMember;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import io.github.wenliu.pipeline.codec.CommunityEventEncoder;
import io.github.wenliu.pipeline.codec.CommunityStateEncoder;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code communities ls} and {@code show} against a real broker with what the job would write. */
class CommunitiesCommandITCase {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static TestTopics topics;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    topics = new TestTopics(broker.bootstrap(), "x.");
    assertThat(topics.run("topics", "apply").exitCode()).isZero();
    publishCommunities();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void communitiesLsShowsWhatIsLiveMostFlowFirst() {
    var all = topics.run("communities", "ls");
    assertThat(all.exitCode()).isZero();
    assertThat(all.outLines())
        .containsExactly(
            "ID        WORDS     FLOW  BORN              LABEL",
            "c2           40   25.00%  2026-03-01 00:00  谷BA、决赛",
            "c1            3    4.57%  2026-03-01 00:00  墨鲷、台风");
    assertThat(topics.run("communities", "ls", "--top", "1").outLines()).hasSize(2);
    assertThat(topics.run("communities", "ls", "--channel", "other").outLines()).hasSize(2);
    assertThat(topics.run("communities", "ls", "--channel", "none").outLines()).hasSize(1);
    assertThat(topics.run("communities", "ls", "--json").outLines())
        .extracting(line -> read(line).path("community").textValue())
        .containsExactly("c2", "c1");
  }

  @Test
  void communitiesShowTellsMembersAndHistory() {
    assertThat(topics.run("communities", "show", "c2").outLines())
        .containsExactly(
            "ID        WORDS     FLOW  BORN              LABEL",
            "c2           40   25.00%  2026-03-01 00:00  谷BA、决赛",
            "",
            "                  12.50%  谷BA",
            "                   6.25%  决赛",
            "                          38 more",
            "",
            "2026-03-01T00:00:00.000Z  community c2 born (12 words): 谷BA、决赛",
            "2026-03-01T00:00:10.000Z  community c2 grew (12 to 40 words): 谷BA、决赛",
            "2026-03-01T00:00:20.000Z  community c1 split off c2 (3 words): 墨鲷、台风; because of 台风–墨鲷");
    var json = topics.run("communities", "show", "c1", "--json").outLines();
    assertThat(json).hasSize(1);
    assertThat(read(json.get(0)).at("/community/members/0/name").textValue()).isEqualTo("墨鲷");
    assertThat(read(json.get(0)).path("events")).hasSize(1);
  }

  @Test
  void communitiesShowKnowsTheDeadAndNotTheUnborn() {
    assertThat(topics.run("communities", "show", "c3").outLines())
        .containsExactly(
            "c3 is no more",
            "",
            "2026-03-01T00:00:10.000Z  community c3 died, went into c2 (5 words): 嗡扣");
    assertThat(topics.run("communities", "show", "c3", "--json").outLines())
        .singleElement()
        .satisfies(line -> assertThat(read(line).has("community")).isFalse());
    for (String[] unknown :
        new String[][] {
          {"communities", "show", "c9"}, {"communities", "show", "c2", "--channel", "other"}
        }) {
      var run = topics.run(unknown);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.errLines()).singleElement().asString().contains("no community", "ls");
    }
  }

  /** Communities that live, one that died, and one of another channel; versions 0, 1 and 2. */
  private static void publishCommunities() {
    try (var producer = KafkaClients.producer(topics.config())) {
      for (var state :
          List.of(
              community("main", "c3", "嗡扣", 5, 0.5),
              community("main", "c2", "谷BA、决赛", 12, 0.01),
              community("main", "c1", "墨鲷、台风", 3, 0.0457),
              community("other", "c1", "别处", 3, 0.9),
              community("main", "c2", "谷BA、决赛", 40, 0.25),
              community("main", "c3", null, 0, 0))) {
        topics.send(producer, "communities", new CommunityStateEncoder().encode(state));
      }
      for (var event :
          List.of(
              event(2, "c1", CommunityEvent.Type.SPLIT, "c2", null, "墨鲷、台风", 3, 0),
              event(0, "c2", CommunityEvent.Type.BORN, null, null, "谷BA、决赛", 12, 0),
              event(1, "c3", CommunityEvent.Type.DIED, null, "c2", "嗡扣", 0, 5),
              event(1, "c2", CommunityEvent.Type.GREW, null, null, "谷BA、决赛", 40, 12))) {
        topics.send(producer, "community-events", new CommunityEventEncoder().encode(event));
      }
    }
  }

  private static CommunityState community(
      String channel, String id, String label, int size, double flow) {
    var names = label == null ? new String[0] : label.split("、");
    var members = new ArrayList<CommunityMember>();
    for (String name : names) {
      members.add(new CommunityMember(name, flow / (2 << members.size()), 0.8, List.of()));
    }
    return new CommunityState(
        channel, 2, 0, id, label, size, flow, 1_772_323_200_000L, 1_772_323_200_000L, members);
  }

  private static CommunityEvent event(
      long epoch,
      String id,
      CommunityEvent.Type type,
      String parent,
      String into,
      String label,
      int size,
      int before) {
    return new CommunityEvent(
        "main",
        epoch,
        0,
        id,
        type,
        parent == null ? List.of() : List.of(parent),
        into,
        label,
        size,
        before,
        0.1,
        1_772_323_200_000L + 10_000 * epoch,
        type == CommunityEvent.Type.SPLIT
            ? List.of(new ExplainingEdge("台风", "墨鲷", 0.001))
            : List.of());
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
