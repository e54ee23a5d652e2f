package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.pipeline.codec.KbDecoder;
import java.time.ZoneId;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Yields a change or a rejection for each record of the topic {@code kb}. */
final class KbDeserializer implements KafkaRecordDeserializationSchema<KbRecord> {

  private static final long serialVersionUID = 1L;

  private final ZoneId zone;
  private final boolean forAllTime;

  private transient KbDecoder decoder;

  /**
   * @param zone zone of times that name none
   * @param forAllTime whether the changes hold for all time, whatever they say
   */
  KbDeserializer(ZoneId zone, boolean forAllTime) {
    this.zone = zone;
    this.forAllTime = forAllTime;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new KbDecoder(zone);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KbRecord> out) {
    var decoded = decoder.decode(DocumentDeserializer.raw(record));
    out.collect(forAllTime ? decoded.forAllTime() : decoded);
  }

  @Override
  public TypeInformation<KbRecord> getProducedType() {
    return TypeInformation.of(KbRecord.class);
  }
}
