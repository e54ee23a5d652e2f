package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NilEvidence;
import io.github.wenliu.operators.nil.Tally;
import java.io.IOException;
import java.util.List;

/**
 * Writes the state of a group of unlinked mentions as the record of the topic {@code
 * entity-candidates}, a tombstone where it is no more; the schema is {@code
 * docs/schema/entity-candidate.schema.json}. Not thread-safe.
 */
public final class EntityCandidateEncoder implements RecordEncoder<GroupState> {

  private static final String ROLE = "entity-candidates";
  private static final int USUAL_SIZE = 2_048;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(GroupState state) {
    var key = VersionJson.key(state.channel(), state.group());
    var id = eventId(state);
    return state.isGone()
        ? new OutgoingRecord(key, null, List.of(id))
        : new OutgoingRecord(
            key, json.object(out -> write(out, state)), List.of(JsonBytes.CONTENT_TYPE, id));
  }

  /** A group is written once an epoch at most; its rank counts the groups of its name alone. */
  private static Header eventId(GroupState state) {
    var place = state.channel() + "/" + state.epoch() + "/" + state.group();
    return Headers.of(Headers.EVENT_ID, EnrichedEncoder.eventId(ROLE, place));
  }

  private static void write(JsonGenerator out, GroupState state) throws IOException {
    VersionJson.writePlace(out, state.channel(), state.epoch(), state.seq());
    out.writeStringField("group", state.group());
    out.writeStringField("name", state.name());
    out.writeStringField("status", state.status().label());
    JsonBytes.writeIfPresent(out, "entity", state.entity());
    out.writeNumberField("mentions", state.mentions());
    out.writeNumberField("documents", state.documents());
    out.writeStringField("firstSeen", EventTimes.format(state.firstSeenMillis()));
    out.writeStringField("lastSeen", EventTimes.format(state.lastSeenMillis()));
    writeTallies(out, "surfaces", state.surfaces());
    writeTallies(out, "types", state.types());
    writeTallies(out, "context", state.context());
    out.writeArrayFieldStart("evidence");
    for (NilEvidence place : state.evidence()) {
      out.writeStartObject();
      out.writeStringField("origin", place.origin());
      out.writeNumberField("start", place.start());
      out.writeNumberField("end", place.end());
      out.writeStringField("excerpt", place.excerpt());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeTallies(JsonGenerator out, String name, List<Tally> tallies)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Tally tally : tallies) {
      out.writeStartObject();
      out.writeStringField("text", tally.text());
      out.writeNumberField("count", tally.times());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
