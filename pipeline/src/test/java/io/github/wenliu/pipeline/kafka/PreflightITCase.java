package io.github.wenliu.pipeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightITCase {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @TempDir static Path directory;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void appliedTopicsPass() throws Exception {
    var config = config("good.", Map.of("topics.partitions", "3"));
    apply(config);

    var findings = check(config);

    assertThat(findings.documentPartitions()).isEqualTo(3);
    assertThat(findings.maxMessageBytes()).containsEntry(Topic.ENRICHED, 16L << 20);
  }

  @Test
  void applyingAgainChangesNothingAndMendsWhatDiffers() throws Exception {
    var config = config("again.", Map.of());
    assertThat(apply(config)).hasSize(Topic.values().length);
    assertThat(apply(config)).isEmpty();

    alter(config, Topic.ENRICHED, "message.timestamp.type", "CreateTime");
    assertThat(apply(config)).singleElement().asString().contains("again.enriched");
    assertThat(apply(config)).isEmpty();
  }

  @Test
  void everyProblemIsSaidAtOnceWithWhatToDo() {
    var config = config("none.", Map.of("kafka.transactionTimeout", "100 d"));

    assertThatThrownBy(() -> check(config))
        .isInstanceOf(PreflightException.class)
        .hasMessageContaining("none.documents is missing: run ./wenliu topics apply")
        .hasMessageContaining("none.enriched is missing")
        .hasMessageContaining("none.kb is missing")
        .hasMessageContaining("lower kafka.transactionTimeout");
  }

  @Test
  void aTransactionShorterThanACheckpointIsRefused() throws Exception {
    var config = config("short.", Map.of("kafka.transactionTimeout", "5 s"));
    apply(config);

    assertThatThrownBy(() -> check(config))
        .isInstanceOf(PreflightException.class)
        .hasMessageContaining("raise kafka.transactionTimeout");
  }

  @Test
  void topicsWithoutAppendTimeAndSmallDeadLettersAreRefused() throws Exception {
    var config = config("odd.", Map.of());
    apply(config);
    alter(config, Topic.DOCUMENTS, "message.timestamp.type", "CreateTime");
    alter(config, Topic.DEAD_LETTERS, "max.message.bytes", "1000");

    assertThatThrownBy(() -> check(config))
        .isInstanceOf(PreflightException.class)
        .hasMessageContaining("odd.documents has message.timestamp.type=CreateTime")
        .hasMessageContaining("odd.dead-letters takes records of 1000 bytes");
  }

  @Test
  void theKnowledgeBaseIsLookedAtWhereItIsRead() throws Exception {
    var config = config("kb.", Map.of());
    apply(config);
    alter(config, Topic.KB, "cleanup.policy", "delete");
    alter(config, Topic.KB, "max.message.bytes", "40000000");

    assertThatThrownBy(() -> check(config))
        .isInstanceOf(PreflightException.class)
        .hasMessageContaining("kb.kb has cleanup.policy=delete, need compact")
        .hasMessageContaining("a record of kb.kb may have 40000000");
    assertThat(check(config.with(Map.of("link.enabled", "false"))).documentPartitions())
        .isEqualTo(4);
  }

  @Test
  void aFreshStartLeavesNoTransactionThatBlocksReaders() throws Exception {
    var config = config("fresh.", Map.of("job.name", "fresh"));
    apply(config);
    var enriched = new TopicPartition(Topic.ENRICHED.name(config.topicPrefix()), 0);
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        Sinks.transactionalIdPrefix(config, Topic.ENRICHED) + "-0-1");
    try (var left =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        var after = KafkaClients.producer(config);
        var reader = KafkaClients.consumer(config);
        var admin = KafkaClients.admin(config)) {
      left.initTransactions();
      left.beginTransaction();
      left.send(record(enriched, "never committed")).get();
      after.send(record(enriched, "committed")).get();
      reader.assign(List.of(enriched));
      assertThat(reader.endOffsets(List.of(enriched))).containsEntry(enriched, 0L);

      assertThat(new OpenTransactions(config, admin).abort()).hasSize(1);

      reader.seekToBeginning(List.of(enriched));
      var seen = reader.poll(Duration.ofSeconds(20));
      assertThat(seen.count()).isEqualTo(1);
      assertThat(new OpenTransactions(config, admin).abort()).isEmpty();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String value) {
    return new ProducerRecord<>(
        partition.topic(), partition.partition(), null, value.getBytes(StandardCharsets.UTF_8));
  }

  private static PipelineConfig config(String prefix, Map<String, String> settings) {
    return PipelineConfig.of(settings)
        .with(Map.of("topics.prefix", prefix, "kafka.bootstrap", broker.bootstrap()));
  }

  private static List<String> apply(PipelineConfig config) throws Exception {
    try (var admin = KafkaClients.admin(config)) {
      return new TopicAdministration(config, admin).apply();
    }
  }

  private static Preflight.Findings check(PipelineConfig config) throws InterruptedException {
    try (var admin = KafkaClients.admin(config)) {
      return new Preflight(config, admin).check(INTERVAL);
    }
  }

  private static void alter(PipelineConfig config, Topic topic, String key, String value)
      throws Exception {
    try (var admin = KafkaClients.admin(config)) {
      var resource =
          new ConfigResource(ConfigResource.Type.TOPIC, topic.name(config.topicPrefix()));
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
