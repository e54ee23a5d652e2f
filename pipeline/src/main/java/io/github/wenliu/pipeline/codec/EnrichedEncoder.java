package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes an enriched document as the record of the topic {@code enriched}; the schema is {@code
 * docs/schema/enriched.schema.json}. Fields come in a fixed order, absent ones are left out, so
 * equal documents give equal bytes. Not thread-safe.
 */
public final class EnrichedEncoder implements RecordEncoder<EnrichedDocument> {

  /** Major version of the output contracts. */
  public static final int SCHEMA_VERSION = 1;

  private static final int USUAL_SIZE = 4_096;
  private static final SerializableString TEXT = new SerializedString("text");
  private static final SerializableString START = new SerializedString("start");
  private static final SerializableString END = new SerializedString("end");
  private static final SerializableString START_UTF16 = new SerializedString("startUtf16");
  private static final SerializableString END_UTF16 = new SerializedString("endUtf16");

  private final WordsOutput wordsOutput;
  private final String pipelineVersion;
  private final String membershipsAlignment;
  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  /** For documents whose memberships, where they have any, are aligned with event time. */
  public EnrichedEncoder(WordsOutput wordsOutput, String pipelineVersion) {
    this(wordsOutput, pipelineVersion, Alignment.EVENT_TIME);
  }

  /**
   * @param memberships how those of the documents are aligned
   */
  public EnrichedEncoder(WordsOutput wordsOutput, String pipelineVersion, Alignment memberships) {
    this.wordsOutput = wordsOutput;
    this.pipelineVersion = pipelineVersion;
    this.membershipsAlignment = memberships.label();
  }

  @Override
  public OutgoingRecord encode(EnrichedDocument document) {
    var headers = new ArrayList<Header>(4);
    headers.add(JsonBytes.CONTENT_TYPE);
    headers.add(Headers.of(Headers.ORIGIN, document.raw().origin()));
    headers.add(Headers.of(Headers.EVENT_ID, eventId("enriched", document.raw().origin())));
    if (document.document().traceparent() != null) {
      headers.add(Headers.of(Headers.TRACEPARENT, document.document().traceparent()));
    }
    return new OutgoingRecord(
        document.document().id().getBytes(StandardCharsets.UTF_8),
        json.object(out -> write(out, document)),
        headers);
  }

  /** The id of an output event: a function of the topic's role and the input record alone. */
  static String eventId(String role, String origin) {
    return UUID.nameUUIDFromBytes((role + ":" + origin).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private void write(JsonGenerator out, EnrichedDocument enriched) throws IOException {
    var document = enriched.document();
    out.writeNumberField("schemaVersion", SCHEMA_VERSION);
    out.writeStringField("id", document.id());
    JsonBytes.writeTimeIfPresent(out, "time", document.timeMillis());
    out.writeStringField("effectiveTime", EventTimes.format(enriched.effectiveMillis()));
    out.writeStringField("channel", document.channel());
    out.writeNumberField("epoch", enriched.epoch());
    out.writeNumberField("seq", enriched.raw().offset());
    out.writeStringField("text", document.text());
    JsonBytes.writeIfPresent(out, "source", document.source());
    writeRaw(out, "metadata", document.metadata());
    writeRaw(out, "extra", document.extra());
    out.writeArrayFieldStart("flags");
    for (Flag flag : Flag.values()) {
      if (flag.in(enriched.flags())) {
        out.writeString(flag.label());
      }
    }
    out.writeEndArray();
    if (enriched.words() != null && wordsOutput != WordsOutput.NONE) {
      writeWords(out, document.text(), enriched.words());
    }
    if (enriched.entities() != null) {
      writeEntities(out, document.text(), enriched.entities());
    }
    if (enriched.relations() != null) {
      writeRelations(out, enriched.relations());
    }
    if (enriched.communities() != null) {
      out.writeArrayFieldStart("communities");
      for (String community : enriched.communities()) {
        out.writeString(community);
      }
      out.writeEndArray();
    }
    writeVersions(out, enriched.versions());
  }

  private void writeWords(JsonGenerator out, String text, List<Word> words) throws IOException {
    out.writeArrayFieldStart("words");
    for (Word word : words) {
      if (wordsOutput == WordsOutput.NEW && !word.discovered()) {
        continue;
      }
      out.writeStartObject();
      writeSpan(out, text, word.start(), word.end(), word.startUtf16(), word.endUtf16());
      if (word.discovered()) {
        out.writeBooleanField("new", true);
      }
      JsonBytes.writeIfPresent(out, "community", word.community());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeEntities(JsonGenerator out, String text, List<Entity> entities)
      throws IOException {
    out.writeArrayFieldStart("entities");
    for (Entity entity : entities) {
      out.writeStartObject();
      writeSpan(out, text, entity.start(), entity.end(), entity.startUtf16(), entity.endUtf16());
      out.writeStringField("type", entity.type());
      out.writeNumberField("score", entity.score());
      out.writeStringField("origin", entity.origin());
      if (entity.link() != null) {
        writeLink(out, entity.link());
      }
      JsonBytes.writeIfPresent(out, "community", entity.community());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeLink(JsonGenerator out, Link link) throws IOException {
    out.writeObjectFieldStart("link");
    out.writeStringField("id", link.id());
    JsonBytes.writeIfPresent(out, "name", link.name());
    out.writeNumberField("score", link.score());
    out.writeArrayFieldStart("candidates");
    for (var candidate : link.candidates()) {
      out.writeStartObject();
      out.writeStringField("id", candidate.id());
      out.writeNumberField("score", candidate.score());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeBooleanField("nil", link.nil());
    out.writeEndObject();
  }

  private static void writeRelations(JsonGenerator out, List<Relation> relations)
      throws IOException {
    out.writeArrayFieldStart("relations");
    for (Relation relation : relations) {
      out.writeStartObject();
      out.writeNumberField("subject", relation.subject());
      out.writeStringField("predicate", relation.predicate());
      out.writeNumberField("object", relation.object());
      out.writeNumberField("score", relation.score());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeVersions(JsonGenerator out, Versions versions) throws IOException {
    out.writeObjectFieldStart("versions");
    out.writeStringField("pipeline", pipelineVersion);
    JsonBytes.writeIfPresent(out, "normaliser", versions.normaliser());
    JsonBytes.writeIfPresent(out, "lexicon", versions.lexicon());
    JsonBytes.writeIfPresent(out, "scorer", versions.scorer());
    JsonBytes.writeIfPresent(out, "model", versions.model());
    JsonBytes.writeIfPresent(out, "scheme", versions.scheme());
    JsonBytes.writeIfPresent(out, "vocabulary", versions.vocabulary());
    JsonBytes.writeIfPresent(out, "memberships", versions.memberships());
    if (versions.memberships() != null) {
      out.writeStringField("membershipsAlignment", membershipsAlignment);
    }
    JsonBytes.writeIfPresent(out, "kb", versions.kb());
    out.writeEndObject();
  }

  private static void writeSpan(
      JsonGenerator out, String text, int start, int end, int startUtf16, int endUtf16)
      throws IOException {
    out.writeFieldName(TEXT);
    out.writeString(text.substring(startUtf16, endUtf16));
    out.writeFieldName(START);
    out.writeNumber(start);
    out.writeFieldName(END);
    out.writeNumber(end);
    out.writeFieldName(START_UTF16);
    out.writeNumber(startUtf16);
    out.writeFieldName(END_UTF16);
    out.writeNumber(endUtf16);
  }

  private static void writeRaw(JsonGenerator out, String name, String json) throws IOException {
    if (json != null) {
      out.writeFieldName(name);
      out.writeRawValue(json);
    }
  }
}
