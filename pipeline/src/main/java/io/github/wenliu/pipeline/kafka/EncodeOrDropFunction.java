package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.RecordEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Encodes what the job has learned. No input record stands behind it that could be a dead letter,
 * so what does not fit into its topic is dropped and counted: a job that failed for it would fail
 * again. Words are short, and of a community a bounded number of members is written: it takes a
 * topic with absurd limits to get there.
 */
final class EncodeOrDropFunction<T> extends RichFlatMapFunction<T, OutgoingRecord> {

  private static final long serialVersionUID = 1L;

  static final String METRIC_DROPPED = "dropped";

  private final SerializableSupplier<RecordEncoder<T>> encoders;
  private final long maxBytes;

  private transient RecordEncoder<T> encoder;
  private transient Counter dropped;

  /**
   * @param maxBytes largest record that the topic takes
   */
  EncodeOrDropFunction(SerializableSupplier<RecordEncoder<T>> encoders, long maxBytes) {
    this.encoders = encoders;
    this.maxBytes = maxBytes;
  }

  @Override
  public void open(OpenContext context) {
    encoder = encoders.get();
    dropped =
        getRuntimeContext().getMetricGroup().addGroup(EncodeFunction.STAGE).counter(METRIC_DROPPED);
  }

  @Override
  public void flatMap(T value, Collector<OutgoingRecord> out) {
    var record = encoder.encode(value);
    if (record.size() <= maxBytes) {
      out.collect(record);
    } else {
      dropped.inc();
    }
  }
}
