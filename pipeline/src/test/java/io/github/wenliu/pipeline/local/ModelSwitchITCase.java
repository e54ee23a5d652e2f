package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.pipeline.codec.ControlEncoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job gets another model and a pinned entity while it runs; one that is broken it refuses. */
class ModelSwitchITCase {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int PARTITIONS = 4;
  private static final int DOCUMENTS_OF_A_WAVE = 40;
  private static final int SECONDS_OF_A_WAVE = 2 * DOCUMENTS_OF_A_WAVE;
  private static final String TEXT = "林小满去云溪看海。";
  private static final String FIRST = "tiny-transformer/v1";
  private static final String SECOND = "tiny-transformer/v2";

  /** A tiny model that the tests of another module are made with. */
  private static final Path TINY =
      Path.of("../models/src/test/resources/models/transformer/tiny-transformer/v1");

  @TempDir private Path directory;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ControlEncoder encoder = new ControlEncoder();

  @Test
  @Timeout(300)
  void documentsAreExtractedWithWhatWasChosenForTheirEpoch() throws Exception {
    copy("v1");
    copy("v2");
    Files.writeString(copy("v3").resolve("model.onnx"), "spoiled");
    var config =
        PipelineConfig.of(
            Map.of(
                "extract.directory",
                directory.resolve("models").toString(),
                "extract.model",
                FIRST,
                "extract.scheme",
                "names",
                "extract.relations",
                "none"));
    var settings =
        new LocalSettings(
            directory.resolve("data"), true, 0, 0, 2, Duration.ofMillis(500), null, false);
    try (var runner = LocalRunner.start(config, settings)) {
      var client = runner.submit(false);
      try (var enriched = new ResultReader(runner.config(), List.of(Topic.ENRICHED));
          var acks = new ResultReader(runner.config(), List.of(Topic.CONTROL_ACKS))) {
        var documents = new ArrayList<JsonNode>();
        wave(runner.config(), 0);
        read(enriched, documents, DOCUMENTS_OF_A_WAVE);

        var selected = ask(runner.config(), acks, model(SECOND + ":names"));
        assertThat(selected.path("accepted").asBoolean()).as(selected.toString()).isTrue();
        wave(runner.config(), 1);
        var pinned = ask(runner.config(), acks, entity("看海", "EVENT"));
        var refused = ask(runner.config(), acks, model("tiny-transformer/v3:names"));
        assertThat(refused.path("accepted").asBoolean()).isFalse();
        assertThat(refused.path("reason").asText()).contains("model.onnx", "expected", "found");
        wave(runner.config(), 2);
        wave(runner.config(), 3);
        read(enriched, documents, 3 * PARTITIONS * DOCUMENTS_OF_A_WAVE);

        assertExtracted(documents, selected.path("epoch").asLong(), pinned.path("epoch").asLong());
      } finally {
        client.cancel().get();
      }
    }
  }

  private static void assertExtracted(List<JsonNode> documents, long selected, long pinned) {
    for (JsonNode document : documents) {
      long entitled = document.path("epoch").asLong() - TIME.lag();
      assertThat(document.path("versions").path("model").asText())
          .as("epoch %d, selected from %d on", entitled, selected)
          .isEqualTo(entitled >= selected ? SECOND : FIRST);
      assertThat(document.path("versions").path("scheme").asText()).isEqualTo("names");
      assertThat(document.path("entities"))
          .anyMatch(entity -> entity.path("origin").asText().equals("model"));
      assertThat(origins(document, "EVENT"))
          .as("epoch %d, pinned from %d on", entitled, pinned)
          .isEqualTo(entitled >= pinned ? List.of("lexicon") : List.of());
    }
    assertThat(documents)
        .extracting(document -> document.path("versions").path("model").asText())
        .contains(FIRST, SECOND);
    assertThat(documents)
        .extracting(document -> origins(document, "EVENT"))
        .contains(List.of(), List.of("lexicon"));
  }

  /** Where the entities of a type come from. */
  private static List<String> origins(JsonNode document, String type) {
    var origins = new ArrayList<String>();
    for (JsonNode entity : document.path("entities")) {
      if (entity.path("type").asText().equals(type)) {
        origins.add(entity.path("origin").asText());
      }
    }
    return origins;
  }

  /** A folder with the model, under another version. */
  private Path copy(String version) throws IOException {
    var folder = Files.createDirectories(directory.resolve("models/tiny-transformer/" + version));
    try (var files = Files.list(TINY)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    var manifest = folder.resolve("manifest.json");
    var named = Files.readString(manifest).replace("\"v1\"", "\"" + version + "\"");
    Files.writeString(manifest, named);
    return folder;
  }

  /** Documents two seconds apart, the same in each partition. */
  private static void wave(PipelineConfig config, int number) {
    try (var producer = KafkaClients.producer(config)) {
      for (int i = 0; i < DOCUMENTS_OF_A_WAVE; i++) {
        long millis = START_MILLIS + (number * SECONDS_OF_A_WAVE + 2L * i) * 1_000;
        var value = "{\"text\":\"%s\",\"time\":%d}".formatted(TEXT, millis);
        for (int partition = 0; partition < PARTITIONS; partition++) {
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

  /** Writes a change and waits for the answer. */
  private JsonNode ask(PipelineConfig config, ResultReader acks, ControlChange change)
      throws IOException {
    var asked = encoder.encode(change);
    try (var producer = KafkaClients.producer(config)) {
      producer.send(
          new ProducerRecord<>(
              Topic.CONTROL.name(config.topicPrefix()), asked.key(), asked.value()));
    }
    while (true) {
      for (var record : acks.poll(Duration.ofMillis(200)).get(Topic.CONTROL_ACKS)) {
        return mapper.readTree(record.value());
      }
    }
  }

  private static ControlChange model(String value) {
    return new ControlChange("model", "main", "extraction", "select", value, null, "-");
  }

  private static ControlChange entity(String text, String type) {
    return new ControlChange("entity", "main", text, "pin", type, null, "-");
  }
}
