package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.trends.TrendEvent;
import java.io.IOException;
import java.util.List;

/**
 * Writes what is told of the heat of a word as the record of the topic {@code trends}; the schema
 * is {@code docs/schema/trend.schema.json}. Not thread-safe.
 */
public final class TrendEventEncoder implements RecordEncoder<TrendEvent> {

  private static final String ROLE = "trends";
  private static final int USUAL_SIZE = 512;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(TrendEvent event) {
    return new OutgoingRecord(
        VersionJson.key(event.channel(), event.word()),
        json.object(out -> write(out, event)),
        List.of(
            JsonBytes.CONTENT_TYPE,
            VersionJson.eventId(ROLE, event.channel(), event.epoch(), event.seq())));
  }

  private static void write(JsonGenerator out, TrendEvent event) throws IOException {
    VersionJson.writePlace(out, event.channel(), event.epoch(), event.seq());
    out.writeStringField("time", EventTimes.format(event.timeMillis()));
    out.writeStringField("word", event.word());
    out.writeStringField("type", event.type().label());
    if (event.rank() != null) {
      out.writeNumberField("rank", event.rank());
    }
    out.writeNumberField("score", event.burst().score());
    out.writeNumberField("documents", event.burst().documents());
    out.writeNumberField("rate", event.burst().rate());
    out.writeNumberField("lifetimeRate", event.burst().lifetimeRate());
  }
}
