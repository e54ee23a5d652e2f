package io.github.wenliu.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.pipeline.files.FileRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Documents on their way to Kafka, counted, and given an event time where that is wanted. */
final class CountedDocuments {

  private static final long START_MILLIS = 1_600_000_000_000L;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Long eventsPerSecond;

  /** Texts that are kept, the first ones. */
  private static final int KEPT = 2_048;

  private final List<String> texts = new ArrayList<>();
  private long documents;
  private long characters;

  /**
   * @param eventsPerSecond documents in a second of event time, or {@code null} to leave their own
   */
  CountedDocuments(Long eventsPerSecond) {
    this.eventsPerSecond = eventsPerSecond;
  }

  Iterator<FileRecord> over(Iterator<FileRecord> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public FileRecord next() {
        return count(records.next());
      }
    };
  }

  long documents() {
    return documents;
  }

  /** Code points of all texts. */
  long characters() {
    return characters;
  }

  /** The first texts. */
  List<String> texts() {
    return texts;
  }

  private FileRecord count(FileRecord record) {
    try {
      var document = (ObjectNode) mapper.readTree(record.value());
      var text = document.path("text").asText();
      characters += text.codePointCount(0, text.length());
      documents++;
      if (texts.size() < KEPT) {
        texts.add(text);
      }
      if (eventsPerSecond == null) {
        return record;
      }
      document.put("time", START_MILLIS + documents * 1_000 / eventsPerSecond);
      return new FileRecord(
          record.file(),
          record.line(),
          record.key(),
          mapper.writeValueAsBytes(document),
          record.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
