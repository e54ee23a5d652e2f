package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.ControlBootstrap;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people ask for, before and after the job is submitted. */
class ControlITCase {

  private static final String PIN = "{\"action\":\"pin\"}";
  private static final String BAN = "{\"action\":\"ban\"}";
  private static final String TYPED = "{\"action\":\"pin\",\"value\":\"ORG\"}";
  private static final String SELECTED = "{\"action\":\"select\",\"value\":\"nowhere/v1:news\"}";
  private static final String WRONG = "{\"action\":\"melt\"}";

  @TempDir private Path directory;

  @Test
  @Timeout(200)
  void whatStoodThereIsReadAtSubmissionAndTheRestAsItComes() throws Exception {
    var settings =
        new LocalSettings(
            directory.resolve("data"), true, 0, 0, 2, Duration.ofMillis(500), null, false);
    var withoutModels = PipelineConfig.of(Map.of("extract.enabled", "false"));
    try (var runner = LocalRunner.start(withoutModels, settings)) {
      var config = runner.config();
      assertThat(ControlBootstrap.read(config).records()).isEmpty();

      write(config, true, "word/main/a", PIN, "word/main/b", PIN, "word/main/c", WRONG);
      write(config, true, "word/main/a", BAN, "word/main/b", null);
      write(config, false, "word/main/a", PIN);

      var bootstrap = ControlBootstrap.read(config);
      assertThat(bootstrap.records())
          .extracting(ControlITCase::text)
          .containsExactlyInAnyOrder("ban a", "refused c");
      assertThat(bootstrap.ends().values().stream().mapToLong(end -> end).sum())
          .as("records and the marks behind them")
          .isGreaterThan(6);

      var client = runner.submit(false);
      try (var acks = new ResultReader(config, List.of(Topic.CONTROL_ACKS))) {
        await(acks, "\"target\":\"c\"");
        write(config, true, "nothing", PIN);
        var live = await(acks, "\"target\":\"nothing\"");
        assertThat(live).hasSize(1).first().asString().contains("\"accepted\":false");

        write(config, true, "entity/main/d", TYPED);
        assertThat(await(acks, "\"target\":\"d\""))
            .singleElement()
            .asString()
            .contains("\"accepted\":true", "\"value\":\"ORG\"");
        write(config, true, "model/main/extraction", SELECTED);
        assertThat(await(acks, "\"target\":\"extraction\""))
            .as("this job has no use for a model")
            .singleElement()
            .asString()
            .contains("\"accepted\":false");
      } finally {
        client.cancel().get();
      }
    }
  }

  /** Polls until one of the answers holds this text; returns those that came with it. */
  private static List<String> await(ResultReader acks, String text) {
    while (true) {
      var values = new ArrayList<String>();
      for (var record : acks.poll(Duration.ofMillis(200)).get(Topic.CONTROL_ACKS)) {
        values.add(new String(record.value(), StandardCharsets.UTF_8));
      }
      if (values.stream().anyMatch(value -> value.contains(text))) {
        return values;
      }
    }
  }

  /** Writes keys and values by turns in one transaction. */
  private static void write(PipelineConfig config, boolean commit, String... keysAndValues) {
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "control-test");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < keysAndValues.length; i += 2) {
        var topic = Topic.CONTROL.name(config.topicPrefix());
        producer.send(
            new ProducerRecord<>(topic, utf8(keysAndValues[i]), utf8(keysAndValues[i + 1])));
      }
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.flush();
        producer.abortTransaction();
      }
    }
  }

  private static String text(ControlRecord record) {
    return record.change() == null
        ? "refused " + record.refusal().change().target()
        : record.change().action() + " " + record.change().target();
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
