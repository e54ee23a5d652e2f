package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.GroupState.Status;
import io.github.wenliu.operators.nil.NilEvidence;
import io.github.wenliu.operators.nil.Tally;
import io.github.wenliu.pipeline.codec.EntityCandidateEncoder;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code candidates} against a real broker with what the job would write. */
class CandidatesCommandITCase {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static TestTopics topics;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    topics = new TestTopics(broker.bootstrap(), "x.");
    assertThat(topics.run("topics", "apply").exitCode()).isZero();
    try (var producer = KafkaClients.producer(topics.config())) {
      for (var state :
          List.of(
              state("main", "墨鲷#1", Status.CANDIDATE, 3),
              state("main", "墨鲷#2", Status.PROMOTED, 9),
              state("main", "墨鲷#3", Status.CANDIDATE, 5),
              state("other", "墨鲷#1", Status.CANDIDATE, 7),
              state("main", "墨鲷#1", Status.CANDIDATE, 12),
              state("main", "墨鲷#3", null, 1))) {
        topics.send(producer, "entity-candidates", new EntityCandidateEncoder().encode(state));
      }
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static GroupState state(String channel, String group, Status status, long mentions) {
    return new GroupState(
        channel,
        177,
        0,
        group,
        "墨鲷",
        status,
        status == Status.PROMOTED ? "Q7" : null,
        mentions,
        2,
        1_772_323_200_000L,
        1_772_323_200_000L,
        List.of(new Tally("墨鲷", mentions), new Tally("墨 鲷", 1)),
        List.of(new Tally("EVENT", mentions), new Tally("LOC", 1)),
        List.of(new Tally("台风", 2), new Tally("登陆", 1)),
        List.of(new NilEvidence("documents-0-7", 2, 4, "台风墨鲷登陆")));
  }

  @Test
  void candidatesLsShowsWhatIsLiveMostMentionsFirst() {
    assertThat(topics.run("candidates", "ls").outLines())
        .containsExactly(
            "MENTIONS    TEXTS  STATUS     LAST SEEN         TYPE      CANDIDATE",
            "      12        2  candidate  2026-03-01 00:00  EVENT     墨鲷#1  (台风、登陆)",
            "       9        2  promoted   2026-03-01 00:00  EVENT     墨鲷#2  = Q7  (台风、登陆)");
    assertThat(topics.run("candidates", "ls", "--top", "1").outLines()).hasSize(2);
    assertThat(topics.run("candidates", "ls", "--channel", "none").outLines()).hasSize(1);
    assertThat(topics.run("candidates", "ls", "--channel", "other", "--json").outLines())
        .singleElement()
        .satisfies(line -> assertThat(read(line).path("mentions").intValue()).isEqualTo(7));
  }

  @Test
  void candidatesShowTellsAllOfOne() {
    assertThat(topics.run("candidates", "show", "墨鲷#1").outLines())
        .containsExactly(
            "MENTIONS    TEXTS  STATUS     LAST SEEN         TYPE      CANDIDATE",
            "      12        2  candidate  2026-03-01 00:00  EVENT     墨鲷#1  (台风、登陆)",
            "",
            "written    墨鲷 12、墨 鲷 1",
            "types      EVENT 12、LOC 1",
            "around it  台风 2、登陆 1",
            "seen in    documents-0-7  台风墨鲷登陆");
    assertThat(topics.run("candidates", "show", "墨鲷#2", "--json").outLines())
        .singleElement()
        .satisfies(line -> assertThat(read(line).path("entity").textValue()).isEqualTo("Q7"));
    for (String command : List.of("show", "promote")) {
      var unknown = topics.run("candidates", command, "墨鲷#3");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.errLines()).singleElement().asString().contains("no candidate", "ls");
    }
  }

  @Test
  void whatIsNotSaidFollowsFromTheCandidate() {
    assertThat(written("墨鲷#1"))
        .isEqualTo(
            json(
                "{'id': 'candidate:墨鲷#1', 'name': '墨鲷', 'aliases': ['墨 鲷'], 'types': ['EVENT'],"
                    + " 'description': '台风、登陆'}"));
    assertThat(written("墨鲷#2").path("id").textValue()).as("as before").isEqualTo("Q7");
    assertThat(
            written(
                "墨鲷#1",
                "--id",
                "Q1",
                "--name",
                "台风墨鲷",
                "--type",
                "台风",
                "--type",
                "灾害",
                "--alias",
                "第3号",
                "--description",
                "登陆屿安"))
        .isEqualTo(
            json(
                "{'id': 'Q1', 'name': '台风墨鲷', 'aliases': ['第3号'], 'types': ['台风', '灾害'],"
                    + " 'description': '登陆屿安'}"));
    assertThat(written("墨鲷#1", "--name", "台风墨鲷").path("aliases"))
        .as("all that is written")
        .hasSize(2);
  }

  @Test
  void whatCannotBePromotedIsNotWritten() {
    var wrong = topics.run("candidates", "promote", "墨鲷#1", "--name", " ");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errLines()).singleElement().asString().contains("name is empty");
    var released = topics.run("candidates", "release", "墨鲷#8", "--wait", "0");
    assertThat(released.outLines()).singleElement().asString().startsWith("墨鲷#8: written as ");
    assertThat(records()).noneMatch(record -> record.at("/value/value/name").asText().isBlank());
  }

  /** The value of the control record that a promotion writes. */
  private static JsonNode written(String group, String... options) {
    var arguments = new String[options.length + 5];
    arguments[0] = "candidates";
    arguments[1] = "promote";
    arguments[2] = group;
    arguments[3] = "--wait";
    arguments[4] = "0";
    System.arraycopy(options, 0, arguments, 5, options.length);
    var run = topics.run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    var origin = run.outLines().get(0).replace(group + ": written as ", "");
    return records().stream()
        .filter(
            record ->
                origin.equals(
                    record.path("topic").asText()
                        + "-"
                        + record.path("partition")
                        + "-"
                        + record.path("offset")))
        .findFirst()
        .orElseThrow()
        .at("/value/value");
  }

  private static List<JsonNode> records() {
    return topics.run("tail", "control", "--until-end", "--json").outLines().stream()
        .map(CandidatesCommandITCase::read)
        .filter(record -> record.path("value").isObject())
        .toList();
  }

  private static JsonNode json(String text) {
    return read(text.replace('\'', '"'));
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
