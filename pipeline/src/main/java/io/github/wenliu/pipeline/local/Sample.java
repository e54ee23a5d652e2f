package io.github.wenliu.pipeline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.files.KbFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The sample stream: invented news of three weeks, with some deliberately bad records among them,
 * and a knowledge base of what it mentions.
 */
public final class Sample {

  private static final String FILE = "documents.jsonl";
  private static final String DOCUMENTS = "/sample/" + FILE;
  private static final String KNOWLEDGE_BASE_FILE = "kb.jsonl";
  private static final String KNOWLEDGE_BASE = "/sample/" + KNOWLEDGE_BASE_FILE;
  private static final String BAD_RECORDS = "/sample/bad-records.jsonl";

  private Sample() {}

  /** All records in their order. */
  public static List<FileRecord> records() throws IOException {
    var bad = badRecords();
    var records = new ArrayList<FileRecord>();
    try (var documents = DocumentFile.open(resource(DOCUMENTS), FILE)) {
      while (documents.hasNext()) {
        var document = documents.next();
        records.add(document);
        bad.stream().filter(record -> record.line() == document.line()).forEach(records::add);
      }
    }
    return records;
  }

  /** The entries of the knowledge base, for a channel. */
  public static KbFile knowledgeBase(String channel, ZoneId zone) throws IOException {
    return KbFile.open(resource(KNOWLEDGE_BASE), KNOWLEDGE_BASE_FILE, channel, zone);
  }

  private static List<FileRecord> badRecords() throws IOException {
    var mapper = new ObjectMapper();
    var records = new ArrayList<FileRecord>();
    try (var in =
        new BufferedReader(new InputStreamReader(resource(BAD_RECORDS), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        var description = mapper.readTree(line);
        var headers = new ArrayList<Header>();
        var contentType = description.path("headers").path(Headers.CONTENT_TYPE);
        if (contentType.isTextual()) {
          headers.add(Headers.of(Headers.CONTENT_TYPE, contentType.textValue()));
        }
        records.add(
            new FileRecord(
                "bad-records.jsonl",
                description.path("afterLine").longValue(),
                null,
                value(description),
                headers));
      }
    }
    return records;
  }

  private static byte[] value(JsonNode description) {
    if (description.path("valueNull").booleanValue()) {
      return null;
    }
    var repeat = description.get("valueRepeat");
    return repeat == null
        ? Base64.getDecoder().decode(description.get("valueBase64").textValue())
        : repeat
            .get("unit")
            .textValue()
            .repeat(repeat.get("times").intValue())
            .getBytes(StandardCharsets.UTF_8);
  }

  private static InputStream resource(String name) {
    return Sample.class.getResourceAsStream(name);
  }
}
