package io.github.wenliu.pipeline.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the reading of what stood in a topic ends. Of a partition that was not there yet nothing is
 * read; Flink's own offsets would look for what the job's group has committed.
 */
final class BootstrapEnds implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  private final HashMap<TopicPartition, Long> ends;

  BootstrapEnds(Map<TopicPartition, Long> ends) {
    this.ends = new HashMap<>(ends);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    var offsets = new HashMap<TopicPartition, Long>();
    partitions.forEach(partition -> offsets.put(partition, ends.getOrDefault(partition, 0L)));
    return offsets;
  }

  @Override
  @SuppressWarnings("deprecation") // Of Kafka; the connector knows no other yet.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
