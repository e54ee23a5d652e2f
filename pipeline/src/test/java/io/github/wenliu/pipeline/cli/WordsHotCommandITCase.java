package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.trends.Burst;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.pipeline.codec.TrendEventEncoder;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code words hot} and {@code tail trends} against a real broker with what the job would write.
 */
class WordsHotCommandITCase {

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static TestTopics topics;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    topics = new TestTopics(broker.bootstrap(), "x.");
    assertThat(topics.run("topics", "apply").exitCode()).isZero();
    try (var producer = KafkaClients.producer(topics.config())) {
      for (var event :
          List.of(
              event("main", 1, "墨鲷", TrendEvent.Type.HOT, null),
              event("main", 2, "谷BA", TrendEvent.Type.HOT, null),
              event("main", 3, "墨鲷", TrendEvent.Type.COOLED, null),
              event("main", 4, "台风", TrendEvent.Type.HOT, null),
              event("main", 5, "墨鲷", TrendEvent.Type.TOP, 1),
              event("other", 6, "别处", TrendEvent.Type.HOT, null))) {
        topics.send(producer, "trends", new TrendEventEncoder().encode(event));
      }
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static TrendEvent event(
      String channel, long epoch, String word, TrendEvent.Type type, Integer rank) {
    return new TrendEvent(
        channel,
        epoch,
        0,
        word,
        type,
        new Burst(12.345, 7, 0.03, 0.002),
        rank,
        1_772_323_200_000L + 10_000 * epoch);
  }

  @Test
  void listsWhatIsHotTheLatestFirst() {
    assertThat(topics.run("words", "hot").outLines())
        .containsExactly(
            "2026-03-01T00:00:40.000Z  hot 「台风」  score 12.35, in 3.0% of recent documents, 0.20%"
                + " of all",
            "2026-03-01T00:00:20.000Z  hot 「谷BA」  score 12.35, in 3.0% of recent documents, 0.20%"
                + " of all");
    assertThat(topics.run("words", "hot", "--top", "1", "--json").outLines())
        .singleElement()
        .asString()
        .contains("\"word\":\"台风\"");
    assertThat(topics.run("words", "hot", "--channel", "other").outLines()).hasSize(1);
    assertThat(topics.run("words", "hot", "--channel", "none").outLines()).isEmpty();
    assertThat(topics.run("words", "hot", "--top", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void tailShowsAllThatIsTold() {
    assertThat(topics.run("tail", "trends", "--until-end").outLines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).contains("\"lifetimeRate\":0.002"));
  }
}
