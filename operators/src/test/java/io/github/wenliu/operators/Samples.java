package io.github.wenliu.operators;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records and documents for tests, with the parts that a test does not care about filled in. */
public final class Samples {

  /** The topic of every sample record. */
  public static final String TOPIC = "wenliu.documents";

  /** When the broker appended every sample record: 2026-01-01T00:00:00Z. */
  public static final long APPEND_MILLIS = 1_767_225_600_000L;

  private Samples() {}

  public static RawRecord raw(int partition, long offset) {
    return new RawRecord(
        TOPIC,
        partition,
        offset,
        APPEND_MILLIS,
        new byte[] {(byte) offset},
        "原文".getBytes(StandardCharsets.UTF_8),
        List.of(new Header("h", new byte[] {1, 2})));
  }

  public static Document document(String text, Long timeMillis) {
    return document(Document.DEFAULT_CHANNEL, text, timeMillis);
  }

  public static Document document(String channel, String text, Long timeMillis) {
    return new Document("id", text, timeMillis, channel, null, null, null, null);
  }

  /** A document as the source yields it. */
  public static SourceRecord arriving(int partition, long offset, Long timeMillis) {
    return SourceRecord.of(raw(partition, offset), document("文本", timeMillis));
  }

  /** A record that is no document, as the source yields it. */
  public static SourceRecord bad(int partition, long offset) {
    return SourceRecord.rejected(
        raw(partition, offset), new Rejection(ErrorClass.PARSE, "SomeException", "line 1"));
  }

  /** A document behind the door, at the first millisecond of an epoch. */
  public static EnrichedDocument entered(
      EpochTime time, String channel, String text, long offset, long epoch) {
    long millis = epoch * time.epochMillis();
    return EnrichedDocument.entering(
        raw(0, offset), document(channel, text, millis), millis, epoch, 0);
  }
}
