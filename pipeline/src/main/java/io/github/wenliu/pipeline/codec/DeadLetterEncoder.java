package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.Header;
import java.util.ArrayList;

/**
 * Writes a dead letter: key, value and headers as they came, and behind them headers that say where
 * it was, why it left and at which stage, under Kafka Connect's names.
 */
public final class DeadLetterEncoder implements RecordEncoder<DeadLetter> {

  private final String pipelineVersion;
  private final long maxBytes;

  /**
   * @param maxBytes largest record that the topic takes
   */
  public DeadLetterEncoder(String pipelineVersion, long maxBytes) {
    this.pipelineVersion = pipelineVersion;
    this.maxBytes = maxBytes;
  }

  @Override
  public OutgoingRecord encode(DeadLetter letter) {
    var raw = letter.raw();
    var rejection = letter.rejection();
    var headers = new ArrayList<Header>(raw.headers());
    headers.add(Headers.of(Headers.ERROR_TOPIC, raw.topic()));
    headers.add(Headers.of(Headers.ERROR_PARTITION, Integer.toString(raw.partition())));
    headers.add(Headers.of(Headers.ERROR_OFFSET, Long.toString(raw.offset())));
    headers.add(Headers.of(Headers.ERROR_STAGE, letter.stage()));
    headers.add(Headers.of(Headers.ERROR_EXCEPTION_CLASS, rejection.exceptionClass()));
    headers.add(Headers.of(Headers.ERROR_EXCEPTION_MESSAGE, rejection.message()));
    headers.add(Headers.of(Headers.ERROR_CLASS, rejection.errorClass().name()));
    headers.add(Headers.of(Headers.ORIGIN, raw.origin()));
    headers.add(
        Headers.of(Headers.EVENT_ID, EnrichedEncoder.eventId("dead-letters", raw.origin())));
    headers.add(Headers.of(Headers.EPOCH, Long.toString(letter.epoch())));
    headers.add(Headers.of(Headers.PIPELINE_VERSION, pipelineVersion));
    var whole = new OutgoingRecord(raw.key(), raw.value(), headers);
    if (raw.value() == null || whole.size() <= maxBytes) {
      return whole;
    }
    headers.add(Headers.of(Headers.VALUE_OMITTED, Integer.toString(raw.value().length)));
    return new OutgoingRecord(raw.key(), null, headers);
  }
}
