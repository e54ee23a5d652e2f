package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.link.Promotion;
import io.github.wenliu.pipeline.codec.ControlEncoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A group of unlinked mentions becomes an entry while the job runs, over an empty knowledge base
 * and with the released models, and ceases to be one; in between the job is stopped and goes on.
 */
class PromotionITCase {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int PARTITIONS = 4;
  private static final int DOCUMENTS_OF_A_WAVE = 40;
  private static final int SECONDS_OF_A_WAVE = 2 * DOCUMENTS_OF_A_WAVE;
  private static final String NAME = "欧阳霁明";
  private static final String GROUP = NAME + "#1";
  private static final String TEXT = "昨天，" + NAME + "在北京接受了记者采访。";

  @TempDir private Path directory;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ControlEncoder encoder = new ControlEncoder();

  @Test
  @Timeout(300)
  void documentsAreLinkedToAPromotedGroupAsLongAsItIsPromoted() throws Exception {
    var documents = new ArrayList<JsonNode>();
    long promoted;
    try (var runner = LocalRunner.start(PipelineConfig.defaults(), settings(true))) {
      var client = runner.submit(false);
      try (var results = reader(runner, Topic.ENRICHED);
          var acks = reader(runner, Topic.CONTROL_ACKS);
          var groups = reader(runner, Topic.ENTITY_CANDIDATES)) {
        wave(runner.config(), 0);
        wave(runner.config(), 1);
        assertThat(awaitGroup(groups, "candidate").path("types").path(0).path("text").textValue())
            .isEqualTo("PER");
        promoted = ask(runner.config(), acks, ControlChange.PROMOTE);
        wave(runner.config(), 2);
        wave(runner.config(), 3);
        assertThat(awaitGroup(groups, "promoted").path("entity").textValue()).isEqualTo("Q9");
        read(results, documents, 3 * PARTITIONS * DOCUMENTS_OF_A_WAVE);
      } finally {
        client.cancel().get();
        LocalRunner.await(client);
      }
    }
    assertThat(documents).isNotEmpty();
    var seen = documents.size();
    try (var runner = LocalRunner.start(PipelineConfig.defaults(), settings(false))) {
      assertThat(runner.restored()).isPresent();
      var client = runner.submit(false);
      try (var results = reader(runner, Topic.ENRICHED);
          var acks = reader(runner, Topic.CONTROL_ACKS)) {
        documents.clear();
        wave(runner.config(), 4);
        long released = ask(runner.config(), acks, null);
        wave(runner.config(), 5);
        wave(runner.config(), 6);
        read(results, documents, 6 * PARTITIONS * DOCUMENTS_OF_A_WAVE);
        assertThat(documents).hasSizeGreaterThan(seen);
        assertLinked(documents, promoted, released);
      } finally {
        client.cancel().get();
        LocalRunner.await(client);
      }
    }
  }

  private static void assertLinked(List<JsonNode> documents, long promoted, long released) {
    assertThat(promoted).isLessThan(released);
    var origins = new HashSet<String>();
    var seen = new HashSet<String>();
    for (JsonNode document : documents) {
      long entitled = document.path("epoch").asLong() - TIME.lag();
      boolean isEntry = entitled >= promoted && entitled < released;
      JsonNode link = null;
      for (JsonNode entity : document.path("entities")) {
        if (entity.path("text").textValue().equals(NAME)) {
          link = entity.path("link");
        }
      }
      assertThat(link).as(document.toString()).isNotNull();
      assertThat(link.path("id").textValue())
          .as("epoch %d, promoted from %d on, until %d", entitled, promoted, released)
          .isEqualTo(isEntry ? "Q9" : null);
      assertThat(document.path("versions").path("kb").asLong(-1))
          .isEqualTo(entitled >= released ? released : entitled >= promoted ? promoted : 0);
      assertThat(origins.add(document.path("id").textValue())).isTrue();
      seen.add((isEntry ? "linked" : entitled < promoted ? "before" : "after"));
    }
    assertThat(seen).isEqualTo(Set.of("before", "linked", "after"));
  }

  private LocalSettings settings(boolean fresh) {
    return new LocalSettings(
        directory.resolve("data"), fresh, 0, 0, 2, Duration.ofMillis(500), null, false);
  }

  private static ResultReader reader(LocalRunner runner, Topic topic) {
    return new ResultReader(runner.config(), List.of(topic));
  }

  /** Documents two seconds apart, the same in each partition. */
  private static void wave(PipelineConfig config, int number) {
    try (var producer = KafkaClients.producer(config)) {
      for (int i = 0; i < DOCUMENTS_OF_A_WAVE; i++) {
        long millis = START_MILLIS + (number * SECONDS_OF_A_WAVE + 2L * i) * 1_000;
        for (int partition = 0; partition < PARTITIONS; partition++) {
          var value =
              "{\"id\":\"%d-%d-%d\",\"text\":\"%s\",\"time\":%d}"
                  .formatted(number, partition, i, TEXT, millis);
          producer.send(
              new ProducerRecord<>(
                  Topic.DOCUMENTS.name(config.topicPrefix()),
                  partition,
                  null,
                  value.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
  }

  private void read(ResultReader enriched, List<JsonNode> into, int enough) throws IOException {
    while (into.size() < enough) {
      for (var record : enriched.poll(Duration.ofMillis(200)).get(Topic.ENRICHED)) {
        into.add(mapper.readTree(record.value()));
      }
    }
  }

  private JsonNode awaitGroup(ResultReader groups, String status) throws IOException {
    while (true) {
      for (var record : groups.poll(Duration.ofMillis(200)).get(Topic.ENTITY_CANDIDATES)) {
        var group = mapper.readTree(record.value());
        if (group.path("group").textValue().equals(GROUP)
            && group.path("status").textValue().equals(status)) {
          return group;
        }
      }
    }
  }

  /** Promotes the group, or takes that back, and returns the epoch from which it counts. */
  private long ask(PipelineConfig config, ResultReader acks, String action) throws Exception {
    var promotion = new Promotion("Q9", NAME, List.of(), List.of("人物"), "教授，在北京接受记者采访");
    var asked =
        encoder.encode(
            new ControlChange(
                ControlChange.CANDIDATE,
                "main",
                GROUP,
                action,
                action == null ? null : promotion.text(),
                null,
                "-"));
    String origin;
    try (var producer = KafkaClients.producer(config)) {
      var place =
          producer
              .send(
                  new ProducerRecord<>(
                      Topic.CONTROL.name(config.topicPrefix()), asked.key(), asked.value()))
              .get();
      origin = place.topic() + "-" + place.partition() + "-" + place.offset();
    }
    while (true) {
      for (var record : acks.poll(Duration.ofMillis(200)).get(Topic.CONTROL_ACKS)) {
        var ack = mapper.readTree(record.value());
        if (!ack.path("origin").asText().equals(origin)) {
          continue;
        }
        assertThat(ack.path("accepted").booleanValue()).as(ack.toString()).isTrue();
        return ack.path("epoch").longValue();
      }
    }
  }
}
