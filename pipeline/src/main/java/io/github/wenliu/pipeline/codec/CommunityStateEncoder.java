package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.cluster.CommunityMember;
import io.github.wenliu.operators.cluster.CommunityShare;
import io.github.wenliu.operators.cluster.CommunityState;
import java.io.IOException;
import java.util.List;

/**
 * Writes the state of a community as the record of the topic {@code communities}, a tombstone where
 * it is no more; the schema is {@code docs/schema/community.schema.json}. Not thread-safe.
 */
public final class CommunityStateEncoder implements RecordEncoder<CommunityState> {

  private static final String ROLE = "communities";
  private static final int USUAL_SIZE = 2_048;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(CommunityState state) {
    var key = VersionJson.key(state.channel(), state.community());
    var id = VersionJson.eventId(ROLE, state.channel(), state.epoch(), state.seq());
    return state.isGone()
        ? new OutgoingRecord(key, null, List.of(id))
        : new OutgoingRecord(
            key, json.object(out -> write(out, state)), List.of(JsonBytes.CONTENT_TYPE, id));
  }

  private static void write(JsonGenerator out, CommunityState state) throws IOException {
    VersionJson.writePlace(out, state.channel(), state.epoch(), state.seq());
    out.writeStringField("community", state.community());
    out.writeStringField("label", state.label());
    out.writeNumberField("size", state.size());
    out.writeNumberField("flow", state.flow());
    out.writeStringField("born", EventTimes.format(state.bornMillis()));
    out.writeStringField("time", EventTimes.format(state.timeMillis()));
    out.writeArrayFieldStart("members");
    for (CommunityMember member : state.members()) {
      out.writeStartObject();
      out.writeStringField("name", member.name());
      out.writeNumberField("flow", member.flow());
      out.writeNumberField("share", member.share());
      if (!member.also().isEmpty()) {
        out.writeArrayFieldStart("also");
        for (CommunityShare other : member.also()) {
          out.writeStartObject();
          out.writeStringField("community", other.community());
          out.writeNumberField("share", other.share());
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
