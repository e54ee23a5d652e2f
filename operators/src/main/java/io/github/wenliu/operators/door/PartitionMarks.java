package io.github.wenliu.operators.door;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The largest believed event time of each partition, and the effective time that follows from it.
 * Merging keeps the maximum, so any number of copies of the same marks restore to the same marks.
 * Not thread-safe.
 */
public final class PartitionMarks {

  private final EpochTime time;
  private final Map<String, Map<Integer, Long>> markByPartition = new HashMap<>();

  public PartitionMarks(EpochTime time) {
    this.time = time;
  }

  /**
   * The effective time of a document with a believed event time; raises the partition's mark if it
   * is the newest.
   *
   * @return epoch milliseconds
   */
  public long advance(String topic, int partition, long eventMillis) {
    long mark = ofTopic(topic).merge(partition, eventMillis, Math::max);
    return Math.max(eventMillis, mark - time.outOfOrdernessMillis());
  }

  /**
   * The partition's current effective time, for records that have no believed event time.
   *
   * @return epoch milliseconds; 0 while the partition has no mark
   */
  public long current(String topic, int partition) {
    Long mark = mark(topic, partition);
    return mark == null ? 0 : mark - time.outOfOrdernessMillis();
  }

  /** The mark of a partition in epoch milliseconds, or {@code null} while it has none. */
  public Long mark(String topic, int partition) {
    return ofTopic(topic).get(partition);
  }

  /** Takes over a mark from a snapshot. */
  public void merge(PartitionMark mark) {
    ofTopic(mark.topic()).merge(mark.partition(), mark.markMillis(), Math::max);
  }

  /** All marks, for a snapshot. */
  public List<PartitionMark> snapshot() {
    var marks = new ArrayList<PartitionMark>();
    markByPartition.forEach(
        (topic, partitions) ->
            partitions.forEach(
                (partition, mark) -> marks.add(new PartitionMark(topic, partition, mark))));
    return marks;
  }

  private Map<Integer, Long> ofTopic(String topic) {
    return markByPartition.computeIfAbsent(topic, unused -> new HashMap<>());
  }
}
