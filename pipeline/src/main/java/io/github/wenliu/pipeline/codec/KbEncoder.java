package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import java.io.IOException;
import java.util.List;

/**
 * Writes a change of the knowledge base as the record of the topic {@code kb}, a tombstone where an
 * entry is deleted; the schema is {@code docs/schema/kb.schema.json}. What is empty is left out.
 * Not thread-safe.
 */
public final class KbEncoder implements RecordEncoder<KbChange> {

  private static final int USUAL_SIZE = 512;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(KbChange change) {
    var key = KbJson.key(change.channel(), change.id());
    return change.entry() == null
        ? new OutgoingRecord(key, null, List.of())
        : new OutgoingRecord(
            key, json.object(out -> write(out, change)), List.of(JsonBytes.CONTENT_TYPE));
  }

  private static void write(JsonGenerator out, KbChange change) throws IOException {
    var entry = change.entry();
    out.writeStringField(KbJson.ID, entry.id());
    out.writeStringField(KbJson.NAME, entry.name());
    writeTexts(out, KbJson.ALIASES, entry.aliases());
    writeTexts(out, KbJson.TYPES, entry.types());
    if (!entry.description().isEmpty()) {
      out.writeStringField(KbJson.DESCRIPTION, entry.description());
    }
    writeFacts(out, entry);
    if (entry.prior() != null) {
      out.writeNumberField(KbJson.PRIOR, entry.prior());
    }
    JsonBytes.writeIfPresent(out, KbJson.REDIRECT, entry.redirect());
    if (!change.isForAllTime()) {
      JsonBytes.writeTimeIfPresent(out, KbJson.EFFECTIVE_FROM, change.effectiveFromMillis());
    }
  }

  private static void writeTexts(JsonGenerator out, String field, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(field);
      for (var text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }

  private static void writeFacts(JsonGenerator out, KbEntry entry) throws IOException {
    if (!entry.facts().isEmpty()) {
      out.writeArrayFieldStart(KbJson.FACTS);
      for (KbFact fact : entry.facts()) {
        out.writeStartObject();
        out.writeStringField(KbJson.PREDICATE, fact.predicate());
        out.writeStringField(KbJson.OBJECT, fact.object());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
