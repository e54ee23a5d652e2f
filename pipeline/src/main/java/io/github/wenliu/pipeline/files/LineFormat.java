package io.github.wenliu.pipeline.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.wenliu.pipeline.codec.EventTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes a document of a line: fills in what is missing and leaves everything else as it is. */
final class LineFormat {

  private static final long FIRST_MILLIS = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
  private static final long LINE_MILLIS = 1_000;

  private static final String NULL = "null";

  private final JsonFactory json = new JsonFactory();

  /** A line of plain text. */
  FileRecord text(String file, long line, byte[] bytes) {
    var text = utf8(bytes);
    var id = FileRecord.place(file, line);
    if (text == null) {
      return record(file, line, id, bytes);
    }
    var document =
        "{\"id\":"
            + quoted(id)
            + ",\"text\":"
            + quoted(text)
            + ",\"time\":"
            + quoted(time(line))
            + "}";
    return record(file, line, id, document.getBytes(StandardCharsets.UTF_8));
  }

  /** A line of JSON. */
  FileRecord json(String file, long line, byte[] bytes) {
    var text = utf8(bytes);
    var fallback = FileRecord.place(file, line);
    var fields = text == null ? null : fields(text);
    if (fields == null) {
      return record(file, line, fallback, bytes);
    }
    if (!fields.id.missing && !fields.time.missing) {
      return record(file, line, fields.id.orElse(fallback), bytes);
    }
    var filled = filled(text, fields, quoted(fallback), quoted(time(line)));
    return record(file, line, fields.id.orElse(fallback), filled.getBytes(StandardCharsets.UTF_8));
  }

  private static FileRecord record(String file, long line, String id, byte[] value) {
    return new FileRecord(file, line, id.getBytes(StandardCharsets.UTF_8), value, FileRecord.JSON);
  }

  /** The time of a document that has none. */
  private static String time(long line) {
    return EventTimes.format(FIRST_MILLIS + (line - 1) * LINE_MILLIS);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Where the fields stand, or {@code null} if the text is not one JSON object. */
  private Fields fields(String text) {
    var fields = new Fields();
    try (var parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      fields.begin = (int) parser.currentTokenLocation().getCharOffset() + 1;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        parser.nextToken();
        fields.isEmpty = false;
        switch (name) {
          case "id" -> fields.id.read(parser);
          case "time" -> fields.time.read(parser);
          default -> parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? fields : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A field that is not there is put first; one that is {@code null} is given its value. */
  private static String filled(String text, Fields fields, String id, String time) {
    var added = new StringBuilder();
    if (fields.id.isAbsent()) {
      added.append("\"id\":").append(id).append(',');
    }
    if (fields.time.isAbsent()) {
      added.append("\"time\":").append(time).append(',');
    }
    if (fields.isEmpty) {
      added.setLength(added.length() - 1);
    }
    var filled = new StringBuilder(text);
    // From the end, so that what stands before keeps its place.
    boolean idLast = fields.id.nullAt > fields.time.nullAt;
    var last = idLast ? fields.id : fields.time;
    var first = idLast ? fields.time : fields.id;
    last.replace(filled, idLast ? id : time);
    first.replace(filled, idLast ? time : id);
    return filled.insert(fields.begin, added).toString();
  }

  private static final class Fields {
    private final Field id = new Field();
    private final Field time = new Field();
    private boolean isEmpty = true;
    private int begin;
  }

  /** One field; a repeated one counts as present, the decoder turns it away. */
  private static final class Field {
    private boolean missing = true;
    private int nullAt = -1;
    private String value;

    private void read(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        nullAt = (int) parser.currentTokenLocation().getCharOffset();
        return;
      }
      missing = false;
      nullAt = -1;
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        value = parser.getText();
      }
      parser.skipChildren();
    }

    private boolean isAbsent() {
      return missing && nullAt < 0;
    }

    private void replace(StringBuilder text, String with) {
      if (missing && nullAt >= 0) {
        text.replace(nullAt, nullAt + NULL.length(), with);
      }
    }

    private String orElse(String fallback) {
      return value == null || value.isEmpty() ? fallback : value;
    }
  }
}
