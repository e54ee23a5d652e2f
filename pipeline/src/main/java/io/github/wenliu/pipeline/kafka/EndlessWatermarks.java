package io.github.wenliu.pipeline.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** The watermark of a stream that has no time of its own and must not hold back that of others. */
final class EndlessWatermarks<T> implements WatermarkGenerator<T> {

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    // Says nothing about time.
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.emitWatermark(Watermark.MAX_WATERMARK);
  }
}
