package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A Kafka reader whose partitions take their watermark with them: into each snapshot, and out of it
 * before the first record is read. All else is the connector's.
 */
final class MarkedReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {

  private final SourceReader<SourceRecord, KafkaPartitionSplit> reader;
  private final EventTimeMarks marks;

  /** Restored partitions whose watermark is not out yet. */
  private final List<MarkedSplit> restored = new ArrayList<>();

  /** Where records go; known from the first poll on. */
  private ReaderOutput<SourceRecord> output;

  MarkedReader(SourceReader<SourceRecord, KafkaPartitionSplit> reader, EventTimeMarks marks) {
    this.reader = reader;
    this.marks = marks;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (split instanceof MarkedSplit marked) {
        marks.restore(marked.getTopic(), marked.getPartition(), marked.markMillis());
        restored.add(marked);
      }
    }
    reader.addSplits(splits);
    emitRestored();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceRecord> out) throws Exception {
    if (output != out) {
      output = out;
      emitRestored();
    }
    return reader.pollNext(out);
  }

  private void emitRestored() {
    if (output != null) {
      for (MarkedSplit split : restored) {
        output
            .createOutputForSplit(split.splitId())
            .emitWatermark(new Watermark(marks.watermark(split.markMillis())));
      }
      restored.clear();
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    var splits = new ArrayList<KafkaPartitionSplit>();
    for (KafkaPartitionSplit split : reader.snapshotState(checkpointId)) {
      Long mark = marks.of(split.getTopic(), split.getPartition());
      splits.add(mark == null ? split : new MarkedSplit(split, mark));
    }
    return splits;
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
