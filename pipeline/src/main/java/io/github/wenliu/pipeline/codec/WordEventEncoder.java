package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.newword.WordEvent;
import java.io.IOException;
import java.util.List;

/**
 * Writes what happened to a word as the record of the topic {@code word-events}; the schema is
 * {@code docs/schema/word-event.schema.json}. Not thread-safe.
 */
public final class WordEventEncoder implements RecordEncoder<WordEvent> {

  private static final String ROLE = "word-events";
  private static final int USUAL_SIZE = 512;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(WordEvent event) {
    return new OutgoingRecord(
        VersionJson.key(event.channel(), event.word()),
        json.object(out -> write(out, event)),
        List.of(
            JsonBytes.CONTENT_TYPE,
            VersionJson.eventId(ROLE, event.channel(), event.epoch(), event.seq())));
  }

  private static void write(JsonGenerator out, WordEvent event) throws IOException {
    VersionJson.writePlace(out, event.channel(), event.epoch(), event.seq());
    out.writeStringField("time", EventTimes.format(event.timeMillis()));
    out.writeStringField("word", event.word());
    out.writeStringField("type", event.type().label());
    out.writeStringField("reason", event.reason());
    WordJson.writeScoreIfPresent(out, event.score());
    JsonBytes.writeIfPresent(out, "by", event.by());
  }
}
