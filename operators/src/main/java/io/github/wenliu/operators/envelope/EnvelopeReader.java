package io.github.wenliu.operators.envelope;

import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;

/** Reads what an {@link EnvelopeWriter} wrote. Not thread-safe. */
final class EnvelopeReader {

  private final PackedInput in = new PackedInput();
  private final List<String> labels = new ArrayList<>();

  /** The span that was read last. */
  private int start;

  private int end;
  private int startUtf16;
  private int endUtf16;

  /** Which bits it had. */
  private int bits;

  private String community;

  /** What {@link #read} reads; its buffer is to be filled first. */
  PackedInput input() {
    return in;
  }

  EnrichedDocument read() {
    labels.clear();
    var raw = readRaw();
    var document = readDocument();
    long effectiveMillis = in.readSigned();
    long epoch = in.readSigned();
    int flags = (int) in.readSigned();
    int there = in.readSize();
    var words = Presence.has(there, 0) ? readWords() : null;
    var entities = Presence.has(there, 1) ? readEntities() : null;
    var relations = Presence.has(there, 2) ? readRelations() : null;
    var communities = Presence.has(there, 3) ? readCommunities() : null;
    return new EnrichedDocument(
        raw,
        document,
        effectiveMillis,
        epoch,
        flags,
        words,
        entities,
        relations,
        communities,
        readVersions());
  }

  private RawRecord readRaw() {
    int there = in.readSize();
    var topic = in.readString();
    int partition = in.readSize();
    long offset = in.readCount();
    long appendMillis = in.readSigned();
    byte[] key = Presence.has(there, 0) ? in.readBytes() : null;
    byte[] value = Presence.has(there, 1) ? in.readBytes() : null;
    return new RawRecord(topic, partition, offset, appendMillis, key, value, readHeaders());
  }

  private List<Header> readHeaders() {
    var headers = new Header[in.readSize()];
    for (int i = 0; i < headers.length; i++) {
      boolean hasValue = in.readSize() != 0;
      headers[i] = new Header(in.readString(), hasValue ? in.readBytes() : null);
    }
    return List.of(headers);
  }

  private Document readDocument() {
    int there = in.readSize();
    var id = in.readString();
    var text = in.readString();
    var timeMillis = readLong(there, 0);
    var channel = in.readString();
    return new Document(
        id,
        text,
        timeMillis,
        channel,
        readString(there, 1),
        readString(there, 2),
        readString(there, 3),
        readString(there, 4));
  }

  private List<Word> readWords() {
    var words = new Word[in.readSize()];
    end = 0;
    endUtf16 = 0;
    for (int i = 0; i < words.length; i++) {
      readSpan();
      boolean discovered = (bits & EnvelopeWriter.SPAN_OWN) != 0;
      words[i] = new Word(start, end, startUtf16, endUtf16, discovered, community);
    }
    return List.of(words);
  }

  private List<Entity> readEntities() {
    var entities = new Entity[in.readSize()];
    end = 0;
    endUtf16 = 0;
    for (int i = 0; i < entities.length; i++) {
      readSpan();
      var type = readLabel();
      double score = in.readDouble();
      var origin = readLabel();
      var link = (bits & EnvelopeWriter.SPAN_OWN) == 0 ? null : readLink();
      entities[i] =
          new Entity(start, end, startUtf16, endUtf16, type, score, origin, link, community);
    }
    return List.of(entities);
  }

  private void readSpan() {
    long gap = in.readSigned();
    long length = in.readCount();
    bits = (int) length;
    length = (length >>> EnvelopeWriter.SPAN_BITS) + 1;
    long moreGap = 0;
    long moreLength = 0;
    if ((bits & EnvelopeWriter.SPAN_WIDE) != 0) {
      moreGap = in.readSigned();
      moreLength = in.readCount();
    }
    community = (bits & EnvelopeWriter.SPAN_COMMUNITY) == 0 ? null : readLabel();
    start = (int) (end + gap);
    end = (int) (start + length);
    startUtf16 = (int) (endUtf16 + gap + moreGap);
    endUtf16 = (int) (startUtf16 + length + moreLength);
  }

  private Link readLink() {
    int there = in.readSize();
    var id = readString(there, 0);
    var name = readString(there, 1);
    double score = in.readDouble();
    var candidates = new Candidate[in.readSize()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = new Candidate(readLabel(), in.readDouble());
    }
    return new Link(id, name, score, List.of(candidates), id == null);
  }

  private List<Relation> readRelations() {
    var relations = new Relation[in.readSize()];
    for (int i = 0; i < relations.length; i++) {
      int subject = (int) in.readSigned();
      var predicate = readLabel();
      int object = (int) in.readSigned();
      relations[i] = new Relation(subject, predicate, object, in.readDouble());
    }
    return List.of(relations);
  }

  private List<String> readCommunities() {
    var communities = new String[in.readSize()];
    for (int i = 0; i < communities.length; i++) {
      communities[i] = readLabel();
    }
    return List.of(communities);
  }

  private Versions readVersions() {
    int there = in.readSize();
    return there == 0
        ? Versions.NONE
        : new Versions(
            readString(there, 0),
            readString(there, 1),
            readString(there, 2),
            readString(there, 3),
            readString(there, 4),
            readLong(there, 5),
            readLong(there, 6),
            readLong(there, 7));
  }

  private String readLabel() {
    int number = in.readSize();
    if (number > labels.size()) {
      labels.add(in.readString());
    }
    return number == 0 ? null : labels.get(number - 1);
  }

  private String readString(int there, int field) {
    return Presence.has(there, field) ? in.readString() : null;
  }

  private Long readLong(int there, int field) {
    return Presence.has(there, field) ? in.readSigned() : null;
  }
}
