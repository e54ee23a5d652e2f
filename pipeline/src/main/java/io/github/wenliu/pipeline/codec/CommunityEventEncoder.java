package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import java.io.IOException;
import java.util.List;

/**
 * Writes what happened to a community as the record of the topic {@code community-events}; the
 * schema is {@code docs/schema/community-event.schema.json}. Not thread-safe.
 */
public final class CommunityEventEncoder implements RecordEncoder<CommunityEvent> {

  private static final String ROLE = "community-events";
  private static final int USUAL_SIZE = 512;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(CommunityEvent event) {
    return new OutgoingRecord(
        VersionJson.key(event.channel(), event.community()),
        json.object(out -> write(out, event)),
        List.of(
            JsonBytes.CONTENT_TYPE,
            VersionJson.eventId(ROLE, event.channel(), event.epoch(), event.seq())));
  }

  private static void write(JsonGenerator out, CommunityEvent event) throws IOException {
    VersionJson.writePlace(out, event.channel(), event.epoch(), event.seq());
    out.writeStringField("time", EventTimes.format(event.timeMillis()));
    out.writeStringField("community", event.community());
    out.writeStringField("type", event.type().label());
    if (!event.parents().isEmpty()) {
      out.writeArrayFieldStart("parents");
      for (String parent : event.parents()) {
        out.writeString(parent);
      }
      out.writeEndArray();
    }
    JsonBytes.writeIfPresent(out, "into", event.into());
    out.writeStringField("label", event.label());
    out.writeNumberField("size", event.size());
    out.writeNumberField("sizeBefore", event.sizeBefore());
    out.writeNumberField("flow", event.flow());
    if (!event.because().isEmpty()) {
      writeReasons(out, event.because());
    }
  }

  private static void writeReasons(JsonGenerator out, List<ExplainingEdge> because)
      throws IOException {
    out.writeArrayFieldStart("because");
    for (ExplainingEdge edge : because) {
      out.writeStartObject();
      out.writeArrayFieldStart("words");
      out.writeString(edge.one());
      out.writeString(edge.other());
      out.writeEndArray();
      out.writeNumberField("bits", edge.bits());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
