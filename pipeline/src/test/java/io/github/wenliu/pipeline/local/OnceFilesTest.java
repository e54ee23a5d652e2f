package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.link.KbOperator;
import io.github.wenliu.pipeline.codec.CommunityEventEncoder;
import io.github.wenliu.pipeline.codec.DeadLetterEncoder;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceFilesTest {

  @TempDir private Path directory;

  @Test
  void eventsAreInTheOrderOfChannelEpochAndSeqHoweverTheyCome() throws IOException {
    var output = Files.createDirectory(directory.resolve("output"));
    var work = Files.createDirectory(directory.resolve("work"));
    try (var files = new OnceFiles(output, work, 4)) {
      for (var event :
          List.of(
              event("main", 10, 1),
              event("main", 9, 2),
              event("a", 10, 0),
              event("main", 10, 0),
              event("main", 9, 10),
              event("a", 11, 0))) {
        var value = new CommunityEventEncoder().encode(event).value();
        files.result(
            Topic.COMMUNITY_EVENTS, new ConsumerRecord<>("community-events", 0, 0, null, value));
      }
      files.write(new OnceRun(null));
    }

    var places = new ArrayList<String>();
    for (String line : Files.readAllLines(output.resolve("community-events.jsonl"))) {
      var event = new ObjectMapper().readTree(line);
      places.add(
          event.path("channel").textValue() + " " + event.path("epoch") + " " + event.path("seq"));
    }
    assertThat(places)
        .containsExactly("a 10 0", "a 11 0", "main 9 2", "main 9 10", "main 10 0", "main 10 1");
    assertThat(output.resolve("word-events.jsonl")).isEmptyFile();
    assertThat(output.resolve("trends.jsonl")).isEmptyFile();
    assertThat(output.resolve("communities.jsonl")).isEmptyFile();
    assertThat(output.resolve("entity-candidates.jsonl")).isEmptyFile();
  }

  /** Both topics have a first record. */
  @Test
  void deadLettersOfTheKnowledgeBaseStandBehindThoseOfDocuments() throws IOException {
    var output = Files.createDirectory(directory.resolve("output"));
    var work = Files.createDirectory(directory.resolve("work"));
    try (var files = new OnceFiles(output, work, 2)) {
      for (var letter :
          List.of(
              letter("kb", KbOperator.STAGE, 1),
              letter("kb", KbOperator.STAGE, 0),
              letter("documents", DoorFunction.STAGE, 1),
              letter("documents", DoorFunction.STAGE, 0))) {
        files.result(Topic.DEAD_LETTERS, letter);
      }
      files.write(new OnceRun(null));
    }

    var origins = new ArrayList<String>();
    for (String line : Files.readAllLines(output.resolve("dead-letters.jsonl"))) {
      origins.add(new ObjectMapper().readTree(line).at("/headers/wenliu.origin").textValue());
    }
    assertThat(origins).containsExactly("documents-0-0", "documents-0-1", "kb-0-0", "kb-0-1");
  }

  private static ConsumerRecord<byte[], byte[]> letter(String topic, String stage, long offset) {
    var raw = new RawRecord(topic, 0, offset, 0, null, new byte[] {'{'}, List.of());
    var rejection = new Rejection(ErrorClass.PARSE, "Exception", "malformed JSON");
    var encoded =
        new DeadLetterEncoder("test", 1_000).encode(new DeadLetter(raw, stage, rejection, 0));
    var record = new ConsumerRecord<>("dead-letters", 0, 0, encoded.key(), encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.key(), header.value()));
    return record;
  }

  private static CommunityEvent event(String channel, long epoch, long seq) {
    return new CommunityEvent(
        channel,
        epoch,
        seq,
        "c1",
        CommunityEvent.Type.BORN,
        List.of(),
        null,
        "x",
        3,
        0,
        0.5,
        0,
        List.of());
  }
}
