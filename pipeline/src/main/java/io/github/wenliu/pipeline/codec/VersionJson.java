package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.document.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What all topics have in common that versions of what a channel has learned are written to. */
final class VersionJson {

  private VersionJson() {}

  /** {@code channel/name}; a channel holds no slash, so the first one divides the two. */
  static byte[] key(String channel, String name) {
    return (channel + "/" + name).getBytes(StandardCharsets.UTF_8);
  }

  /** The id of the record that one version of a channel writes at this rank. */
  static Header eventId(String role, String channel, long epoch, long seq) {
    return Headers.of(
        Headers.EVENT_ID, EnrichedEncoder.eventId(role, channel + "/" + epoch + "/" + seq));
  }

  static void writePlace(JsonGenerator out, String channel, long epoch, long seq)
      throws IOException {
    out.writeNumberField("schemaVersion", EnrichedEncoder.SCHEMA_VERSION);
    out.writeStringField("channel", channel);
    out.writeNumberField("epoch", epoch);
    out.writeNumberField("seq", seq);
  }
}
