package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.Delivery;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Looks at Kafka before the job starts, so that a setting that would lose records or block readers
 * is found in seconds and not after the first outage. All problems are reported together, each with
 * what to change.
 */
public final class Preflight {

  /** Topics that the job writes today. */
  private static final List<Topic> WRITTEN =
      List.of(
          Topic.ENRICHED,
          Topic.DEAD_LETTERS,
          Topic.WORDS,
          Topic.WORD_EVENTS,
          Topic.TRENDS,
          Topic.COMMUNITIES,
          Topic.COMMUNITY_EVENTS,
          Topic.ENTITY_CANDIDATES,
          Topic.CONTROL_ACKS);

  private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";
  private static final String APPLY = "run ./wenliu topics apply";

  /**
   * What the job needs to know of Kafka.
   *
   * @param documentPartitions partitions of the documents topic
   * @param maxMessageBytes largest record batch of each topic that is written, in bytes
   */
  public record Findings(int documentPartitions, Map<Topic, Long> maxMessageBytes) {}

  private final PipelineConfig config;
  private final Admin admin;

  /** Topics that the job reads whose bad records become dead letters. */
  private final List<Topic> read;

  /** Topics that the job reads and writes today. */
  private final List<Topic> used;

  private final List<String> problems = new ArrayList<>();

  public Preflight(PipelineConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    read = config.linkingEnabled() ? List.of(Topic.DOCUMENTS, Topic.KB) : List.of(Topic.DOCUMENTS);
    used = Stream.of(read, List.of(Topic.CONTROL), WRITTEN).flatMap(List::stream).toList();
  }

  /**
   * Checks everything.
   *
   * @param checkpointInterval how often the job takes a checkpoint
   * @throws PreflightException if something has to be changed first
   */
  public Findings check(Duration checkpointInterval) throws InterruptedException {
    try {
      var existing = admin.listTopics().names().get();
      for (Topic topic : used) {
        if (!existing.contains(topic.name(config.topicPrefix()))) {
          problems.add("topic " + topic.name(config.topicPrefix()) + " is missing: " + APPLY);
        }
      }
      if (config.delivery() == Delivery.EXACTLY_ONCE) {
        checkTransactions(checkpointInterval);
      }
      throwIfAny();
      var settings = new TopicAdministration(config, admin).settings(used);
      checkTopics(settings);
      throwIfAny();
      var documents = Topic.DOCUMENTS.name(config.topicPrefix());
      int partitions =
          admin
              .describeTopics(List.of(documents))
              .allTopicNames()
              .get()
              .get(documents)
              .partitions()
              .size();
      return new Findings(
          partitions,
          WRITTEN.stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      topic -> topic, topic -> maxMessageBytes(settings.get(topic)))));
    } catch (ExecutionException e) {
      throw new PreflightException(
          List.of(
              "Kafka at "
                  + config.bootstrap()
                  + " does not answer ("
                  + e.getCause().getClass().getSimpleName()
                  + "): check kafka.bootstrap, the network and kafka.properties"));
    }
  }

  private void checkTransactions(Duration checkpointInterval)
      throws ExecutionException, InterruptedException {
    long timeout = config.transactionTimeout().toMillis();
    var nodes = admin.describeCluster().nodes().get();
    for (var node : nodes) {
      var broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      var entry =
          admin
              .describeConfigs(List.of(broker))
              .all()
              .get()
              .get(broker)
              .get(TRANSACTION_MAX_TIMEOUT);
      if (entry != null && Long.parseLong(entry.value()) < timeout) {
        problems.add(
            "kafka.transactionTimeout is "
                + timeout
                + " ms but broker "
                + node.id()
                + " allows "
                + entry.value()
                + " ms: lower kafka.transactionTimeout, or raise "
                + TRANSACTION_MAX_TIMEOUT
                + " on the brokers");
      }
    }
    if (timeout <= checkpointInterval.toMillis()) {
      problems.add(
          "kafka.transactionTimeout is "
              + timeout
              + " ms but a checkpoint is taken every "
              + checkpointInterval.toMillis()
              + " ms: no output would ever be committed; raise kafka.transactionTimeout");
    }
  }

  private void checkTopics(Map<Topic, Map<String, String>> settings) {
    settings.forEach(
        (topic, values) -> {
          var type = values.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
          if (!"LogAppendTime".equals(type)) {
            problems.add(
                "topic "
                    + topic.name(config.topicPrefix())
                    + " has message.timestamp.type="
                    + type
                    + ", need LogAppendTime: "
                    + APPLY);
          }
          var cleanup = values.get(TopicConfig.CLEANUP_POLICY_CONFIG);
          if (topic.isCompacted() && !TopicConfig.CLEANUP_POLICY_COMPACT.equals(cleanup)) {
            problems.add(
                "topic "
                    + topic.name(config.topicPrefix())
                    + " has cleanup.policy="
                    + cleanup
                    + ", need compact, or what is old would be forgotten: "
                    + APPLY);
          }
        });
    read.forEach(topic -> checkDeadLettersTake(topic, settings));
  }

  private void checkDeadLettersTake(Topic topic, Map<Topic, Map<String, String>> settings) {
    long bytes = maxMessageBytes(settings.get(topic));
    long deadLetters = maxMessageBytes(settings.get(Topic.DEAD_LETTERS));
    if (deadLetters < bytes + Topic.DEAD_LETTER_OVERHEAD) {
      problems.add(
          "topic "
              + Topic.DEAD_LETTERS.name(config.topicPrefix())
              + " takes records of "
              + deadLetters
              + " bytes but a record of "
              + topic.name(config.topicPrefix())
              + " may have "
              + bytes
              + ": set its max.message.bytes to at least "
              + (bytes + Topic.DEAD_LETTER_OVERHEAD));
    }
  }

  private static long maxMessageBytes(Map<String, String> settings) {
    return Long.parseLong(settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  private void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new PreflightException(problems);
    }
  }
}
