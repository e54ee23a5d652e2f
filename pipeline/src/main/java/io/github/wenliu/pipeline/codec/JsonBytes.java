package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.github.wenliu.operators.document.Header;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON objects as bytes, the way every output event is written. Not thread-safe. */
final class JsonBytes {

  /** Goes with every record whose value is one of these. */
  static final Header CONTENT_TYPE = Headers.of(Headers.CONTENT_TYPE, "application/json");

  /** What stands in an object. */
  interface Fields {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private final JsonFactory json =
      JsonFactory.builder()
          // Or each character beyond the first plane would be two escapes, of twelve bytes.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();
  private final ByteArrayBuilder buffer;

  /**
   * @param usualSize bytes of an object that is not unusually large
   */
  JsonBytes(int usualSize) {
    buffer = new ByteArrayBuilder(usualSize);
  }

  /** One object. */
  byte[] object(Fields fields) {
    buffer.reset();
    try (var out = json.createGenerator(buffer)) {
      out.writeStartObject();
      fields.writeTo(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  static void writeIfPresent(JsonGenerator out, String name, String value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  static void writeIfPresent(JsonGenerator out, String name, Long value) throws IOException {
    if (value != null) {
      out.writeNumberField(name, value);
    }
  }

  /** A time, as UTC with milliseconds. */
  static void writeTimeIfPresent(JsonGenerator out, String name, Long millis) throws IOException {
    if (millis != null) {
      out.writeStringField(name, EventTimes.format(millis));
    }
  }
}
