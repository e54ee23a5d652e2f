package io.github.wenliu.operators.envelope;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.List;

/**
 * Packs envelopes, in the order of their fields. A number before the fields of a record says, a bit
 * each, which of those that may be missing are there. A span says how far it begins behind the end
 * of the one before it, and its length less one with {@link #SPAN_BITS} bits about the rest below:
 * two bytes for an ordinary word. Its UTF-16 offsets are there only where they are not those that
 * the code points lead one to expect. Labels that come again in a document, such as ids of
 * communities, are numbers the second time. Not thread-safe.
 */
final class EnvelopeWriter {

  /** Its UTF-16 offsets are written out. */
  static final int SPAN_WIDE = 1;

  /** It has a community. */
  static final int SPAN_COMMUNITY = 2;

  /** Of a word: it was discovered. Of an entity: it has a link. */
  static final int SPAN_OWN = 4;

  static final int SPAN_BITS = 3;

  private final PackedOutput out = new PackedOutput();
  private final Object2IntOpenHashMap<String> labels = new Object2IntOpenHashMap<>();

  /** Ends of the span before. */
  private int end;

  private int endUtf16;

  /** Packs an envelope; the bytes stand in {@link #output} until the next. */
  void write(EnrichedDocument envelope) {
    out.clear();
    if (!labels.isEmpty()) {
      labels.clear();
    }
    writeRaw(envelope.raw());
    writeDocument(envelope.document());
    out.writeSigned(envelope.effectiveMillis());
    out.writeSigned(envelope.epoch());
    out.writeSigned(envelope.flags());
    out.writeCount(
        Presence.of(
            envelope.words(), envelope.entities(), envelope.relations(), envelope.communities()));
    if (envelope.words() != null) {
      writeWords(envelope.words());
    }
    if (envelope.entities() != null) {
      writeEntities(envelope.entities());
    }
    if (envelope.relations() != null) {
      writeRelations(envelope.relations());
    }
    if (envelope.communities() != null) {
      out.writeCount(envelope.communities().size());
      envelope.communities().forEach(this::writeLabel);
    }
    writeVersions(envelope.versions());
  }

  PackedOutput output() {
    return out;
  }

  private void writeRaw(RawRecord raw) {
    out.writeCount(Presence.of(raw.key(), raw.value()));
    out.writeString(raw.topic());
    out.writeCount(raw.partition());
    out.writeCount(raw.offset());
    out.writeSigned(raw.appendMillis());
    if (raw.key() != null) {
      out.writeBytes(raw.key());
    }
    if (raw.value() != null) {
      out.writeBytes(raw.value());
    }
    out.writeCount(raw.headers().size());
    for (var header : raw.headers()) {
      out.writeCount(Presence.of(header.value()));
      out.writeString(header.key());
      if (header.value() != null) {
        out.writeBytes(header.value());
      }
    }
  }

  private void writeDocument(Document document) {
    out.writeCount(
        Presence.of(
            document.timeMillis(),
            document.source(),
            document.metadata(),
            document.extra(),
            document.traceparent()));
    out.writeString(document.id());
    out.writeString(document.text());
    writeIfThere(document.timeMillis());
    out.writeString(document.channel());
    writeIfThere(document.source());
    writeIfThere(document.metadata());
    writeIfThere(document.extra());
    writeIfThere(document.traceparent());
  }

  private void writeWords(List<Word> words) {
    out.writeCount(words.size());
    end = 0;
    endUtf16 = 0;
    for (var word : words) {
      int bits = word.discovered() ? SPAN_OWN : 0;
      writeSpan(
          word.start(), word.end(), word.startUtf16(), word.endUtf16(), bits, word.community());
    }
  }

  private void writeEntities(List<Entity> entities) {
    out.writeCount(entities.size());
    end = 0;
    endUtf16 = 0;
    for (var entity : entities) {
      int bits = entity.link() == null ? 0 : SPAN_OWN;
      writeSpan(
          entity.start(),
          entity.end(),
          entity.startUtf16(),
          entity.endUtf16(),
          bits,
          entity.community());
      writeLabel(entity.type());
      out.writeDouble(entity.score());
      writeLabel(entity.origin());
      if (entity.link() != null) {
        writeLink(entity.link());
      }
    }
  }

  private void writeSpan(
      int start, int newEnd, int startUtf16, int newEndUtf16, int bits, String community) {
    long gap = (long) start - end;
    long length = (long) newEnd - start;
    long moreGap = (long) startUtf16 - endUtf16 - gap;
    long moreLength = (long) newEndUtf16 - startUtf16 - length;
    boolean wide = moreGap != 0 || moreLength != 0;
    int all = bits | (wide ? SPAN_WIDE : 0) | (community == null ? 0 : SPAN_COMMUNITY);
    out.writeSigned(gap);
    out.writeCount(length - 1 << SPAN_BITS | all);
    if (wide) {
      out.writeSigned(moreGap);
      out.writeCount(moreLength);
    }
    if (community != null) {
      writeLabel(community);
    }
    end = newEnd;
    endUtf16 = newEndUtf16;
  }

  private void writeLink(Link link) {
    out.writeCount(Presence.of(link.id(), link.name()));
    writeIfThere(link.id());
    writeIfThere(link.name());
    out.writeDouble(link.score());
    out.writeCount(link.candidates().size());
    for (var candidate : link.candidates()) {
      writeLabel(candidate.id());
      out.writeDouble(candidate.score());
    }
  }

  private void writeRelations(List<Relation> relations) {
    out.writeCount(relations.size());
    for (var relation : relations) {
      out.writeSigned(relation.subject());
      writeLabel(relation.predicate());
      out.writeSigned(relation.object());
      out.writeDouble(relation.score());
    }
  }

  private void writeVersions(Versions versions) {
    out.writeCount(
        Presence.of(
            versions.normaliser(),
            versions.lexicon(),
            versions.scorer(),
            versions.model(),
            versions.scheme(),
            versions.vocabulary(),
            versions.memberships(),
            versions.kb()));
    writeIfThere(versions.normaliser());
    writeIfThere(versions.lexicon());
    writeIfThere(versions.scorer());
    writeIfThere(versions.model());
    writeIfThere(versions.scheme());
    writeIfThere(versions.vocabulary());
    writeIfThere(versions.memberships());
    writeIfThere(versions.kb());
  }

  /** 0 for none, the number of one that was written before from 1, else the next and the label. */
  private void writeLabel(String label) {
    if (label == null) {
      out.writeCount(0);
      return;
    }
    int next = labels.size() + 1;
    int known = labels.putIfAbsent(label, next);
    out.writeCount(known == 0 ? next : known);
    if (known == 0) {
      out.writeString(label);
    }
  }

  private void writeIfThere(String value) {
    if (value != null) {
      out.writeString(value);
    }
  }

  private void writeIfThere(Long value) {
    if (value != null) {
      out.writeSigned(value);
    }
  }
}
