package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.door.PartitionMark;
import io.github.wenliu.operators.door.PartitionMarks;
import java.io.Serializable;

/**
 * The largest believed event time of each partition that a reader reads, and the watermark that
 * follows from it. Not thread-safe.
 */
final class EventTimeMarks implements Serializable {

  private static final long serialVersionUID = 1L;

  private final EpochTime time;

  private transient PartitionMarks marks;

  EventTimeMarks(EpochTime time) {
    this.time = time;
  }

  /** Takes note of a record on its way out of the reader. */
  void seen(SourceRecord record) {
    if (believed(time, record)) {
      var raw = record.raw();
      marks().advance(raw.topic(), raw.partition(), record.document().timeMillis());
    }
  }

  void restore(String topic, int partition, long markMillis) {
    marks().merge(new PartitionMark(topic, partition, markMillis));
  }

  /** The mark of a partition, or {@code null} while it has none. */
  Long of(String topic, int partition) {
    return marks().mark(topic, partition);
  }

  /** The watermark of a partition with this mark, in epoch milliseconds. */
  long watermark(long markMillis) {
    return watermark(time, markMillis);
  }

  static long watermark(EpochTime time, long markMillis) {
    return markMillis - time.outOfOrdernessMillis() - 1;
  }

  /** Whether a record moves the time of its partition. */
  static boolean believed(EpochTime time, SourceRecord record) {
    return record.document() != null
        && record.document().timeMillis() != null
        && time.believes(record.document().timeMillis(), record.raw().appendMillis());
  }

  private PartitionMarks marks() {
    if (marks == null) {
      marks = new PartitionMarks(time);
    }
    return marks;
  }
}
