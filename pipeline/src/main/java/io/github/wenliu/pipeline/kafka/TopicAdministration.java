package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/** Creates the topics and sets what the job needs of them. Doing it again changes nothing. */
public final class TopicAdministration {

  private static final int ATTEMPTS = 200;
  private static final long PAUSE_MILLIS = 100;

  private final PipelineConfig config;
  private final Admin admin;

  public TopicAdministration(PipelineConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Creates what is missing and mends settings that differ. Partition counts of topics that exist
   * are left alone.
   *
   * @return one line for each topic that was changed
   */
  public List<String> apply() throws ExecutionException, InterruptedException {
    var existing = admin.listTopics().names().get();
    var report = new ArrayList<String>();
    var missing = new ArrayList<NewTopic>();
    var present = new ArrayList<Topic>();
    for (Topic topic : Topic.values()) {
      var name = topic.name(config.topicPrefix());
      if (existing.contains(name)) {
        present.add(topic);
      } else {
        missing.add(
            new NewTopic(
                    name,
                    Optional.of(config.topicPartitions()),
                    Optional.of((short) config.topicReplication()))
                .configs(topic.settings()));
        report.add(name + ": created with " + config.topicPartitions() + " partitions");
      }
    }
    admin.createTopics(missing).all().get();
    awaitLeaders(missing);
    report.addAll(mend(present));
    return report;
  }

  /**
   * The controller answers before the brokers know a new topic, and they know it before its
   * partitions take records. Asking for offsets goes to those who take them.
   */
  private void awaitLeaders(List<NewTopic> topics) throws ExecutionException, InterruptedException {
    var partitions = new HashMap<TopicPartition, OffsetSpec>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < config.topicPartitions(); partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    for (int attempt = 1; ; attempt++) {
      try {
        admin.listOffsets(partitions).all().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || attempt == ATTEMPTS) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private List<String> mend(List<Topic> topics) throws ExecutionException, InterruptedException {
    var report = new ArrayList<String>();
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    var current = settings(topics);
    for (Topic topic : topics) {
      var differing = new LinkedHashMap<>(topic.settings());
      differing.entrySet().removeAll(current.get(topic).entrySet());
      if (!differing.isEmpty()) {
        changes.put(
            resource(topic),
            differing.entrySet().stream()
                .map(
                    setting ->
                        new AlterConfigOp(
                            new ConfigEntry(setting.getKey(), setting.getValue()),
                            AlterConfigOp.OpType.SET))
                .toList());
        report.add(topic.name(config.topicPrefix()) + ": set " + differing);
      }
    }
    admin.incrementalAlterConfigs(changes).all().get();
    return report;
  }

  /** The settings in force of topics that exist. */
  Map<Topic, Map<String, String>> settings(List<Topic> topics)
      throws ExecutionException, InterruptedException {
    var described = admin.describeConfigs(topics.stream().map(this::resource).toList()).all().get();
    var settings = new HashMap<Topic, Map<String, String>>();
    for (Topic topic : topics) {
      var entries = new HashMap<String, String>();
      for (ConfigEntry entry : described.get(resource(topic)).entries()) {
        entries.put(entry.name(), entry.value());
      }
      settings.put(topic, entries);
    }
    return settings;
  }

  private ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name(config.topicPrefix()));
  }
}
