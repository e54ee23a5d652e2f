package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.SourceRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one partition: largest believed event time, less the out-of-orderness, less one
 * millisecond. A time that is not believed, and a rejected record, never move it.
 */
final class EventTimeWatermarks implements WatermarkGenerator<SourceRecord> {

  private final EpochTime time;

  private long markMillis = Long.MIN_VALUE;

  EventTimeWatermarks(EpochTime time) {
    this.time = time;
  }

  @Override
  public void onEvent(SourceRecord record, long timestamp, WatermarkOutput output) {
    if (EventTimeMarks.believed(time, record)) {
      markMillis = Math.max(markMillis, record.document().timeMillis());
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (markMillis != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(EventTimeMarks.watermark(time, markMillis)));
    }
  }
}
