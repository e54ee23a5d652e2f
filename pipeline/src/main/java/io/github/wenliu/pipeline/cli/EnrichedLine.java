package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * An enriched document as one line for people: its time, its id and its words, the discovered ones
 * marked.
 */
final class EnrichedLine {

  private static final int TIME_LENGTH = "2026-03-01T06:40:02".length();
  private static final String DIM = "\u001b[2m";
  private static final String NEW = "\u001b[1;33m";
  private static final String PLAIN = "\u001b[0m";

  private final ObjectMapper mapper = new ObjectMapper();
  private final boolean colours;

  /**
   * @param colours whether the terminal shows them
   */
  EnrichedLine(boolean colours) {
    this.colours = colours;
  }

  /** The line of a record's value. */
  String of(byte[] value) throws IOException {
    var document = mapper.readTree(value);
    var line = new StringBuilder();
    line.append(dim(document.path("effectiveTime").asText().substring(0, TIME_LENGTH)))
        .append("  ")
        .append(dim(document.path("id").asText()))
        .append("  ");
    var words = document.path("words");
    for (int i = 0; i < words.size(); i++) {
      line.append(i == 0 ? "" : dim("|")).append(word(words.get(i)));
    }
    return line.toString();
  }

  private String word(JsonNode word) {
    var text = word.path("text").asText();
    if (!word.path("new").asBoolean()) {
      return text;
    }
    return colours ? NEW + text + PLAIN : "[" + text + "]";
  }

  private String dim(String text) {
    return colours ? DIM + text + PLAIN : text;
  }
}
