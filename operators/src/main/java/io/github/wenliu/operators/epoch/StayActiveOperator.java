package io.github.wenliu.operators.epoch;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Hands everything on but that the stream is idle. Stands where a branch joins the stream that it
 * comes from: after a silence the stream wakes up before the branch does, and while the branch
 * passed for idle the time of the stream alone would count, ahead of what the branch has still to
 * say. So the branch keeps its last watermark instead.
 */
public final class StayActiveOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Never idle.
  }
}
