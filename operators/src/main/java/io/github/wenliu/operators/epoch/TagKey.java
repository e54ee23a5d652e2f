package io.github.wenliu.operators.epoch;

import io.github.wenliu.operators.document.EnrichedDocument;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The key under which a document waits for what it is entitled to: its epoch and one of 1,024
 * buckets of its internal key, in one long. With the epoch in the key all documents that wait under
 * a key are released at the same watermark, by one timer.
 */
public final class TagKey implements KeySelector<EnrichedDocument, Long> {

  private static final long serialVersionUID = 1L;

  private static final int BUCKET_BITS = 10;

  @Override
  public Long getKey(EnrichedDocument document) {
    var raw = document.raw();
    long hash = raw.topic().hashCode();
    hash = hash * 31 + raw.partition();
    hash = hash * 31 + raw.offset();
    hash *= 0x9E3779B97F4A7C15L;
    long bucket = hash >>> (Long.SIZE - BUCKET_BITS);
    return document.epoch() << BUCKET_BITS | bucket;
  }
}
