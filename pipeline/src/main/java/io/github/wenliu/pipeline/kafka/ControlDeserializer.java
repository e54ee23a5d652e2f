package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.pipeline.codec.ControlDecoder;
import java.time.ZoneId;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Yields a change or a refusal for each record of the topic {@code control}. */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<ControlRecord> {

  private static final long serialVersionUID = 1L;

  private final ZoneId zone;

  private transient ControlDecoder decoder;

  ControlDeserializer(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new ControlDecoder(zone);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ControlRecord> out) {
    out.collect(decoder.decode(DocumentDeserializer.raw(record)));
  }

  @Override
  public TypeInformation<ControlRecord> getProducedType() {
    return TypeInformation.of(ControlRecord.class);
  }
}
