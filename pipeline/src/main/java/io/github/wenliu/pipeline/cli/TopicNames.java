package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaCalls;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.KafkaFailureException;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Finds the topic that a name on the command line means. */
final class TopicNames {

  private final PipelineConfig config;

  TopicNames(PipelineConfig config) {
    this.config = config;
  }

  /**
   * The full name of a topic that exists.
   *
   * @param given the name without the prefix, or the full one
   */
  String resolve(String given) {
    var existing = existing();
    if (existing.contains(config.topicPrefix() + given)) {
      return config.topicPrefix() + given;
    }
    if (existing.contains(given)) {
      return given;
    }
    boolean isOurs = Arrays.stream(Topic.values()).anyMatch(topic -> topic.suffix().equals(given));
    if (isOurs) {
      throw new KafkaFailureException(
          "topic " + config.topicPrefix() + given + " is missing: run ./wenliu topics apply", null);
    }
    throw new UsageException("no topic " + given + "; there are " + listed(existing));
  }

  /** The full name of one of the system's topics, which must exist. */
  String resolve(Topic topic) {
    return resolve(topic.suffix());
  }

  private String listed(Set<String> existing) {
    var listed =
        existing.stream()
            .filter(name -> name.startsWith(config.topicPrefix()))
            .map(name -> name.substring(config.topicPrefix().length()))
            .sorted()
            .collect(Collectors.joining(", "));
    return listed.isEmpty()
        ? "none with the prefix " + config.topicPrefix() + ": run ./wenliu topics apply"
        : listed;
  }

  /** The full names of all topics that exist. */
  Set<String> existing() {
    try (var admin = KafkaClients.admin(config)) {
      return KafkaCalls.await(config, admin.listTopics().names());
    } catch (KafkaException e) {
      throw KafkaCalls.failure(config, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
