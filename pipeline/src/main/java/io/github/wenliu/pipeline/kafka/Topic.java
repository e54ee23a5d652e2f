package io.github.wenliu.pipeline.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every topic of the system. Sizes are upper bounds of a record batch in MiB; the dead letters take
 * what the documents can hold and the headers that say why.
 */
public enum Topic {
  DOCUMENTS("documents", false, 1, Role.INPUT),
  ENRICHED("enriched", false, 16, Role.OUTPUT),
  MENTIONS("mentions", false, 1, Role.OUTPUT),
  RELATIONS("relations", false, 1, Role.OUTPUT),
  WORDS("words", true, 1, Role.OUTPUT),
  WORD_EVENTS("word-events", false, 1, Role.OUTPUT),
  TRENDS("trends", false, 1, Role.OUTPUT),
  COMMUNITIES("communities", true, 1, Role.OUTPUT),
  COMMUNITY_EVENTS("community-events", false, 1, Role.OUTPUT),
  KB("kb", true, 1, Role.INPUT),
  ENTITY_CANDIDATES("entity-candidates", true, 1, Role.OUTPUT),
  CONTROL("control", true, 1, Role.INPUT),
  CONTROL_ACKS("control-acks", false, 1, Role.OUTPUT),
  DEAD_LETTERS("dead-letters", false, 32, Role.OUTPUT);

  /** Who writes a topic. */
  private enum Role {
    INPUT,
    OUTPUT
  }

  /** Room that a dead letter needs beyond the document it carries. */
  public static final int DEAD_LETTER_OVERHEAD = 16 * 1024;

  private final String suffix;
  private final boolean compacted;
  private final int maxMessageBytes;
  private final Role role;

  Topic(String suffix, boolean compacted, int maxMebibytes, Role role) {
    this.suffix = suffix;
    this.compacted = compacted;
    this.maxMessageBytes = maxMebibytes << 20;
    this.role = role;
  }

  /** The name without the prefix. */
  public String suffix() {
    return suffix;
  }

  /** The full name. */
  public String name(String prefix) {
    return prefix + suffix;
  }

  public boolean isCompacted() {
    return compacted;
  }

  /** Whether the job writes it. */
  public boolean isOutput() {
    return role == Role.OUTPUT;
  }

  /** Topic settings that {@code topics apply} sets. */
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return settings;
  }
}
