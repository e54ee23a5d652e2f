package io.github.wenliu.operators.document;

/**
 * What the source yields for each Kafka record: a document, or the reason why it is none. Exactly
 * one of the two is there.
 *
 * @param raw the record as it was read
 * @param document the parsed document, or {@code null}
 * @param rejection the reason, or {@code null}
 */
public record SourceRecord(RawRecord raw, Document document, Rejection rejection) {

  public SourceRecord {
    if (raw == null || (document == null) == (rejection == null)) {
      throw new IllegalArgumentException("a source record is either a document or a rejection");
    }
  }

  public static SourceRecord of(RawRecord raw, Document document) {
    return new SourceRecord(raw, document, null);
  }

  public static SourceRecord rejected(RawRecord raw, Rejection rejection) {
    return new SourceRecord(raw, null, rejection);
  }
}
