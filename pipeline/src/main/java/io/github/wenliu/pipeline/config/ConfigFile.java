package io.github.wenliu.pipeline.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a YAML file as dotted keys, whether they are nested or written with dots. */
final class ConfigFile {

  private static final YAMLMapper YAML = new YAMLMapper();

  private ConfigFile() {}

  /**
   * The keys with their values as text.
   *
   * @throws ConfigException if the file cannot be read or is no map
   */
  static Map<String, String> read(Path file) {
    var keys = new LinkedHashMap<String, String>();
    flatten("", parse(file), keys);
    return keys;
  }

  private static Map<String, Object> parse(Path file) {
    try {
      var tree = YAML.readTree(Files.readString(file));
      if (tree.isMissingNode() || tree.isNull()) {
        return Map.of();
      }
      if (!tree.isObject()) {
        throw new ConfigException(List.of(file + " is not a YAML map"));
      }
      return YAML.convertValue(tree, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new ConfigException(List.of(file + " is not a YAML map: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new ConfigException(List.of(file + " cannot be read: " + e.getMessage()));
    }
  }

  private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> into) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> nested) {
            flatten(prefix + key + ".", nested, into);
          } else if (value != null) {
            into.put(prefix + key, value.toString());
          }
        });
  }
}
