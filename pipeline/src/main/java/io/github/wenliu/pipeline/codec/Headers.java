package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of record headers, and reading and writing them as text. */
public final class Headers {

  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";

  /** Attributes of a CloudEvents 1.0 record in binary mode. */
  public static final String CE_ID = "ce_id";

  public static final String CE_SOURCE = "ce_source";
  public static final String CE_TIME = "ce_time";

  /** {@code topic-partition-offset} of the input record that an output record comes from. */
  public static final String ORIGIN = "wenliu.origin";

  /** Deterministic id of an output record: equal for every attempt to write it. */
  public static final String EVENT_ID = "wenliu.event-id";

  public static final String ERROR_CLASS = "wenliu.error-class";
  public static final String EPOCH = "wenliu.epoch";
  public static final String PIPELINE_VERSION = "wenliu.pipeline-version";

  /**
   * Length in bytes of a value that a dead letter does not carry, as even the largest topic would
   * not take it; it is still at the origin. Only a record that was compressed to a small part of
   * its size can be so large.
   */
  public static final String VALUE_OMITTED = "wenliu.value-omitted";

  /** How often a dead letter has been sent again. */
  public static final String ATTEMPT = "wenliu.attempt";

  /** Kafka Connect's names for the context of an error. */
  public static final String ERROR_TOPIC = "__connect.errors.topic";

  public static final String ERROR_PARTITION = "__connect.errors.partition";
  public static final String ERROR_OFFSET = "__connect.errors.offset";
  public static final String ERROR_STAGE = "__connect.errors.stage";
  public static final String ERROR_EXCEPTION_CLASS = "__connect.errors.exception.class.name";
  public static final String ERROR_EXCEPTION_MESSAGE = "__connect.errors.exception.message";

  private Headers() {}

  /** The last header of this name as UTF-8 text, or {@code null}. */
  public static String text(List<Header> headers, String key) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      var header = headers.get(i);
      if (header.key().equals(key)) {
        return header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  public static Header of(String key, String value) {
    return new Header(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whether this project puts the header on dead letters; taken off again before one is sent once
   * more.
   */
  public static boolean isOfDeadLetter(String key) {
    return key.startsWith("__connect.errors.")
        || (key.startsWith("wenliu.") && !key.equals(ATTEMPT));
  }
}
