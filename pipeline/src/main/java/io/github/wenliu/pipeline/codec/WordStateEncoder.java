package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.newword.WordState;
import java.io.IOException;
import java.util.List;

/**
 * Writes the state of a word as the record of the topic {@code words}, a tombstone where it is no
 * word any more; the schema is {@code docs/schema/word.schema.json}. Not thread-safe.
 */
public final class WordStateEncoder implements RecordEncoder<WordState> {

  private static final String ROLE = "words";
  private static final int USUAL_SIZE = 512;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(WordState state) {
    var key = VersionJson.key(state.channel(), state.word());
    var id = VersionJson.eventId(ROLE, state.channel(), state.epoch(), state.seq());
    return state.status() == null
        ? new OutgoingRecord(key, null, List.of(id))
        : new OutgoingRecord(
            key, json.object(out -> write(out, state)), List.of(JsonBytes.CONTENT_TYPE, id));
  }

  private static void write(JsonGenerator out, WordState state) throws IOException {
    VersionJson.writePlace(out, state.channel(), state.epoch(), state.seq());
    out.writeStringField("word", state.word());
    out.writeStringField("status", state.status().label());
    if (state.known()) {
      out.writeBooleanField("known", true);
    }
    WordJson.writeScoreIfPresent(out, state.score());
    JsonBytes.writeTimeIfPresent(out, "firstSeen", state.firstSeenMillis());
    JsonBytes.writeTimeIfPresent(out, "lastSeen", state.lastSeenMillis());
    JsonBytes.writeIfPresent(out, "absorbedBy", state.absorbedBy());
  }
}
