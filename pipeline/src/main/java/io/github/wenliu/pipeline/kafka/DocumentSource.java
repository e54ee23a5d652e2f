package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.SourceRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The connector's Kafka source with watermarks that outlive a restart. Flink keeps watermarks in no
 * checkpoint: after a restore a partition that was read to its end would hold time back, and with
 * it every document that waits, until it gets a new record, which may be never. Here each
 * partition's mark is part of its split.
 */
public final class DocumentSource
    implements Source<SourceRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<SourceRecord> {

  private static final long serialVersionUID = 1L;

  private final KafkaSource<SourceRecord> kafka;

  /** Shared with the deserializer inside {@code kafka}: they are copied together. */
  private final EventTimeMarks marks;

  DocumentSource(KafkaSource<SourceRecord> kafka, EventTimeMarks marks) {
    this.kafka = kafka;
    this.marks = marks;
  }

  @Override
  public SourceReader<SourceRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new MarkedReader(kafka.createReader(context), marks);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new MarkedSplitSerializer(kafka.getSplitSerializer());
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return kafka.getProducedType();
  }
}
