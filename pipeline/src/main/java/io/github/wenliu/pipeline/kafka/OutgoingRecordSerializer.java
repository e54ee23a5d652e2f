package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Hands encoded records to a topic, without a time of their own: the broker stamps them when it
 * appends them, so that retention never takes a backfill's old times for old records.
 */
final class OutgoingRecordSerializer
    implements KafkaRecordSerializationSchema<OutgoingRecord>, KafkaDatasetFacetProvider {

  private static final long serialVersionUID = 1L;

  private final String topic;

  OutgoingRecordSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutgoingRecord record, KafkaSinkContext context, Long timestamp) {
    var headers = new RecordHeaders();
    for (Header header : record.headers()) {
      headers.add(header.key(), header.value());
    }
    return new ProducerRecord<>(topic, null, null, record.key(), record.value(), headers);
  }

  /** The sink asks which topics it writes, to find transactions that an earlier run left open. */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
