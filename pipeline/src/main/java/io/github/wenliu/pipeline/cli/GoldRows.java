package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Files of annotated texts: a JSON object a line with a {@code text}, gzip recognised. */
final class GoldRows {

  @Option(
      names = "--data",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = "Annotated texts, a JSON object a line; gzip is recognised.")
  private List<String> files;

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leave out the first N rows of each file (${DEFAULT-VALUE}).")
  private int offset;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use no more than N rows of each file.")
  private Integer limit;

  private final ObjectMapper mapper = new ObjectMapper();

  /** The files, each of which can be read. */
  List<String> files() {
    InputFiles.require(files);
    if (offset < 0 || limit != null && limit < 1) {
      throw new UsageException("--offset must not be negative, and --limit at least 1");
    }
    return files;
  }

  /** The rows of a file; each has a text. */
  List<JsonNode> read(String file) throws IOException {
    var rows = new ArrayList<JsonNode>();
    try (var lines = GoldFiles.open(Path.of(file))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          rows.add(row(file, number, line));
        }
      }
    }
    int from = Math.min(offset, rows.size());
    int to = limit == null ? rows.size() : (int) Math.min(rows.size(), (long) from + limit);
    if (from == to) {
      throw new UsageException(file + " has no rows left to score");
    }
    return rows.subList(from, to);
  }

  private JsonNode row(String file, int number, String line) throws IOException {
    try {
      JsonNode row = mapper.readTree(line);
      if (row.path("text").isTextual()) {
        return row;
      }
    } catch (JsonProcessingException e) {
      // told below, without the text of the line
    }
    throw new IOException("%s line %d: expected a JSON object with a text".formatted(file, number));
  }
}
