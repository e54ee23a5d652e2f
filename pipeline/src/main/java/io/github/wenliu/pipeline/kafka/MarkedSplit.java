package io.github.wenliu.pipeline.kafka;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** A partition to read, with the largest believed event time of what was read of it before. */
final class MarkedSplit extends KafkaPartitionSplit {

  private final long markMillis;

  /**
   * @param markMillis epoch milliseconds
   */
  MarkedSplit(KafkaPartitionSplit split, long markMillis) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.markMillis = markMillis;
  }

  long markMillis() {
    return markMillis;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MarkedSplit split
        && super.equals(other)
        && markMillis == split.markMillis;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Long.hashCode(markMillis);
  }
}
