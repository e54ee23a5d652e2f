package io.github.wenliu.operators.document;

/**
 * A valid input document. The user's id is data: two documents may carry the same one.
 *
 * @param id the user's id, or one derived from the record's origin
 * @param text the original text, well-formed Unicode; all offsets refer to it
 * @param timeMillis the producer's event time in epoch milliseconds, or {@code null} if it gave
 *     none
 * @param channel tenant, {@code [A-Za-z0-9._-]{1,64}}
 * @param source where the producer says it comes from, or {@code null}
 * @param metadata the producer's {@code metadata} object as JSON, or {@code null}
 * @param extra unknown fields as one JSON object, or {@code null} if there are none
 * @param traceparent W3C trace context to hand on, or {@code null}
 */
public record Document(
    String id,
    String text,
    Long timeMillis,
    String channel,
    String source,
    String metadata,
    String extra,
    String traceparent) {

  /** The channel of documents that name none. */
  public static final String DEFAULT_CHANNEL = "main";

  public Document {
    if (id == null || id.isEmpty()) {
      throw new IllegalArgumentException("id is missing");
    }
    if (text == null) {
      throw new IllegalArgumentException("text is missing");
    }
    if (channel == null) {
      throw new IllegalArgumentException("channel is missing");
    }
  }
}
