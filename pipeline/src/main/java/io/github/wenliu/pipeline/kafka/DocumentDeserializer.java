package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Yields a document or a rejection for each Kafka record, in the source itself, so that time is
 * known per partition.
 */
final class DocumentDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {

  private static final long serialVersionUID = 1L;

  private final DecoderParameters parameters;
  private final EventTimeMarks marks;

  private transient DocumentDecoder decoder;

  /**
   * @param marks is told of each record
   */
  DocumentDeserializer(DecoderParameters parameters, EventTimeMarks marks) {
    this.parameters = parameters;
    this.marks = marks;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new DocumentDecoder(parameters);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
    var decoded = decoder.decode(raw(record));
    marks.seen(decoded);
    out.collect(decoded);
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return TypeInformation.of(SourceRecord.class);
  }

  static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = List.of();
    if (record.headers().iterator().hasNext()) {
      headers = new ArrayList<>();
      for (var header : record.headers()) {
        headers.add(new Header(header.key(), header.value()));
      }
    }
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }
}
