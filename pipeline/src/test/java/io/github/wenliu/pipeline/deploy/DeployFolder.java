package io.github.wenliu.pipeline.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of {@code deploy/}, read. */
final class DeployFolder {

  private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

  private DeployFolder() {}

  /** A file below {@code deploy/}; tests run in the module's folder. */
  static Path path(String relative) {
    return Path.of("..", "deploy").resolve(relative);
  }

  static String text(String relative) throws IOException {
    return Files.readString(path(relative));
  }

  /** Every document of a YAML file. */
  static List<JsonNode> documents(String relative) throws IOException {
    try (var parser = YAML.createParser(text(relative))) {
      return YAML.readValues(parser, JsonNode.class).readAll();
    }
  }

  static JsonNode document(String relative) throws IOException {
    return YAML.readTree(text(relative));
  }

  /** A YAML file with flat keys. */
  static Map<String, String> flat(String relative) throws IOException {
    return YAML.readValue(text(relative), new TypeReference<>() {});
  }
}
